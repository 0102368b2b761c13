package chunk

import (
	"bytes"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// Overhead is how many bytes a chunk has more, before padding, than the Automerge
// change in it: one less for the first 127 changes of a run, one more beyond 16,383.
const Overhead = outerSize + len(RunRef{}) + 2 + len(ChangeID{}) + identity.SignatureSize - automergeHead

// Link is the newest change of a run's chain, or zero before the first.
type Link struct {
	Number uint64
	ID     ChangeID
}

// Change is one Automerge change, signed. The changes of a run, in whichever
// documents of the collection, are one chain: 1, 2, 3…, each with the id of the
// one before it.
type Change struct {
	Run      *Run // who made it, and at which access heads
	Document Document
	Number   uint64
	Prev     ChangeID // zero for number 1
	Hash     [32]byte // Automerge's

	ref       RunRef
	data      []byte
	signature [identity.SignatureSize]byte
}

// SignChange makes the next change of a run's chain after a link. automerge is
// one change as a core gives it, compressed or not. Errors: ErrTooLarge;
// ErrMalformed if it is none; ErrForeign if the run is another device's.
func SignChange(device *identity.Device, run *Run, after Link, d Document, automerge []byte) (*Change, error) {
	data, err := automergeData(automerge)
	switch {
	case err != nil:
	case run.Device != device.ID():
		err = ErrForeign
	case after.Number >= maxNumber || d.Generation > maxNumber || (after.Number == 0) != (after.ID == ChangeID{}):
		err = malformed("number out of range")
	}
	if err != nil {
		return nil, fmt.Errorf("signing a change: %w", err)
	}
	c := &Change{
		Run: run, Document: d, Number: after.Number + 1, Prev: after.ID,
		Hash: hashOf(data), ref: run.Ref(), data: bytes.Clone(data),
	}
	c.signature = device.Sign(domainChange, c.body())
	return c, nil
}

// body is what is hashed and signed. It has more than a chunk repeats: run and
// document are known from their refs.
func (c *Change) body() []byte {
	return changeBody(c.Run.ID(), c.Document, c.Number, c.Prev, c.Hash)
}

func changeBody(run RunID, d Document, number uint64, prev ChangeID, hash [32]byte) []byte {
	var w record.Writer
	w.Fixed(run[:])
	w.Fixed(d.ID[:])
	w.Uint(d.Generation)
	w.Uint(number)
	w.Fixed(prev[:])
	w.Fixed(hash[:])
	return w.B
}

// ID names the change for life, however it is sealed.
func (c *Change) ID() ChangeID { return identity.Hash(domainChange, c.body()) }

// Link is where the next change of the run follows.
func (c *Change) Link() Link { return Link{Number: c.Number, ID: c.ID()} }

// Actor is the only actor id that the change may have.
func (c *Change) Actor() ActorID { return Actor(c.Run.Device, c.Document.ID, c.Run.Nonce) }

// Automerge is the change for a core, uncompressed. Nobody has looked into it yet.
func (c *Change) Automerge() []byte { return automergeBytes(c.data) }

// String tells which change it is, not what it says.
func (c *Change) String() string {
	return fmt.Sprintf("change %d of %v in %v", c.Number, c.Run, c.Document.ID)
}

// by takes the run for its author; ErrBadSignature if it is not.
func (c *Change) by(run *Run) error {
	c.Run = run
	return identity.Verify(run.Device, domainChange, c.body(), c.signature[:])
}

func (c *Change) kind() Kind { return KindChange }

func (c *Change) collection() CollectionID { return c.Run.Collection }

func (c *Change) scopes(CollectionID) (key, tag scope) {
	return c.Document.scope(), c.Document.scope()
}

func (c *Change) write(w *record.Writer) {
	w.Fixed(c.ref[:])
	w.Uint(c.Number)
	w.Fixed(c.Prev[:])
	w.Fixed(c.signature[:])
	w.Bytes(c.data)
}

func (c *Change) read(r *record.Reader) {
	copy(c.ref[:], r.Fixed(len(c.ref)))
	c.Number = r.Uint(maxNumber)
	c.Prev = r.Hash()
	if c.Number == 0 || (c.Number == 1) != (c.Prev == ChangeID{}) {
		r.Fail("chain without a beginning")
	}
	copy(c.signature[:], r.Fixed(len(c.signature)))
	c.data = r.Bytes(maxData)
	c.Hash = hashOf(c.data)
}
