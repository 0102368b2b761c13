package app

import (
	"context"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/docstore"
)

// wipes finds where somebody took a board apart.
func (a *App) wipes(traces []docstore.Trace) []Wipe {
	turns := make([]board.Turn, len(traces))
	for i, t := range traces {
		turns[i] = board.Turn{At: t.Time.UnixMilli(), Who: t.Person.String(), Anew: t.Anew, Put: t.Put, Gone: t.Gone}
	}
	var out []Wipe
	for _, x := range board.Wipes(turns) {
		first, last := traces[x.First], traces[x.Last]
		w := Wipe{Who: a.memberAnywhere(first.Person), Cards: len(x.Cards), Last: last.Time, Before: first.Time.Add(-time.Millisecond)}
		for _, id := range x.Cards {
			w.gone = append(w.gone, board.CardID(id))
		}
		out = append(out, w)
	}
	return out
}

// LastWipe is the last time that somebody took many cards off a board within a minute,
// if that was after a time. It blocks as OpenPast does.
func (a *App) LastWipe(ctx context.Context, id doc.ID, since time.Time) (w Wipe, ok bool, err error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	traces, err := a.traces(ctx, a.store.Moved(id))
	if err != nil {
		return Wipe{}, false, err
	}
	all := a.wipes(traces)
	if len(all) == 0 || !all[len(all)-1].Last.After(since) {
		return Wipe{}, false, nil
	}
	return all[len(all)-1], true, nil
}

// RestoreWipe puts back what somebody took off a board, where it was, and leaves alone
// what was done since. Undo takes that back. It blocks. Errors as Past.RestoreBoard.
func (a *App) RestoreWipe(ctx context.Context, id doc.ID, w Wipe) (Restored, error) {
	p, err := a.OpenPast(ctx, id)
	if err != nil {
		return Restored{}, err
	}
	defer p.Close()
	return p.restore(ctx, w.Before, restoring{cards: w.gone, absent: true, label: "Restore cards"})
}
