package chunk

import (
	"fmt"

	"corkboard/identity"
)

// Decoded is what the decoder of Automerge changes found in one.
type Decoded struct {
	Hash  [32]byte
	Actor []byte
	Deps  [][32]byte
}

// Facts is all that judging a change needs, as plain values.
type Facts struct {
	ID       ChangeID
	Document Document
	Author   identity.PersonID
	Device   identity.DeviceID
	Run      Nonce
	Number   uint64
	Prev     ChangeID
	Cites    [][32]byte // shared with the run
	Hash     [32]byte
	Deps     [][32]byte // shared with what was decoded
}

// Facts joins a verified change with what was decoded of its Automerge bytes.
// ErrMalformed if that is another change; ErrForeign if its actor id is not the
// one of this device, document and run: somebody else's change, or a copy of one.
func (c *Change) Facts(d Decoded) (Facts, error) {
	return factsOf(c.Run, c.Document, c.Link(), c.Prev, c.Hash, d)
}

func factsOf(run *Run, doc Document, link Link, prev ChangeID, hash [32]byte, d Decoded) (Facts, error) {
	if d.Hash != hash {
		return Facts{}, fmt.Errorf("reading change %v: %w", link.ID, malformed("the decoder read another one"))
	}
	if actor := Actor(run.Device, doc.ID, run.Nonce); string(d.Actor) != string(actor[:]) {
		return Facts{}, fmt.Errorf("reading change %v: actor: %w", link.ID, ErrForeign)
	}
	return Facts{
		ID: link.ID, Document: doc, Author: run.Person, Device: run.Device, Run: run.Nonce,
		Number: link.Number, Prev: prev, Cites: run.Cites, Hash: hash, Deps: d.Deps,
	}, nil
}
