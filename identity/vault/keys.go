package vault

import (
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

const (
	keysVersion   = 1
	maxDeviceKeys = 1 << 10 // bytes
	maxWords      = 1 << 10 // bytes
)

// Keys is what a vault guards.
type Keys struct {
	Person  identity.PersonID
	Device  *identity.Device
	Masters []identity.Master // newest first, at least one, at most 64
	// Words is the recovery words until the person has written them down; then
	// nil, so that they are nowhere but on paper.
	Words *identity.Words
}

// marshal is version 1 | person | device keys | number | master keys | words or nothing.
func (k Keys) marshal() ([]byte, error) {
	if k.Device == nil || len(k.Masters) == 0 || len(k.Masters) > identity.MaxMasters {
		return nil, fmt.Errorf("no device, or not 1–64 master keys: %w", ErrOtherKeys)
	}
	var w record.Writer
	w.Uint8(keysVersion)
	w.Fixed(k.Person[:])
	w.Bytes(k.Device.Export())
	identity.WriteMasters(&w, k.Masters)
	words := ""
	if k.Words != nil {
		words = k.Words.Reveal()
	}
	w.String(words)
	return w.B, nil
}

func parseKeys(b []byte) (Keys, error) {
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v != keysVersion {
		return Keys{}, ErrNewer
	}
	k := Keys{Person: r.Hash()}
	device := r.Bytes(maxDeviceKeys)
	k.Masters = identity.ReadMasters(r)
	if text := r.String(maxWords); text != "" {
		words, err := identity.ParseWords(text)
		if err != nil || words.Reveal() != text {
			r.Fail("no words")
			words = identity.Words{}
		}
		k.Words = &words
	}
	if err := r.Close(); err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var err error
	if k.Device, err = identity.ImportDevice(device); err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return k, nil
}
