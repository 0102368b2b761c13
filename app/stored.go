package app

import (
	"context"

	"corkboard/cards"
	"corkboard/doc"
)

// named is the files that a document names.
type named struct {
	list []cards.Stored
	may  bool // it may name others later
}

// namedView reads the files that a document names.
var namedView = doc.View{
	Name:   "stored",
	Decode: func(src doc.Source) any { return namedIn(src) },
	Update: func(_ any, _ []doc.Path, src doc.Source) any { return namedIn(src) },
}

func namedIn(src doc.Source) named {
	return named{list: cards.StoredIn(src), may: cards.MayStore(src)}
}

// unpacked tells files that others cannot fetch as things are.
func unpacked(s cards.Stored) bool { return s.Pieces == "" }

// readStored reads the files that a document names; it blocks.
func (a *App) readStored(ctx context.Context, id doc.ID) (named, error) {
	h := a.store.Open(id, namedView)
	defer h.Close()
	v, err := loaded(ctx, h)
	n, _ := v.(named)
	return n, err
}
