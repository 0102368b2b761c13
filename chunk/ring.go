package chunk

import (
	"fmt"
	"io"
	"log/slog"
)

// Ring is what a member knows of a collection and needs to seal and open its
// chunks: epoch keys, documents and runs. Whoever changes it must see to it that
// nobody else uses it meanwhile; sealing and opening only read. It prints as a
// fixed word.
type Ring struct{ r *ring }

type ring struct {
	collection CollectionID
	secret     hidden // makes tags
	own        Tag    // of what belongs to no document
	epochs     map[EpochRef][]Epoch
	documents  map[Tag]Document
	runs       map[RunRef][]*Run
}

// NewRing makes the ring of a collection. The secret makes its tags, so it must
// be the same for all members and for life.
func NewRing(collection CollectionID, secret [32]byte) Ring {
	r := &ring{
		collection: collection, secret: hide(secret[:]),
		epochs: map[EpochRef][]Epoch{}, documents: map[Tag]Document{}, runs: map[RunRef][]*Run{},
	}
	r.own = r.scope().tag(r.secret)
	return Ring{r}
}

func (r *ring) scope() scope { return scope{id: r.collection} }

// Collection is whose ring it is.
func (r Ring) Collection() CollectionID { return r.r.collection }

// Tag is what chunks of the collection say that belong to no document: its runs.
func (r Ring) Tag() Tag { return r.r.own }

// TagOf is what chunks of a document say.
func (r Ring) TagOf(d Document) Tag { return d.scope().tag(r.r.secret) }

// AddEpoch makes a key known.
func (r Ring) AddEpoch(e Epoch) {
	for _, old := range r.r.epochs[e.Ref()] {
		if old.ID == e.ID {
			return
		}
	}
	r.r.epochs[e.Ref()] = append(r.r.epochs[e.Ref()], e)
}

// AddDocument makes a document known, in one of its generations.
func (r Ring) AddDocument(d Document) { r.r.documents[r.TagOf(d)] = d }

// AddRun makes a run known; ErrForeign if it is of another collection.
func (r Ring) AddRun(run *Run) error {
	if run.Collection != r.r.collection {
		return fmt.Errorf("adding a run: %w", ErrForeign)
	}
	ref := run.Ref()
	for _, old := range r.r.runs[ref] {
		if old.ID() == run.ID() {
			return nil
		}
	}
	r.r.runs[ref] = append(r.r.runs[ref], run)
	return nil
}

// Document tells which document a tag stands for.
func (r Ring) Document(t Tag) (Document, bool) {
	d, ok := r.r.documents[t]
	return d, ok
}

const hiddenRing = "chunk.Ring(hidden)"

// Format writes a fixed word under every verb.
func (r Ring) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenRing) }

// String is a fixed word.
func (r Ring) String() string { return hiddenRing }

// GoString is a fixed word.
func (r Ring) GoString() string { return hiddenRing }

// LogValue is a fixed word.
func (r Ring) LogValue() slog.Value { return slog.StringValue(hiddenRing) }

// MarshalText is a fixed word.
func (r Ring) MarshalText() ([]byte, error) { return []byte(hiddenRing), nil }
