package nearby

import (
	"errors"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// The bounds of a card.
const (
	// MaxCard is its length in bytes.
	MaxCard    = 256 << 10
	maxRecords = 512
)

const cardVersion = 1

// Errors.
var (
	// ErrTooLong says that a log does not fit on a card.
	ErrTooLong = errors.New("the log of this person is too long to be told")
	// ErrNotTheirs says that a card is not of whoever shows it.
	ErrNotTheirs = errors.New("not the card of whoever shows it")
	// ErrNewer says that a card is of a later program.
	ErrNewer = identity.ErrNewer
)

// Person is somebody as their own log says.
type Person struct {
	ID      identity.PersonID
	Name    string // as they have written it; may be empty
	Colour  [3]byte
	Picture string   // as in identity.Profile
	Log     [][]byte // verified records; parents first
}

// Card tells of a person by their log. ErrTooLong.
func Card(log [][]byte) ([]byte, error) {
	var w record.Writer
	w.Uint8(cardVersion)
	w.Uint(uint64(len(log)))
	for _, raw := range log {
		w.Bytes(raw)
	}
	if len(w.B) > MaxCard || len(log) > maxRecords {
		return nil, ErrTooLong
	}
	return w.B, nil
}

// Read verifies a card that was shown on a connection whose other end has proven a
// device and says it is a person's. Errors: record.ErrMalformed, ErrNotTheirs,
// ErrNewer, those of identity.Log.Add.
func Read(card []byte, person identity.PersonID, device identity.DeviceID) (Person, error) {
	if len(card) > MaxCard {
		return Person{}, fmt.Errorf("read a card: %w", ErrTooLong)
	}
	r := record.NewReader(card)
	if v := r.Uint8(); r.Err() == nil && v > cardVersion {
		return Person{}, fmt.Errorf("read a card: %w", ErrNewer)
	} else if v != cardVersion {
		r.Fail("version")
	}
	var raws [][]byte
	for range r.Uint(maxRecords) {
		if raws = append(raws, r.Bytes(identity.MaxRecord)); r.Err() != nil {
			break
		}
	}
	if err := r.Close(); err != nil {
		return Person{}, fmt.Errorf("read a card: %w", err)
	}
	log := identity.NewLog(person)
	for _, raw := range raws {
		if err := log.Add(raw); err != nil {
			return Person{}, fmt.Errorf("read a card: %w", err)
		}
	}
	if s := log.State(); s.Active(device) {
		p := Person{ID: person, Name: s.Profile.Name, Colour: s.Profile.Colour, Picture: s.Profile.Picture}
		for _, raw := range log.Records() {
			p.Log = append(p.Log, raw)
		}
		return p, nil
	}
	return Person{}, fmt.Errorf("read a card: %w", ErrNotTheirs)
}
