package app

import (
	"context"
	"errors"
	"time"

	"corkboard/cards"
	"corkboard/doc"
)

// Archived is the documents that this person has put out of the way, and since when;
// nil while that is not read yet. At once. The map is shared: read only.
func (a *App) Archived() map[doc.ID]time.Time { return a.workspace.Snapshot().Value.Archived }

// Archive puts a document out of the way: searches list it apart. Cards stay where they
// are. It blocks. Errors: those of docstore.
func (a *App) Archive(ctx context.Context, id doc.ID) error {
	return a.arrange(ctx, cards.Archive{ID: id, At: a.opts.Now()})
}

// Unarchive takes a document out of the archive. It blocks. Errors: those of docstore.
func (a *App) Unarchive(ctx context.Context, id doc.ID) error {
	return a.arrange(ctx, cards.Archive{ID: id, Back: true})
}

// arrange changes the document that says how the profile is arranged; the first time
// it makes it.
func (a *App) arrange(ctx context.Context, c doc.Command[cards.Workspace]) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	w := a.workspace
	here, err := a.store.Exists(w.ID())
	if err != nil {
		return err
	}
	if !here {
		if err := a.saved(ctx, a.store.Create(w.ID(), cards.NewWorkspace())); err != nil && !errors.Is(err, doc.ErrExists) {
			return err
		}
	}
	if _, err := loaded(ctx, w); err != nil {
		return err
	}
	if err := a.saved(ctx, w.Do(c)); !errors.Is(err, doc.ErrNothing) {
		return err
	}
	return nil
}
