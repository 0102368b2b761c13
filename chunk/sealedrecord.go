package chunk

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"corkboard/record"
)

// SealRecord seals a signed record of a person or of the access log, so that it
// travels and is kept as chunks are: whoever knows the collection opens it, also
// before they have joined, and a storage peer does not. Equal records give equal
// chunks. The kind is KindPerson or KindAccess. Errors: ErrTooLarge, ErrMalformed.
func SealRecord(c CollectionID, kind Kind, raw []byte) ([]byte, error) {
	if !kind.IsRecord() {
		return nil, fmt.Errorf("sealing a %s as a record: %w", kind, ErrMalformed)
	}
	e, err := recordKey(c)
	if err != nil {
		return nil, err
	}
	var w record.Writer
	w.Bytes(raw)
	b, err := seal(e, scope{id: c}, kind, Tag{}, w.B)
	if err != nil {
		return nil, fmt.Errorf("sealing a %s: %w", kind, err)
	}
	return b, nil
}

// OpenRecord opens what SealRecord made for a collection. Whether the record
// itself is sound is not looked at. Errors: those of Parse; ErrSealed for another
// collection; ErrMalformed.
func OpenRecord(c CollectionID, b []byte) (Kind, []byte, error) {
	s, err := Parse(b)
	if err != nil {
		return 0, nil, err
	}
	raw, err := s.openRecord(c)
	if err != nil {
		return 0, nil, fmt.Errorf("opening %s %v: %w", s.Kind, s.ID(), err)
	}
	return s.Kind, raw, nil
}

func (s Sealed) openRecord(c CollectionID) ([]byte, error) {
	e, err := recordKey(c)
	if err != nil {
		return nil, err
	}
	if !s.Kind.IsRecord() || s.Tag != (Tag{}) || s.Epoch != e.Ref() {
		return nil, malformed("not a sealed record")
	}
	plain, err := unseal(e, scope{id: c}, s)
	if err != nil {
		return nil, err
	}
	r := record.NewReader(plain)
	raw := r.Bytes(MaxChunk)
	return raw, closePadded(r, len(plain))
}

// recordKey stands for the epoch of all records of a collection: HKDF-SHA256 of
// its id without salt. Its own id is zero, so that nothing outside names the
// collection.
func recordKey(c CollectionID) (Epoch, error) {
	key, err := hkdf.Key(sha256.New, c[:], nil, domainRecords, 32)
	if err != nil {
		return Epoch{}, fmt.Errorf("deriving a key: %w", err)
	}
	return NewEpoch([32]byte{}, [32]byte(key)), nil
}

// closePadded ends reading an inner form: nothing but zeros may be left of it, as
// many as its size needs.
func closePadded(r *record.Reader, length int) error {
	used := length - r.Len()
	for _, b := range r.Fixed(r.Len()) {
		if b != 0 {
			r.Fail("padding is not zero")
			break
		}
	}
	if r.Err() == nil && bucket(outerSize+used) != outerSize+length {
		r.Fail("more padding than need be")
	}
	return r.Close()
}

// IsRecord reports whether a chunk of this kind holds a record and nothing of a
// document.
func (k Kind) IsRecord() bool { return k == KindPerson || k == KindAccess }
