package app

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// nextTo is how far each of several new cards lies from the one before, in
// board units to the right and down.
const nextTo = 2 * board.Grid

// Progress tells how far an import is.
type Progress struct {
	Name         string // of the file, as it may be shown
	Done, Total  int64  // bytes of this file
	Index, Count int    // this file, from 0, and how many there are
}

// Imported is what became of one path: a card, or a *FileError.
type Imported struct {
	Path string
	Card board.CardID
	Err  error
}

// FileError says which of several files something went wrong with.
type FileError struct {
	Name string // as it may be shown
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("adding %q: %v", e.Name, e.Err) }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Import pins files, the first at a place, each next one a little to the right
// and down; each card is there as soon as its file is. All of them are one undo
// step. Any readable file becomes a card; what only looks like a picture or a
// PDF is kept as it is. onProgress may be nil and is called on this goroutine.
// Errors in Imported wrap those of blobs and docstore, or the context's. It
// blocks.
func (a *App) Import(ctx context.Context, boardID doc.ID, at board.Point, paths []string, onProgress func(Progress)) []Imported {
	ctx, cancel := a.within(ctx)
	defer cancel()
	at = a.snapped(at)
	gesture := "import " + string(a.NewCardID())
	out := make([]Imported, len(paths))
	for i, path := range paths {
		p := Progress{Name: shown(path), Index: i, Count: len(paths)}
		tell := func(done, total int64) {
			if onProgress != nil {
				p.Done, p.Total = done, total
				onProgress(p)
			}
		}
		out[i].Path = path
		id, err := a.importFile(ctx, boardID, at, path, gesture, tell)
		if err != nil {
			out[i].Err = &FileError{Name: p.Name, Err: err}
			continue
		}
		out[i].Card = id
		at = at.Add(board.Point{X: nextTo, Y: nextTo})
	}
	return out
}

// shown is the name of a file as it may be shown.
func shown(path string) string {
	if name := cards.CleanName(filepath.Base(path)); name != "" {
		return name
	}
	return "file without a name"
}

// importFile pins one file: its bytes first, then the document, then the card.
func (a *App) importFile(ctx context.Context, boardID doc.ID, at board.Point, path, gesture string, tell func(done, total int64)) (board.CardID, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if text, ok := shortText(path); ok {
		return a.pinNew(ctx, boardID, at, gesture, cards.KindText, cards.NewText(text))
	}
	if address, ok := linkFile(path); ok {
		return a.pinPage(ctx, boardID, at, gesture, address)
	}
	blob, size, err := a.blobs.PutFile(ctx, path, tell)
	if err != nil {
		return "", err
	}
	return a.pinBlob(ctx, boardID, at, gesture, filepath.Base(path), blob, size)
}

// ImportBytes pins data that has no file, such as a pasted picture; name is
// what its file would be called. Errors: *FileError, as Import. It blocks.
func (a *App) ImportBytes(ctx context.Context, boardID doc.ID, at board.Point, name string, data []byte) (board.CardID, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	blob, size, err := a.blobs.Put(ctx, bytes.NewReader(data))
	var id board.CardID
	if err == nil {
		id, err = a.pinBlob(ctx, boardID, a.snapped(at), "", name, blob, size)
	}
	if err != nil {
		return "", &FileError{Name: shown(name), Err: err}
	}
	return id, nil
}

// pinBlob makes the document of a stored file and pins it.
func (a *App) pinBlob(ctx context.Context, boardID doc.ID, at board.Point, gesture, name string, blob blobs.ID, size int64) (board.CardID, error) {
	f, err := a.describe(ctx, name, blob, size)
	if err != nil {
		return "", err
	}
	return a.pinNew(ctx, boardID, at, gesture, f.Kind(), cards.NewFile(f))
}

// pinNew makes a document and pins it.
func (a *App) pinNew(ctx context.Context, boardID doc.ID, at board.Point, gesture, kind string, edits []doc.Edit) (board.CardID, error) {
	link, err := a.put(ctx, boardID, kind, edits)
	if err != nil {
		return "", err
	}
	ids, err := a.pin(ctx, boardID, gesture, board.Pin{Link: link, At: at})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// pinLinks pins documents in a row.
func (a *App) pinLinks(ctx context.Context, boardID doc.ID, at board.Point, links []share.Link) ([]board.CardID, error) {
	pins := make([]board.Pin, len(links))
	for i, l := range links {
		pins[i] = board.Pin{Link: l, At: at.Add(board.Point{X: nextTo, Y: nextTo}.Scale(float64(i)))}
	}
	return a.pin(ctx, boardID, "", pins...)
}
