package chunk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"corkboard/doc"
	"corkboard/identity"
)

type (
	// ID names a sealed chunk: SHA-256 of all its bytes.
	ID [32]byte
	// CollectionID is the id of a collection's first access record.
	CollectionID [32]byte
	// DocumentID is the id of a document's Genesis.
	DocumentID [32]byte
	// RunID is the id of a Run record.
	RunID [32]byte
	// ChangeID is the id of a signed change. It stays when the change is sealed
	// again, which an ID does not.
	ChangeID [32]byte
	// Nonce is drawn once per start of the program and names a run of a device.
	Nonce [16]byte
	// ActorID is what Automerge calls the writer of a change.
	ActorID [16]byte
	// Tag stands for a document, to those who do not know the collection's secret.
	Tag [16]byte
	// EpochRef is the beginning of an epoch's id.
	EpochRef [8]byte
	// RunRef is the beginning of a RunID.
	RunRef [8]byte
)

// Domains of what is hashed, signed or derived.
const (
	domainGenesis    = "corkboard/document/1"
	domainRun        = "corkboard/run/1"
	domainChange     = "corkboard/change/1"
	domainPiece      = "corkboard/piece/1"
	domainHeader     = "corkboard/chunk/1"
	domainKey        = "corkboard/chunk key/1"
	domainTag        = "corkboard/chunk tag/1"
	domainCommitment = "corkboard/epoch key/1"
	domainRecords    = "corkboard/records/1"
)

// String is hexadecimal, as file names and logs have it.
func (i ID) String() string { return hex.EncodeToString(i[:]) }

// String is hexadecimal.
func (i ChangeID) String() string { return hex.EncodeToString(i[:]) }

// String is hexadecimal.
func (i RunID) String() string { return hex.EncodeToString(i[:]) }

// String is hexadecimal.
func (t Tag) String() string { return hex.EncodeToString(t[:]) }

// String is base58, as in links.
func (d DocumentID) String() string { return string(d.Doc()) }

// String is base58, as in links.
func (c CollectionID) String() string { return string(doc.NewID(c)) }

// Doc is the id as text.
func (d DocumentID) Doc() doc.ID { return doc.NewID(d) }

// ParseDocumentID reads the text form; doc.ErrBadID if it is none.
func ParseDocumentID(id doc.ID) (DocumentID, error) {
	// Documents, persons and devices share one text form.
	b, err := identity.ParsePersonID(string(id))
	if err != nil {
		return DocumentID{}, fmt.Errorf("reading a document id: %w", doc.ErrBadID)
	}
	return DocumentID(b), nil
}

// Actor is the actor id under which a run of a device writes one document:
// SHA-256("actor" | device | document | run), 16 bytes of it.
func Actor(device identity.DeviceID, document DocumentID, run Nonce) ActorID {
	b := append([]byte("actor"), device[:]...)
	b = append(b, document[:]...)
	b = append(b, run[:]...)
	h := sha256.Sum256(b)
	return ActorID(h[:])
}
