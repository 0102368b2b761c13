package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/exchange/folder"
	"corkboard/exchange/jsoncanvas"
	"corkboard/exchange/pushpin"
)

// vaultMark is the folder that a vault of Obsidian has: paths in its canvases begin there.
const vaultMark = ".obsidian"

// Brought is what came of ImportTree.
type Brought struct {
	Cards []board.CardID // on the board itself, from the bottom to the top
	Count int            // cards on all boards
	Notes []string       // what was left out, in sentences
}

// IsTree reports whether a path is for ImportTree rather than Import: a folder, or a canvas.
func IsTree(path string) bool {
	if strings.EqualFold(filepath.Ext(path), "."+jsoncanvas.Extension) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// ImportTree brings boards to a board: those of a canvas, of a folder or zip archive of
// files or canvases, or of PushPin documents as JSON; any other file as Import does. An
// empty board shows them where they were, and takes title and colour if it has none; else
// all lies at a place, or beside everything if at is nil. It is one undo step. What cannot
// be read is left out and said in the notes. Errors: *FileError around those of blobs, of
// docstore, jsoncanvas.ErrNotCanvas, exchange.ErrArchive, pushpin.ErrNotPushPin. It blocks.
func (a *App) ImportTree(ctx context.Context, boardID doc.ID, at *board.Point, path string, onProgress func(Progress)) (Brought, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if onProgress == nil {
		onProgress = func(Progress) {}
	}
	b, err := a.importTree(ctx, boardID, at, path, onProgress)
	if err != nil && ctx.Err() == nil {
		err = &FileError{Name: shown(path), Err: err}
	}
	return b, err
}

func (a *App) importTree(ctx context.Context, boardID doc.ID, at *board.Point, path string, tell func(Progress)) (Brought, error) {
	from, tree, err := readTree(ctx, path)
	if err != nil {
		return Brought{}, err
	}
	if from == nil {
		return a.importAlone(ctx, boardID, at, path, tell)
	}
	defer from.Close()
	tree.Left.Join(from.Left)
	t := &treeWriter{app: a, tree: tree, from: from.FS, boardID: boardID, tell: tell}
	ids, err := t.write(ctx, at)
	if err != nil {
		return Brought{}, err
	}
	return Brought{Cards: ids, Count: t.count, Notes: slices.Concat(tree.Left.Sentences(), t.notes)}, nil
}

// importAlone is ImportTree for a file that is no tree.
func (a *App) importAlone(ctx context.Context, boardID doc.ID, at *board.Point, path string, tell func(Progress)) (Brought, error) {
	if at == nil {
		free, err := a.FreePlace(ctx, boardID)
		if err != nil {
			return Brought{}, err
		}
		at = &free
	}
	id, err := a.importFile(ctx, boardID, a.snapped(*at), path, "", func(done, total int64) {
		tell(Progress{Name: shown(path), Done: done, Total: total, Count: 1})
	})
	if err != nil {
		return Brought{}, err
	}
	return Brought{Cards: []board.CardID{id}, Count: 1}, nil
}

// readTree reads what a path leads to; no Source for a file that is no tree.
func readTree(ctx context.Context, path string) (from *exchange.Source, tree *exchange.Tree, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	name := filepath.Base(path)
	switch extension := strings.ToLower(filepath.Ext(name)); {
	case info.IsDir():
		if from, err = exchange.OpenFolder(path); err == nil {
			tree, err = folder.Read(ctx, from.FS, name)
		}
	case extension == "."+jsoncanvas.Extension:
		root, inside := vaultOf(path)
		if from, err = exchange.OpenFolder(root); err == nil {
			tree, err = jsoncanvas.Read(ctx, from.FS, inside)
		}
	case extension == ".zip":
		if from, err = exchange.OpenArchive(path); err == nil {
			tree, err = folder.Read(ctx, from.FS, strings.TrimSuffix(name, filepath.Ext(name)))
		}
	case extension == ".json":
		if from, err = exchange.OpenFolder(filepath.Dir(path)); err == nil {
			tree, err = pushpin.Read(from.FS, name)
		}
	default:
		return nil, nil, nil
	}
	if err != nil {
		if from != nil {
			_ = from.Close() // only read
		}
		return nil, nil, fmt.Errorf("reading boards: %w", err)
	}
	return from, tree, nil
}

// vaultOf is the vault around a canvas, or its folder where there is none, and the canvas
// in it, with slashes.
func vaultOf(path string) (root, inside string) {
	root = filepath.Dir(path)
	for dir := root; ; dir = filepath.Dir(dir) {
		if info, err := os.Lstat(filepath.Join(dir, vaultMark)); err == nil && info.IsDir() {
			root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	inside, err := filepath.Rel(root, path)
	if err != nil {
		return filepath.Dir(path), filepath.Base(path)
	}
	return root, filepath.ToSlash(inside)
}
