package app

import (
	"context"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/search"
)

// Search looks through all documents of the profile; see search.Index. What was written
// within the last second or so may be missing, and what IndexState tells. It
// blocks on the disk: not for the UI goroutine. Errors: search.ErrNone, search.ErrLost
// (it is made anew, ask again when SubscribeIndex wakes), the context's.
func (a *App) Search(ctx context.Context, q search.Query) (search.Results, error) {
	if a.finder.index == nil {
		return search.Results{}, search.ErrNone
	}
	q.On = a.store.Moved(q.On)
	return a.finder.index.Search(ctx, q)
}

// Boards is all boards that can be reached from Home, in the order in which they came
// here. No document is opened. It blocks on the disk. Errors: as Search.
func (a *App) Boards(ctx context.Context) ([]search.Item, error) {
	return a.list(ctx, search.List{Kind: cards.KindBoard})
}

// Recent is what has changed last, at most so many. It blocks on the disk. Errors: as
// Search.
func (a *App) Recent(ctx context.Context, most int) ([]search.Item, error) {
	return a.list(ctx, search.List{Recent: true, Limit: most})
}

// Item is a document as lists show it; ok is false if the index does not know it. It
// blocks on the disk. Errors: as Search.
func (a *App) Item(ctx context.Context, id doc.ID) (i search.Item, ok bool, err error) {
	if a.finder.index == nil {
		return i, false, search.ErrNone
	}
	return a.finder.index.Item(ctx, a.store.Moved(id))
}

// Taken is what was taken off its last board, the newest first. It blocks on the disk.
// Errors: as Search.
func (a *App) Taken(ctx context.Context) ([]search.Taken, error) {
	if a.finder.index == nil {
		return nil, search.ErrNone
	}
	return a.finder.index.Taken(ctx)
}

// Listed is documents by any wish. It blocks on the disk. Errors: as Search.
func (a *App) Listed(ctx context.Context, l search.List) ([]search.Item, error) {
	return a.list(ctx, l)
}

func (a *App) list(ctx context.Context, l search.List) ([]search.Item, error) {
	if a.finder.index == nil {
		return nil, search.ErrNone
	}
	return a.finder.index.List(ctx, l)
}

// WhereIs is the cards that show a document, those on boards that can be reached from
// Home first. It blocks on the disk. Errors: as Search.
func (a *App) WhereIs(ctx context.Context, id doc.ID) ([]search.Place, error) {
	if a.finder.index == nil {
		return nil, search.ErrNone
	}
	return a.finder.index.Places(ctx, a.store.Moved(id))
}

// IndexState is how far the search has come.
type IndexState struct {
	Working bool  // something is being done, or will be at once
	Behind  int   // documents that have a newer state than is found
	Files   int   // files whose text is still to be read
	Unread  int   // documents that cannot be read
	Err     error // why the index does not follow
}

// Whole reports whether everything that can be found is found.
func (s IndexState) Whole() bool { return !s.Working && s.Behind == 0 && s.Files == 0 && s.Err == nil }

// IndexState tells at once how far the search has come.
func (a *App) IndexState() IndexState { return a.finder.state() }

// SubscribeIndex calls wake when Search may find something else, or IndexState has
// changed, on any goroutine; wake must return at once.
func (a *App) SubscribeIndex(wake func()) (cancel func()) { return a.finder.subs.Subscribe(wake) }
