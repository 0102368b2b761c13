package chunk

import (
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// ErrNoProof says that two changes do not show that their device made two
// different ones in one place of a chain.
var ErrNoProof = fmt.Errorf("no equivocation: %w", ErrMalformed)

// Proof shows that a device signed two different changes with the same number of
// one run. It says nothing of what the changes contain, and anybody can check it.
type Proof struct {
	Number      uint64
	Kept, Other Signed // Kept has the smaller id: it stays
}

// Signed is the signed part of a change.
type Signed struct {
	Run       *Run
	Document  Document
	Prev      ChangeID
	Hash      [32]byte // Automerge's
	Signature [identity.SignatureSize]byte
}

func (s *Signed) body(number uint64) []byte {
	return changeBody(s.Run.ID(), s.Document, number, s.Prev, s.Hash)
}

func (s *Signed) id(number uint64) ChangeID { return identity.Hash(domainChange, s.body(number)) }

func (c *Change) signed() Signed {
	return Signed{Run: c.Run, Document: c.Document, Prev: c.Prev, Hash: c.Hash, Signature: c.signature}
}

// Prove makes a proof of two verified changes, in either order; ErrNoProof if
// they are none.
func Prove(a, b *Change) (*Proof, error) {
	p := &Proof{Number: a.Number, Kept: a.signed(), Other: b.signed()}
	if aID, bID := a.ID(), b.ID(); compare(aID, bID) > 0 {
		p.Kept, p.Other = p.Other, p.Kept
	}
	if a.Number != b.Number || !a.Run.same(b.Run) {
		return nil, fmt.Errorf("proving equivocation: %w", ErrNoProof)
	}
	if err := p.Verify(a.Run.Device); err != nil {
		return nil, fmt.Errorf("proving equivocation: %w", err)
	}
	return p, nil
}

// IDs are the ids of the change that stays and of the other one.
func (p *Proof) IDs() (kept, other ChangeID) { return p.Kept.id(p.Number), p.Other.id(p.Number) }

// Verify checks the proof against a device. Errors: ErrForeign if it is about
// another one, ErrBadSignature, ErrNoProof.
func (p *Proof) Verify(device identity.DeviceID) error {
	kept, other := p.IDs()
	switch {
	case p.Kept.Run.Device != device:
		return fmt.Errorf("verifying equivocation: %w", ErrForeign)
	case !p.Kept.Run.same(p.Other.Run) || compare(kept, other) >= 0:
		return fmt.Errorf("verifying equivocation: %w", ErrNoProof)
	}
	for _, s := range []*Signed{&p.Kept, &p.Other} {
		if err := s.Run.verify(); err != nil {
			return fmt.Errorf("verifying equivocation: run: %w", err)
		}
		if err := identity.Verify(device, domainChange, s.body(p.Number), s.Signature[:]); err != nil {
			return fmt.Errorf("verifying equivocation: %w", err)
		}
	}
	return nil
}

// String tells what is proven.
func (p *Proof) String() string {
	return fmt.Sprintf("equivocation at %d by %v", p.Number, p.Kept.Run)
}

// Encode writes a proof: at most maxProof bytes.
func (p *Proof) Encode() []byte {
	var w record.Writer
	w.Uint8(version)
	w.Uint(p.Number)
	for _, s := range []*Signed{&p.Kept, &p.Other} {
		w.Bytes(s.Run.Raw())
		w.Fixed(s.Document.ID[:])
		w.Uint(s.Document.Generation)
		w.Fixed(s.Prev[:])
		w.Fixed(s.Hash[:])
		w.Fixed(s.Signature[:])
	}
	return w.B
}

const maxProof = 3 * maxRecord

// ParseProof reads what Encode wrote and verifies it, for whichever device it
// is about. Errors: ErrTooLarge, ErrNewer, ErrMalformed, ErrBadSignature, ErrNoProof.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) > maxProof {
		return nil, fmt.Errorf("reading a proof: %w", ErrTooLarge)
	}
	if len(b) > 0 && b[0] > version {
		return nil, fmt.Errorf("reading a proof: %w", ErrNewer)
	}
	r := record.NewReader(b)
	if r.Uint8() != version {
		r.Fail("unknown version")
	}
	p := &Proof{Number: r.Uint(maxNumber)}
	for _, s := range []*Signed{&p.Kept, &p.Other} {
		s.Run = new(Run)
		if err := readRaw(r.Bytes(maxRecord), s.Run.read); err != nil && r.Err() == nil {
			return nil, fmt.Errorf("reading a proof: run: %w", err)
		}
		s.Document = readDocument(r)
		s.Prev, s.Hash = r.Hash(), r.Hash()
		copy(s.Signature[:], r.Fixed(len(s.Signature)))
	}
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("reading a proof: %w", err)
	}
	return p, p.Verify(p.Kept.Run.Device)
}

func readDocument(r *record.Reader) Document {
	return Document{ID: r.Hash(), Generation: r.Uint(maxNumber)}
}
