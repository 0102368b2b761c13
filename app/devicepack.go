package app

import (
	"context"

	"corkboard/cards"
	"corkboard/doc"
)

// packOne lets the other devices of this person fetch the file of a document that is
// theirs alone, and reads it again. A file that is here is read whole.
func (a *App) packOne(ctx context.Context, id doc.ID) (cards.File, error) {
	h := a.store.Open(id, whole)
	defer h.Close()
	v, err := loaded(ctx, h)
	if err != nil {
		return cards.File{}, err
	}
	root, _ := v.(doc.Map)
	edits, err := a.fetchable(root)
	if err == nil && len(edits) > 0 {
		err = a.saved(ctx, h.Do(func(any) (doc.Plan, error) {
			return doc.Plan{Label: "share file", Silent: true, Edits: edits}, nil
		}))
	}
	if err != nil {
		return cards.File{}, err
	}
	return a.readFile(ctx, id)
}
