package chunk

import (
	"errors"
	"fmt"

	"corkboard/record"
)

// Item is what a chunk holds: *Genesis, *Run, *Change or *Piece.
type Item interface {
	kind() Kind
	// scopes are what the key and the tag are for.
	scopes(CollectionID) (key, tag scope)
	// write appends the inner form.
	write(*record.Writer)
}

// Opened is an opened chunk, its signature verified.
type Opened struct {
	ID    ID
	Tag   Tag
	Epoch [32]byte // id of the epoch it was sealed in
	Item  Item
}

// Seal seals an item in an epoch. Equal items give equal chunks. ErrForeign if
// it is of another collection.
func (r Ring) Seal(e Epoch, item Item) ([]byte, error) {
	if of, ok := item.(interface{ collection() CollectionID }); ok && of.collection() != r.r.collection {
		return nil, fmt.Errorf("sealing a %s: %w", item.kind(), ErrForeign)
	}
	var w record.Writer
	item.write(&w)
	key, tag := item.scopes(r.r.collection)
	b, err := seal(e, key, item.kind(), tag.tag(r.r.secret), w.B)
	if err != nil {
		return nil, fmt.Errorf("sealing a %s: %w", item.kind(), err)
	}
	return b, nil
}

// Open is Parse, and opens and verifies what Parse finds. Errors: those of
// Parse; ErrNoKey, ErrNoDocument and ErrNoRun, which may heal; ErrSealed,
// ErrMalformed, ErrForeign, ErrBadSignature. About 55 µs for a small chunk.
func (r Ring) Open(b []byte) (Opened, error) {
	s, err := Parse(b)
	if err != nil {
		return Opened{}, err
	}
	o := Opened{ID: s.ID(), Tag: s.Tag}
	var d Document
	var plain []byte
	if d, err = r.r.documentOf(s); err == nil {
		o.Epoch, plain, err = r.r.unseal(s, d)
	}
	if err == nil {
		o.Item, err = r.r.item(s, d, plain)
	}
	if err != nil {
		return Opened{}, fmt.Errorf("opening %s %v: %w", s.Kind, o.ID, err)
	}
	return o, nil
}

// documentOf looks up the document of a tag, where the kind needs one.
func (r *ring) documentOf(s Sealed) (Document, error) {
	if s.Kind.IsRecord() {
		return Document{}, fmt.Errorf("%w: it holds a record", ErrForeign)
	}
	if len(r.epochs[s.Epoch]) == 0 {
		return Document{}, ErrNoKey
	}
	switch s.Kind {
	case KindChange, KindPiece:
		d, ok := r.documents[s.Tag]
		if !ok {
			return Document{}, ErrNoDocument
		}
		return d, nil
	case KindRun:
		if s.Tag != r.own {
			return Document{}, ErrForeign
		}
	}
	return Document{}, nil
}

// unseal tries the keys of the epoch a chunk names. There is one, unless
// somebody has made an epoch whose id begins like another's.
func (r *ring) unseal(s Sealed, d Document) (epoch [32]byte, plain []byte, err error) {
	in := r.scope()
	if s.Kind == KindChange || s.Kind == KindPiece {
		in = d.scope()
	}
	err = ErrNoKey
	for _, e := range r.epochs[s.Epoch] {
		if plain, err = unseal(e, in, s); !errors.Is(err, ErrSealed) {
			return e.ID, plain, err
		}
	}
	return epoch, nil, err
}

// item reads the inner form and verifies its signature.
func (r *ring) item(s Sealed, d Document, plain []byte) (Item, error) {
	in, err := readInner(s.Kind, plain)
	if err != nil {
		return nil, err
	}
	switch in := in.(type) {
	case *Genesis:
		if in.Collection != r.collection || in.Document().scope().tag(r.secret) != s.Tag {
			return nil, ErrForeign
		}
		return in, in.verify()
	case *Run:
		if in.Collection != r.collection {
			return nil, ErrForeign
		}
		return in, in.verify()
	case *Change:
		in.Document = d
		return in, r.anyRun(in.ref, in.by)
	case *Piece:
		in.Document = d
		return in, r.anyRun(in.ref, in.by)
	}
	return nil, malformed("unknown kind")
}

// anyRun asks for a run behind a ref by which something was signed. There is
// one, unless a device has made two whose ids begin alike.
func (r *ring) anyRun(ref RunRef, by func(*Run) error) error {
	err := ErrNoRun
	for _, run := range r.runs[ref] {
		if err = by(run); err == nil {
			return nil
		}
	}
	return err
}

// readInner reads the inner form of a kind: its fields and nothing but zeros
// behind them, as many as its size needs. Signatures are not checked.
func readInner(kind Kind, plain []byte) (Item, error) {
	var item interface {
		Item
		read(*record.Reader)
	}
	switch kind {
	case KindGenesis:
		item = new(Genesis)
	case KindRun:
		item = new(Run)
	case KindChange:
		item = new(Change)
	case KindPiece:
		item = new(Piece)
	default:
		return nil, malformed("unknown kind")
	}
	r := record.NewReader(plain)
	item.read(r)
	return item, closePadded(r, len(plain))
}
