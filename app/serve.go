package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"corkboard/app/ipc"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// Errors of requests.
var (
	// ErrNoProfile says that there is no profile to look at.
	ErrNoProfile = errors.New("there is no profile")
	// ErrNotBoard says that a link names something else than a board.
	ErrNotBoard = errors.New("not a board")
)

// Handlers are what a window does for other starts of the program. They are
// called on any goroutine and return at once.
type Handlers struct {
	// Open shows what a link names, broken or not; "" just brings the window to
	// the front.
	Open func(link string)
	// Files pins files on the board that is shown. Nil pins them on Home.
	Files func(paths []string)
}

// Serve answers other starts of the program on this profile until stop is
// called. If that cannot be done it is logged: the window works all the same.
func (a *App) Serve(h Handlers) (stop func()) {
	s, err := ipc.Listen(a.Profile(), func(ctx context.Context, q ipc.Request) ipc.Reply {
		if q.Verb == ipc.Open {
			return a.handOver(ctx, h, q)
		}
		return a.Answer(ctx, q)
	})
	if err != nil {
		a.opts.Log.Warn("other starts of the program cannot reach this one", "error", err)
		return func() {}
	}
	a.clips.start() // once the browser's host can reach it: nothing is missed in between
	return func() {
		if err := s.Close(); err != nil {
			a.opts.Log.Warn("closing the socket failed", "error", err)
		}
	}
}

// handOver gives a request to the window.
func (a *App) handOver(ctx context.Context, h Handlers, q ipc.Request) ipc.Reply {
	if h.Open != nil {
		h.Open(q.Link)
	}
	switch {
	case len(q.Paths) == 0:
		return ipc.Reply{}
	case h.Files != nil:
		h.Files(q.Paths)
		return ipc.Reply{Count: len(q.Paths)}
	}
	return a.add(ctx, q)
}

// Answer does what a request asks for, without a window. Open needs one and is
// refused. It blocks.
func (a *App) Answer(ctx context.Context, q ipc.Request) ipc.Reply {
	switch q.Verb {
	case ipc.Add:
		return a.add(ctx, q)
	case ipc.Status:
		r, err := a.Report(ctx)
		text, bad := json.Marshal(r)
		return reply(ipc.Reply{Report: text}, err, bad)
	case ipc.Export:
		id, err := a.boardOf(q.Board)
		if err == nil && !filepath.IsAbs(q.Dir) {
			err = errRelative
		}
		if err == nil {
			err = a.ExportAs(ctx, Exporting{Board: id, Format: Format(cmp.Or(q.Format, string(FormatJSON))), To: q.Dir, Scale: q.Scale})
		}
		return reply(ipc.Reply{}, err)
	case ipc.Import:
		return a.bringIn(ctx, q)
	case ipc.Backup:
		if !filepath.IsAbs(q.Dir) {
			return reply(ipc.Reply{}, errRelative)
		}
		made, err := a.Backup(ctx, BackingUp{To: q.Dir, Passphrase: q.Passphrase})
		text, bad := json.Marshal(made)
		return reply(ipc.Reply{Report: text}, err, bad)
	case ipc.Clips:
		a.clips.rouse()
		return ipc.Reply{}
	case ipc.Check:
		found, err := a.Check(ctx)
		text, bad := json.Marshal(found)
		r := reply(ipc.Reply{Report: text}, err, bad)
		r.Errors = append(r.Errors, found.Problems...)
		return r
	}
	return reply(ipc.Reply{}, fmt.Errorf("verb %.20q: %w", q.Verb, ipc.ErrMessage))
}

// errRelative refuses paths that mean something else in another process.
var errRelative = fmt.Errorf("%w: a path is not absolute", ipc.ErrMessage)

// add pins files below everything else on a board.
func (a *App) add(ctx context.Context, q ipc.Request) ipc.Reply {
	id, err := a.target(q)
	if err != nil {
		return reply(ipc.Reply{}, err)
	}
	at, err := a.FreePlace(ctx, id)
	if err != nil {
		return reply(ipc.Reply{}, err)
	}
	var r ipc.Reply
	var errs []error
	for _, done := range a.Import(ctx, id, at, q.Paths, nil) {
		if errs = append(errs, done.Err); done.Err == nil {
			r.Count++
		}
	}
	errs = append(errs, a.store.Flush(ctx))
	return reply(r, errs...)
}

// bringIn imports what the paths lead to.
func (a *App) bringIn(ctx context.Context, q ipc.Request) ipc.Reply {
	id, err := a.target(q)
	if err != nil {
		return reply(ipc.Reply{}, err)
	}
	var r ipc.Reply
	var errs []error
	for _, p := range q.Paths {
		if IsBundle(p) {
			came, err := a.ImportBundle(ctx, p, nil)
			if errs = append(errs, err); err == nil {
				r.Notes = append(r.Notes, came.Sentences()...)
			}
			continue
		}
		b, err := a.ImportTree(ctx, id, nil, p, nil)
		errs = append(errs, err)
		r.Count += b.Count
		r.Notes = append(r.Notes, b.Notes...)
	}
	errs = append(errs, a.store.Flush(ctx))
	return reply(r, errs...)
}

// target is the board that a request brings files to. Errors: those of boardOf; all paths
// must be absolute.
func (a *App) target(q ipc.Request) (doc.ID, error) {
	for _, p := range q.Paths {
		if !filepath.IsAbs(p) {
			return "", errRelative
		}
	}
	return a.boardOf(q.Board)
}

// reply puts sentences for errors into a reply.
func reply(r ipc.Reply, errs ...error) ipc.Reply {
	for _, err := range errs {
		if s := Sentence(err); s != "" {
			r.Errors = append(r.Errors, s)
		}
	}
	return r
}

// boardOf reads the name of a board on the command line: a link, or "home" or
// nothing for the Home board. Errors: those of share.Parse, ErrNotBoard,
// ErrAbsent.
func (a *App) boardOf(name string) (doc.ID, error) {
	if name == "" || strings.EqualFold(name, "home") {
		return a.home, nil
	}
	l, err := share.Parse(name)
	switch {
	case err != nil:
		return "", err
	case l.Kind != cards.KindBoard:
		return "", ErrNotBoard
	case !a.Exists(l.Document):
		return "", ErrAbsent
	}
	return l.Document, nil
}

// FreePlace is where new cards lie on no other, to the right of everything on a board.
// It blocks.
func (a *App) FreePlace(ctx context.Context, boardID doc.ID) (board.Point, error) {
	b, err := a.readBoard(ctx, boardID)
	if err != nil {
		return board.Point{}, fmt.Errorf("reading the board: %w", err)
	}
	return freePlace(b), nil
}
