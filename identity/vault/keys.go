package vault

import (
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

const (
	keysVersion   = 1
	formerVersion = 2 // with devices that this one has taken the place of
	maxFormers    = 64
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
	// Formers is the devices that this one has taken the place of, newest first, at
	// most 64: what was sealed to them can still be opened.
	Formers []*identity.Former
}

// Export is the keys in the clear, for a backup that is sealed as a whole. Errors:
// ErrOtherKeys.
func (k Keys) Export() ([]byte, error) { return k.marshal() }

// ImportKeys reads what Export wrote. Errors: ErrNewer, ErrDamaged.
func ImportKeys(b []byte) (Keys, error) {
	if len(b) > maxSealed {
		return Keys{}, ErrDamaged
	}
	return parseKeys(b)
}

// marshal is version 1 | person | device keys | number | master keys | words or nothing,
// or version 2 and then number | former devices.
func (k Keys) marshal() ([]byte, error) {
	if k.Device == nil || len(k.Masters) == 0 || len(k.Masters) > identity.MaxMasters || len(k.Formers) > maxFormers {
		return nil, fmt.Errorf("no device, not 1–64 master keys, or too many former devices: %w", ErrOtherKeys)
	}
	var w record.Writer
	w.Uint8(k.version())
	w.Fixed(k.Person[:])
	w.Bytes(k.Device.Export())
	identity.WriteMasters(&w, k.Masters)
	words := ""
	if k.Words != nil {
		words = k.Words.Reveal()
	}
	w.String(words)
	if len(k.Formers) > 0 {
		w.Uint(uint64(len(k.Formers)))
		for _, f := range k.Formers {
			w.Bytes(f.Export())
		}
	}
	return w.B, nil
}

// version is the oldest that says all of it.
func (k Keys) version() uint8 {
	if len(k.Formers) > 0 {
		return formerVersion
	}
	return keysVersion
}

func parseKeys(b []byte) (Keys, error) {
	r := record.NewReader(b)
	v := r.Uint8()
	if r.Err() == nil && (v < keysVersion || v > formerVersion) {
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
	var formers [][]byte
	if v == formerVersion {
		n := r.Uint(maxFormers)
		if n == 0 {
			r.Fail("no former device")
		}
		for range n {
			formers = append(formers, r.Bytes(maxDeviceKeys))
		}
	}
	if err := r.Close(); err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var err error
	if k.Device, err = identity.ImportDevice(device); err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for _, b := range formers {
		f, err := identity.ImportFormer(b)
		if err != nil {
			return Keys{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		k.Formers = append(k.Formers, f)
	}
	return k, nil
}
