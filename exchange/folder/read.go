package folder

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"corkboard/cards"
	"corkboard/exchange"
	"corkboard/exchange/jsoncanvas"
)

// maxDeep is how many folders deep boards are made.
const maxDeep = 32

// Read reads a folder into a Tree; title is what the board of the folder itself is called.
// A folder that holds nothing but one canvas, and what it shows, is that canvas. Errors:
// jsoncanvas.ErrNotCanvas for such a one, those of the file system for the folder itself,
// the context's.
func Read(ctx context.Context, from fs.FS, title string) (*exchange.Tree, error) {
	r := &reader{ctx: ctx, from: from, tree: &exchange.Tree{}}
	if err := r.list(); err != nil {
		return nil, err
	}
	if name := r.exported(); name != "" {
		return jsoncanvas.Read(ctx, from, name)
	}
	r.tree.AddBoard(exchange.Board{Title: cards.CleanName(title)})
	r.canvases = jsoncanvas.NewReader(from, r.tree)
	for _, name := range r.found {
		if isCanvas(name) {
			r.canvases.Board(name)
		}
	}
	if err := r.canvases.Finish(ctx); err != nil {
		return nil, err
	}
	alone := r.alone()
	if alone == "" {
		r.lay()
		return r.tree, nil
	}
	return jsoncanvas.Read(ctx, from, alone)
}

type reader struct {
	ctx      context.Context
	from     fs.FS
	tree     *exchange.Tree
	canvases *jsoncanvas.Reader
	found    []string // files, folder by folder, in the order of their names
}

// list finds all files. A folder that cannot be read is left out, unless it is the first.
func (r *reader) list() error {
	err := fs.WalkDir(r.from, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case r.ctx.Err() != nil:
			return r.ctx.Err()
		case err != nil && name == ".":
			return err
		case err != nil:
			r.tree.Left.Note(exchange.Strange)
			return nil
		case name == ".":
			return nil
		case strings.HasPrefix(path.Base(name), "."), path.Base(name) == "__MACOSX":
			if !e.IsDir() {
				r.tree.Left.Note(exchange.Hidden)
				return nil
			}
			return fs.SkipDir
		case e.IsDir() && strings.Count(name, "/") >= maxDeep:
			r.tree.Left.Note(exchange.TooMany)
			return fs.SkipDir
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			r.tree.Left.Note(exchange.Strange)
			return nil
		case len(r.found) >= exchange.MaxCards:
			r.tree.Left.Note(exchange.TooMany)
			return nil
		}
		r.found = append(r.found, name)
		return nil
	})
	if err != nil {
		return fmt.Errorf("listing the folder: %w", err)
	}
	return nil
}

// exported is the canvas of the board that somebody exported here; "" if there is none,
// or several.
func (r *reader) exported() string {
	var root string
	for _, name := range r.found {
		if path.Dir(name) == "." && isCanvas(name) && jsoncanvas.IsRoot(r.from, name) {
			if root != "" {
				return ""
			}
			root = name
		}
	}
	return root
}

// alone is the only canvas that no other one shows, if nothing else is in the folder.
func (r *reader) alone() string {
	var alone string
	for _, name := range r.found {
		switch {
		case isCanvas(name) && r.canvases.Shown(name), !isCanvas(name) && r.canvases.Shows(name):
		case !isCanvas(name) || alone != "":
			return ""
		default:
			alone = name
		}
	}
	return alone
}

func isCanvas(name string) bool { return strings.EqualFold(path.Ext(name), "."+jsoncanvas.Extension) }

// lay puts what no canvas shows on the boards of its folders.
func (r *reader) lay() {
	rooms := map[string]*room{".": {ref: exchange.Ref{Board: true}}}
	for _, name := range r.found {
		if isCanvas(name) && r.canvases.Shown(name) || !isCanvas(name) && r.canvases.Shows(name) {
			continue
		}
		in := r.room(rooms, path.Dir(name))
		if isCanvas(name) {
			in.add(r.canvases.Board(name))
		} else {
			in.add(r.tree.Add(exchange.Document{File: name}))
		}
	}
	for _, in := range rooms {
		r.tree.Boards[in.ref.N].Cards = in.cards()
	}
}

// room is the board of a folder, and what lies on it.
type room struct {
	ref exchange.Ref
	of  []exchange.Ref
}

func (in *room) add(ref exchange.Ref) { in.of = append(in.of, ref) }

// room finds the board of a folder, and makes it and those around it.
func (r *reader) room(rooms map[string]*room, dir string) *room {
	if in := rooms[dir]; in != nil {
		return in
	}
	if len(r.tree.Boards) >= exchange.MaxBoards {
		return rooms["."]
	}
	around := r.room(rooms, path.Dir(dir))
	in := &room{ref: r.tree.AddBoard(exchange.Board{Title: cards.CleanName(path.Base(dir))})}
	rooms[dir] = in
	around.add(in.ref)
	return in
}

// cards is all that lies in a room, boards first.
func (in *room) cards() []exchange.Card {
	slices.SortStableFunc(in.of, func(a, b exchange.Ref) int {
		switch {
		case a.Board == b.Board:
			return 0
		case a.Board:
			return -1
		}
		return 1
	})
	return exchange.InRows(in.of)
}
