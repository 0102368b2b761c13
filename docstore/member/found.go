package member

import (
	"fmt"
	"io"

	"corkboard/access"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// Founding is a new person on their first device, with a collection that is
// theirs alone.
type Founding struct {
	Keys       vault.Keys // with the recovery words
	Recovery   identity.RecoveryKey
	Collection access.RecordID
	Records    []replica.Item // the person's log, then the collection's
}

// Found draws all keys. device is what the person's log calls the device; now is
// in ms since 1970 UTC. It takes some milliseconds.
func Found(random io.Reader, device string, now int64) (Founding, error) {
	f, err := found(random, device, now)
	if err != nil {
		return Founding{}, fmt.Errorf("found a person: %w", err)
	}
	return f, nil
}

func found(random io.Reader, name string, now int64) (f Founding, err error) {
	words, err := identity.NewWords(random)
	if err != nil {
		return f, err
	}
	recovery, err := words.Recovery()
	if err != nil {
		return f, err
	}
	device, err := identity.NewDevice(random)
	if err != nil {
		return f, err
	}
	master, err := identity.NewMaster(random)
	if err != nil {
		return f, err
	}
	log, err := identity.Found(random, now, device, name, recovery.Public())
	if err != nil {
		return f, err
	}
	var records [][]byte
	for _, raw := range log.Records() {
		records = append(records, raw)
	}
	o := replica.Options{Person: log.Person(), Device: device, Random: random}
	r, items, err := replica.Found(o, records, now)
	if err != nil {
		return f, err
	}
	keys := vault.Keys{Person: log.Person(), Device: device, Masters: []identity.Master{master}, Words: &words}
	return Founding{Keys: keys, Recovery: recovery.Public(), Collection: r.Collection(), Records: items}, nil
}
