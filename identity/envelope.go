package identity

import (
	"bytes"
	"fmt"
	"slices"

	"corkboard/record"
)

const (
	// MaxEnvelopePlain is how many bytes SealToPerson takes: it is for keys.
	MaxEnvelopePlain = 4 << 10

	envelopeDomain  = "corkboard/person/sealed/1"
	envelopeVersion = 1
	maxReceivers    = 1024
	maxEnvelope     = maxReceivers * (1 + 32 + 3 + SealOverhead + MaxEnvelopePlain)
)

// An Opener is a key that something can be sealed to: a Device or the Recovery key.
type Opener interface {
	ID() DeviceID
	Open(sealed, info []byte) ([]byte, error)
	role() role
}

type receiver struct {
	role role
	id   DeviceID
	kem  []byte
}

// SealToPerson seals a key to every active device of a person and to their
// recovery words: version 1 | number | (role, id, sealed bytes) by role and id.
// A device that is added later cannot open it: seal again. More than
// MaxEnvelopePlain bytes are ErrTooLarge.
func SealToPerson(s State, info, plain []byte) ([]byte, error) {
	to := s.receivers()
	if len(plain) > MaxEnvelopePlain || len(to) > maxReceivers {
		return nil, fmt.Errorf("seal to a person: %w", ErrTooLarge)
	}
	var w record.Writer
	w.Uint8(envelopeVersion)
	w.Uint(uint64(len(to)))
	for _, r := range to {
		sealed, err := Seal(r.kem, envelopeInfo(s.Person, info), plain)
		if err != nil {
			return nil, fmt.Errorf("seal to a person: %w", err)
		}
		w.Uint8(uint8(r.role))
		w.Fixed(r.id[:])
		w.Bytes(sealed)
	}
	return w.B, nil
}

func (s State) receivers() []receiver {
	var to []receiver
	for id, d := range s.Devices {
		if !d.Removed {
			to = append(to, receiver{byDevice, id, d.KEM})
		}
	}
	for _, k := range s.Recovery {
		to = append(to, receiver{byRecovery, k.ID, k.KEM})
	}
	slices.SortFunc(to, func(a, b receiver) int {
		if a.role != b.role {
			return int(a.role) - int(b.role)
		}
		return bytes.Compare(a.id[:], b.id[:])
	})
	return to
}

// OpenToPerson opens what SealToPerson made: ErrCannotOpen if it is not for
// this key, person or info, ErrNewer, ErrTooLarge or record.ErrMalformed. Who
// sealed it is not known.
func OpenToPerson(with Opener, person PersonID, info, envelope []byte) ([]byte, error) {
	const doing = "open what was sealed to a person: %w"
	if len(envelope) > maxEnvelope {
		return nil, fmt.Errorf(doing, ErrTooLarge)
	}
	r := record.NewReader(envelope)
	if v := r.Uint8(); r.Err() == nil && v != envelopeVersion {
		return nil, fmt.Errorf(doing, ErrNewer)
	}
	var mine []byte
	for range r.Uint(maxReceivers) {
		as, id := role(r.Uint8()), DeviceID(r.Hash())
		sealed := r.Bytes(SealOverhead + MaxEnvelopePlain)
		if as == with.role() && id == with.ID() {
			mine = sealed
		}
	}
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	plain, err := with.Open(mine, envelopeInfo(person, info))
	if err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	return plain, nil
}

func envelopeInfo(person PersonID, info []byte) []byte {
	return message(envelopeDomain, append(person[:], info...))
}
