package app

import "corkboard/doc"

// packHome lets the other devices of this person fetch the files of what is theirs.
func (a *App) packHome() {
	ids, err := a.store.DocumentsIn(a.ctx, a.store.HomeCollection(), 0)
	if err != nil {
		a.opts.Log.Warn("the files of this profile cannot be listed", "err", err)
	}
	for _, id := range ids {
		if a.ctx.Err() != nil {
			return
		}
		if err := a.packOne(id); err != nil && a.ctx.Err() == nil {
			a.opts.Log.Warn("a file cannot go to another device", "err", err)
		}
	}
	a.files.poke()
}

func (a *App) packOne(id doc.ID) error {
	if a.store.Moved(id) != id {
		return nil
	}
	h := a.store.Open(id, whole)
	defer h.Close()
	v, err := loaded(a.ctx, h)
	if err != nil {
		return err
	}
	root, _ := v.(doc.Map)
	edits, err := a.fetchable(root)
	if err != nil || len(edits) == 0 {
		return err
	}
	return a.saved(a.ctx, h.Do(func(any) (doc.Plan, error) {
		return doc.Plan{Label: "share file", Silent: true, Edits: edits}, nil
	}))
}
