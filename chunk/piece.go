package chunk

import (
	"crypto/sha256"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// PieceSize is how many bytes of a bundle one piece holds; the last may have
// less. A full piece is a chunk below 1 MiB.
const PieceSize = 927 << 10

const maxPieces = (MaxBundle + PieceSize - 1) / PieceSize

// Piece is a part of a bundle, signed by whoever made the bundle.
type Piece struct {
	Run      *Run // of the one who made the bundle
	Document Document
	Content  [32]byte // SHA-256 of the bundle's content
	Length   uint64   // of the bundle's content, in bytes
	Index    uint64

	ref       RunRef
	data      []byte
	signature [identity.SignatureSize]byte
}

// BundleID tells which pieces belong together.
type BundleID struct {
	Run     RunID
	Content [32]byte
}

// Bundle is the bundle that a piece belongs to.
func (p *Piece) Bundle() BundleID { return BundleID{Run: p.Run.ID(), Content: p.Content} }

// Count is how many pieces the bundle has.
func (p *Piece) Count() int { return pieces(p.Length) }

func pieces(length uint64) int { return int((length + PieceSize - 1) / PieceSize) }

// SignBundle takes a bundle to pieces. Its segments must be verified ones.
// Errors: ErrTooLarge; ErrMalformed if segments overlap; ErrForeign if the run is another device's or a segment is
// of another collection.
func SignBundle(device *identity.Device, run *Run, b *Bundle) ([]*Piece, error) {
	if run.Device != device.ID() {
		return nil, fmt.Errorf("signing a bundle: %w", ErrForeign)
	}
	for _, s := range b.Segments {
		if s.Run.Collection != run.Collection {
			return nil, fmt.Errorf("signing a bundle: %w", ErrForeign)
		}
	}
	content, err := b.encode()
	if err != nil {
		return nil, fmt.Errorf("signing a bundle: %w", err)
	}
	hash := sha256.Sum256(content)
	var out []*Piece
	for i := range pieces(uint64(len(content))) {
		p := &Piece{
			Run: run, Document: b.Document, Content: hash, Length: uint64(len(content)), Index: uint64(i),
			ref: run.Ref(), data: content[i*PieceSize : min((i+1)*PieceSize, len(content))],
		}
		p.signature = device.Sign(domainPiece, p.body())
		out = append(out, p)
	}
	return out, nil
}

// JoinPieces makes a bundle of all its pieces, in any order. Errors:
// ErrIncomplete, ErrTooLarge, ErrNewer, ErrMalformed, ErrForeign if it has a run of
// another collection.
func JoinPieces(list []*Piece) (*Bundle, error) {
	b, err := joinPieces(list)
	if err != nil {
		return nil, fmt.Errorf("reading a bundle: %w", err)
	}
	return b, nil
}

func joinPieces(list []*Piece) (*Bundle, error) {
	if len(list) == 0 {
		return nil, ErrIncomplete
	}
	first := list[0]
	sorted := make([]*Piece, first.Count())
	for _, p := range list {
		if p.Bundle() != first.Bundle() || p.Document != first.Document || p.Length != first.Length {
			return nil, malformed("pieces of several bundles")
		}
		sorted[p.Index] = p
	}
	var content []byte
	for _, p := range sorted {
		if p == nil {
			return nil, ErrIncomplete
		}
		content = append(content, p.data...)
	}
	if sha256.Sum256(content) != first.Content {
		return nil, malformed("pieces do not make the bundle")
	}
	b, err := readBundle(content)
	if err != nil {
		return nil, err
	}
	for _, s := range b.Segments {
		if s.Run.Collection != first.Run.Collection {
			return nil, ErrForeign
		}
	}
	b.Document = first.Document
	return b, nil
}

// body is what is signed.
func (p *Piece) body() []byte {
	id, data := p.Run.ID(), sha256.Sum256(p.data)
	var w record.Writer
	w.Fixed(id[:])
	w.Fixed(p.Document.ID[:])
	w.Uint(p.Document.Generation)
	w.Fixed(p.Content[:])
	w.Uint(p.Length)
	w.Uint(p.Index)
	w.Fixed(data[:])
	return w.B
}

// String tells which piece it is.
func (p *Piece) String() string {
	return fmt.Sprintf("piece %d of %d of a bundle of %v", p.Index+1, p.Count(), p.Document.ID)
}

// by takes the run for who made the bundle; ErrBadSignature if it is not.
func (p *Piece) by(run *Run) error {
	p.Run = run
	return identity.Verify(run.Device, domainPiece, p.body(), p.signature[:])
}

func (p *Piece) kind() Kind { return KindPiece }

func (p *Piece) collection() CollectionID { return p.Run.Collection }

func (p *Piece) scopes(CollectionID) (key, tag scope) {
	return p.Document.scope(), p.Document.scope()
}

func (p *Piece) write(w *record.Writer) {
	w.Fixed(p.ref[:])
	w.Fixed(p.Content[:])
	w.Uint(p.Length)
	w.Uint(p.Index)
	w.Fixed(p.signature[:])
	w.Bytes(p.data)
}

func (p *Piece) read(r *record.Reader) {
	copy(p.ref[:], r.Fixed(len(p.ref)))
	p.Content = r.Hash()
	p.Length = r.Uint(MaxBundle)
	p.Index = r.Uint(maxPieces)
	copy(p.signature[:], r.Fixed(len(p.signature)))
	p.data = r.Bytes(PieceSize)
	switch rest := int(p.Length) - int(p.Index)*PieceSize; {
	case r.Err() != nil:
	case rest <= 0, len(p.data) != min(rest, PieceSize):
		r.Fail("piece of the wrong length")
	}
}
