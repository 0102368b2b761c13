package app

import (
	"context"

	"corkboard/doc"
)

// packOne lets the other devices of this person fetch the files of a document that is
// theirs alone, and reads it again. Files that are here are read whole.
func (a *App) packOne(ctx context.Context, id doc.ID) (named, error) {
	h := a.store.Open(id, whole)
	defer h.Close()
	v, err := loaded(ctx, h)
	if err != nil {
		return named{}, err
	}
	root, _ := v.(doc.Map)
	edits, err := a.fetchable(root)
	if err == nil && len(edits) > 0 {
		err = a.saved(ctx, h.Do(func(any) (doc.Plan, error) {
			return doc.Plan{Label: "share file", Silent: true, Edits: edits}, nil
		}))
	}
	if err != nil {
		return named{}, err
	}
	return a.readStored(ctx, id)
}
