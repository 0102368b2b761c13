package jsoncanvas

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// ErrNotCanvas says that a file holds no canvas: no JSON object, or one that is too long
// or nested too deep.
var ErrNotCanvas = errors.New("not a canvas")

// Read reads a canvas and the canvases that it shows into a Tree. Paths in it begin at
// the root of from, or where the canvas is. Errors: ErrNotCanvas, those of the file
// system, the context's; all of them of the first canvas.
func Read(ctx context.Context, from fs.FS, name string) (*exchange.Tree, error) {
	t := &exchange.Tree{}
	r := NewReader(from, t)
	r.Board(name)
	if err := r.first(); err != nil {
		return nil, err
	}
	return t, r.Finish(ctx)
}

// Reader reads canvases into a Tree that others may fill, too.
type Reader struct {
	from   fs.FS
	tree   *exchange.Tree
	boards map[string]exchange.Ref
	files  map[string]exchange.Ref
	same   map[string]exchange.Ref
	shown  map[string]bool // canvases that another one shows
	now    string          // the canvas that is read
	queue  []string        // boards are read one by one, so that nesting costs no stack
	count  int             // cards
}

// NewReader makes a reader.
func NewReader(from fs.FS, into *exchange.Tree) *Reader {
	return &Reader{
		from: from, tree: into, boards: map[string]exchange.Ref{}, files: map[string]exchange.Ref{}, same: map[string]exchange.Ref{},
		shown: map[string]bool{},
	}
}

// Board names the board of a canvas; Finish reads it.
func (r *Reader) Board(name string) exchange.Ref {
	if ref, ok := r.boards[name]; ok {
		return ref
	}
	ref := r.tree.AddBoard(exchange.Board{Title: stem(name)})
	r.boards[name] = ref
	r.queue = append(r.queue, name)
	return ref
}

// Shows reports whether a canvas that was read shows a file.
func (r *Reader) Shows(name string) bool {
	_, ok := r.files[name]
	return ok
}

// Shown reports whether another canvas that was read shows a canvas.
func (r *Reader) Shown(name string) bool { return r.shown[name] }

// first reads the first board that waits.
func (r *Reader) first() error {
	r.now = r.queue[0]
	r.queue = r.queue[1:]
	return r.read(r.now)
}

// Finish reads all boards that wait. A canvas that cannot be read is an empty board. The
// only error is the context's.
func (r *Reader) Finish(ctx context.Context) error {
	for len(r.queue) > 0 {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("reading canvases: %w", err)
		}
		if r.first() != nil {
			r.tree.Left.Note(exchange.BadBoard)
		}
	}
	return nil
}

// IsRoot reports whether a file is the canvas of the board that somebody exported.
func IsRoot(from fs.FS, name string) bool {
	f, err := open(from, name)
	if err != nil {
		return false
	}
	var own ownCanvas
	return json.Unmarshal(f[key], &own) == nil && own.Root
}

// open reads a canvas file.
func open(from fs.FS, name string) (fields, error) {
	b, err := exchange.ReadFile(from, name, maxCanvas)
	switch {
	case errors.Is(err, exchange.ErrTooLong):
		return nil, fmt.Errorf("%w: %w", ErrNotCanvas, err)
	case err != nil:
		return nil, fmt.Errorf("reading a canvas: %w", err)
	}
	return parse(b)
}

func parse(b []byte) (fields, error) {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	b = bytes.ToValidUTF8(b, []byte("\ufffd"))
	if len(b) == 0 { // what a program makes for a new canvas
		return fields{}, nil
	}
	if tooDeep(b) {
		return nil, fmt.Errorf("%w: nested too deep", ErrNotCanvas)
	}
	var f fields
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotCanvas, err)
	}
	if f == nil {
		return nil, ErrNotCanvas
	}
	return f, nil
}

// objects reads an array of objects; other entries are counted.
func (f fields) objects(name string, left *exchange.Left) []fields {
	var raw []json.RawMessage
	if len(f[name]) == 0 {
		return nil
	}
	if json.Unmarshal(f[name], &raw) != nil {
		left.Note(exchange.BadCard)
		return nil
	}
	var out []fields
	for _, r := range raw {
		var o fields
		if json.Unmarshal(r, &o) != nil || o == nil {
			left.Note(exchange.BadCard)
			continue
		}
		out = append(out, o)
	}
	return out
}

// read fills one board.
func (r *Reader) read(name string) error {
	f, err := open(r.from, name)
	if err != nil {
		return err
	}
	var own ownCanvas
	if json.Unmarshal(f[key], &own) != nil {
		own = ownCanvas{}
	}
	b := r.tree.Boards[r.boards[name].N] // boards that are found meanwhile move the slice
	if own.Format > 0 {
		b.Title = strings.ToValidUTF8(own.Title, "")
	}
	if board.ValidColor(own.Color) {
		b.Color = own.Color
	}
	slots, _ := exchange.DecodeRoot(own.Slots)
	slots = withoutConnectors(withoutSlots(exchange.WithoutFiles(slots), "title", "backgroundColor", "cards", "authorIds", slotNode, slotCanvas, slotEdges, slotGroups))
	if rest := f.rest("nodes", "edges", key); rest != "" {
		slots[slotCanvas] = rest
	}
	left := &r.tree.Left
	around, kept := groups(f.objects("nodes", left))
	for _, node := range f.objects("nodes", &exchange.Left{}) {
		if node.around() != "" {
			continue
		}
		if r.count++; r.count > exchange.MaxCards {
			left.Note(exchange.TooMany)
			continue
		}
		c := r.card(node, path.Dir(name))
		c.Group = present(c.Group, around)
		b.Cards = append(b.Cards, c)
	}
	inColumns(b.Cards, func(of exchange.Ref) bool { return !of.Board && r.tree.Documents[of.N].Kind == cards.KindColumn })
	if len(kept) > 0 {
		slots[slotGroups] = kept
	}
	takeEdges(f.objects("edges", left), &b, slots, left)
	at := &r.tree.Boards[r.boards[name].N]
	if v, ok := at.Slots[slotNode]; ok {
		slots[slotNode] = v
	}
	if len(slots) > 0 {
		b.Slots = slots
	}
	*at = b
	return nil
}

// groups is the groups of ours among nodes that are still there, and what is kept of them.
func groups(nodes []fields) (around map[string]bool, kept doc.Map) {
	around, kept = map[string]bool{}, doc.Map{}
	for _, n := range nodes {
		path := n.around()
		if path == "" {
			continue
		}
		around[path] = true
		n.clean()
		if n.rest("id", "type", "x", "y", "width", "height") != "" {
			kept[groupID(lastOf(path))] = n.rest()
		}
	}
	return around, kept
}

// around is the path of the group of ours that a node stands for; "" for any other node.
func (f fields) around() string {
	var own ownNode
	if f.text("type") != "group" || json.Unmarshal(f[key], &own) != nil {
		return ""
	}
	return own.Around
}

// present is a path of groups without those that are not there any more.
func present(group string, around map[string]bool) string {
	var now []string
	for _, p := range pathsOf(group) {
		if around[p] && groupID(lastOf(p)) == lastOf(p) && len(now) < maxGroups {
			now = append(now, lastOf(p))
		}
	}
	return strings.Join(now, "/")
}

func stem(name string) string {
	return cards.CleanName(strings.TrimSuffix(path.Base(name), path.Ext(name)))
}
