package identity

import (
	"fmt"
	"io"
	"slices"

	"corkboard/record"
)

// A Signer writes records: a Device of the person, or the Recovery key.
type Signer interface {
	ID() DeviceID
	Sign(domain string, body []byte) [SignatureSize]byte
	role() role
}

func (d *Device) role() role { return byDevice }

// Found makes a new person of a first device and a recovery key. It draws 16
// bytes, so that the same keys make different persons. Its only record is the
// genesis.
func Found(random io.Reader, at int64, first *Device, name string, recovery RecoveryKey) (*Log, error) {
	f := &fact{kind: genesis, at: at, kem: first.KEM(), name: name, recovery: recovery}
	if _, err := io.ReadFull(random, f.nonce[:]); err != nil {
		return nil, fmt.Errorf("found a person: %w", err)
	}
	if err := f.legible(first); err != nil {
		return nil, fmt.Errorf("found a person: %w", err)
	}
	raw := f.sign(first)
	person, _, err := CheckRecord(raw)
	if err != nil {
		return nil, fmt.Errorf("found a person: %w", err)
	}
	l := NewLog(person)
	return l, l.Add(raw)
}

// AddDevice lets a device in that has said it wants to. Like the other methods
// that write, it builds on all that is here, adds the record to the log and
// returns it for others; ErrNotEntitled if the signer may not (a device that
// belongs already, or once did, is not added either), record.ErrMalformed for
// a name or time out of bounds.
func (l *Log) AddDevice(by Signer, at int64, c Candidate) ([]byte, error) {
	return l.write("add a device", by, at, &fact{
		kind: addDevice, device: c.Device, kem: c.KEM, name: c.Name, proof: c.Proof[:],
	})
}

// RemoveDevice removes a device for good. What it has written that is not here
// is void.
func (l *Log) RemoveDevice(by Signer, at int64, id DeviceID) ([]byte, error) {
	return l.write("remove a device", by, at, &fact{kind: removeDevice, device: id})
}

// RemoveDeviceAfter removes a device and voids all that it wrote after the
// given heads, removals too: this is how the words undo what a thief has done.
// At most MaxParents heads; with none it is RemoveDevice.
func (l *Log) RemoveDeviceAfter(by *Recovery, at int64, id DeviceID, heads []RecordID) ([]byte, error) {
	frontier := slices.Compact(sortIDs(slices.Clone(heads)))
	return l.write("remove a device", by, at, &fact{kind: removeDevice, device: id, frontier: frontier})
}

// SetKEM makes the newest sealing key of a device known.
func (l *Log) SetKEM(by *Device, at int64) ([]byte, error) {
	return l.write("set a sealing key", by, at, &fact{kind: setKEM, kem: by.KEM()})
}

// SetProfile replaces the whole profile. record.ErrMalformed for a picture that is not of
// portrait.Size bytes.
func (l *Log) SetProfile(by Signer, at int64, p Profile) ([]byte, error) {
	return l.write("set the profile", by, at, &fact{kind: setProfile, profile: p})
}

// SetRecovery puts new words into the place of those that sign.
func (l *Log) SetRecovery(by *Recovery, at int64, next *Recovery) ([]byte, error) {
	proof := next.Sign(recoveryProofDomain, recoveryProof(l.person, next.Public()))
	return l.write("set new recovery words", by, at, &fact{
		kind: setRecovery, recovery: next.Public(), proof: proof[:],
	})
}

func (l *Log) write(doing string, by Signer, at int64, f *fact) ([]byte, error) {
	f.person, f.at, f.parents = l.person, at, l.parents()
	if len(f.parents) == 0 {
		return nil, fmt.Errorf("%s: no genesis yet: %w", doing, ErrNotEntitled)
	}
	if err := f.legible(by); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	raw := f.sign(by)
	if err := l.Add(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	return raw, nil
}

// parents are the heads; if there are too many, the deepest.
func (l *Log) parents() []RecordID {
	heads := l.Heads()
	if len(heads) > MaxParents {
		slices.SortFunc(heads, func(a, b RecordID) int { return l.known[b].depth - l.known[a].depth })
		heads = sortIDs(heads[:MaxParents])
	}
	return heads
}

// legible names the author, and says whether others could read the record.
func (f *fact) legible(by Signer) error {
	f.role, f.author = by.role(), by.ID()
	if f.at < 0 || f.at > maxTime {
		return fmt.Errorf("time out of bounds: %w", record.ErrMalformed)
	}
	_, err := decode(f.encode())
	return err
}

// Candidate is a device that asks to belong to a person. It is public.
type Candidate struct {
	Device DeviceID
	KEM    []byte
	Name   string
	Proof  [SignatureSize]byte // by the device, over person, KEM and name
}

// Apply asks to belong to a person. The name is at most MaxName bytes.
func (d *Device) Apply(person PersonID, name string) Candidate {
	return Candidate{
		Device: d.ID(), KEM: d.KEM(), Name: name,
		Proof: d.Sign(deviceProofDomain, deviceProof(person, d.secret().kem, name)),
	}
}
