package access

import "corkboard/doc"

type (
	// RecordID names an access record. That of the genesis names the collection,
	// that of a Rotate names its epoch.
	RecordID [32]byte
	// ChangeID names a signed change of a document.
	ChangeID [32]byte
	// DocumentID names a document; as a text it is a doc.ID.
	DocumentID [32]byte
	// RunID names one run of the program on one device; drawn at each start.
	RunID [16]byte
)

// String is the id in base58, as document ids are written.
func (r RecordID) String() string { return string(doc.NewID(r)) }

// String is the id in base58.
func (c ChangeID) String() string { return string(doc.NewID(c)) }

// String is the id in base58.
func (d DocumentID) String() string { return string(doc.NewID(d)) }

// MarshalText writes base58.
func (r RecordID) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// MarshalText writes base58.
func (c ChangeID) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalText writes base58.
func (d DocumentID) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
