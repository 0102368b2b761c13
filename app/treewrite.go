package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/share"
)

// treeWriter is one run of ImportTree: files first, then documents, then boards, and the
// cards of the board that is there last.
type treeWriter struct {
	app     *App
	tree    *exchange.Tree
	from    fs.FS
	boardID doc.ID
	tell    func(Progress)
	notes   []string // files that could not be taken

	links  []share.Link // by document; without a document where there is nothing to show
	boards []share.Link // by board
	made   []doc.Receipt
	count  int // cards on all boards
}

// maxFailed is how many files in a row may fail before all is given up.
const maxFailed = 100

// write puts a tree on the board.
func (t *treeWriter) write(ctx context.Context, at *board.Point) ([]board.CardID, error) {
	if err := t.documents(ctx); err != nil {
		return nil, err
	}
	if err := t.nested(); err != nil {
		return nil, err
	}
	for _, r := range t.made {
		if err := t.app.ordered(ctx, r); err != nil {
			return nil, fmt.Errorf("making a document: %w", err)
		}
	}
	t.app.files.poke()
	pins, locked := t.pins(&t.tree.Boards[0])
	if len(pins) == 0 {
		return nil, nil
	}
	live := doc.Open[doc.Map](t.app.store, t.boardID, whole.Name, wholeCodec{})
	defer live.Close()
	c := bringCards{pins: pins, locked: locked, from: &t.tree.Boards[0], at: at, snap: t.app.Device().Snap, fresh: t.app.NewCardID}
	if err := live.Do(&c).Applied(ctx); err != nil {
		return nil, fmt.Errorf("pinning to the board: %w", err)
	}
	return c.ids(), nil
}

// documents makes all documents that are no boards.
func (t *treeWriter) documents(ctx context.Context) error {
	t.links = make([]share.Link, len(t.tree.Documents))
	files, n, failed := 0, 0, 0
	for _, d := range t.tree.Documents {
		if d.File != "" {
			files++
		}
	}
	for i := range t.tree.Documents {
		d := &t.tree.Documents[i]
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("making documents: %w", err)
		}
		if d.File != "" {
			name := shown(d.File)
			err := t.file(ctx, d, func(done, total int64) {
				t.tell(Progress{Name: name, Done: done, Total: total, Index: n, Count: files})
			})
			n++
			if ctx.Err() != nil || errors.Is(err, blobs.ErrFull) || errors.Is(err, blobs.ErrReadOnly) {
				return err
			}
			if err != nil {
				if failed++; failed > maxFailed {
					return err
				}
				t.notes = append(t.notes, Sentence(&FileError{Name: name, Err: err}))
				continue
			}
			failed = 0
		}
		if d.File == "" {
			d.Root = exchange.WithoutFiles(d.Root) // it could name one that is only here
			if err := t.longText(ctx, d); err != nil {
				return err
			}
		}
		link, err := t.begin(d.Kind, rootEdits(d.Root))
		if err != nil {
			return err
		}
		t.links[i] = link
	}
	return nil
}

// begin makes a document, which is saved some time later.
func (t *treeWriter) begin(kind string, edits []doc.Edit) (share.Link, error) {
	edits, err := t.app.withFile(t.boardID, edits)
	if err != nil {
		return share.Link{}, err
	}
	id, created := t.app.newDocumentOn(t.boardID, kind, edits)
	t.made = append(t.made, created)
	return share.Link{Document: id, Kind: kind}, nil
}

// rootEdits is the first change of a document that holds root.
func rootEdits(root doc.Map) []doc.Edit {
	edits := make([]doc.Edit, 0, len(root))
	for _, slot := range slices.Sorted(maps.Keys(root)) {
		edits = append(edits, doc.Put{Path: doc.At(slot), Value: root[slot]})
	}
	return edits
}

// file stores the file of a document and says in it what it is. A document that says so
// of the very same file already stays as it is.
func (t *treeWriter) file(ctx context.Context, d *exchange.Document, tell func(done, total int64)) error {
	if text, ok := t.shortText(d); ok {
		extra := d.Root
		*d = exchange.NewText(text)
		for slot, v := range extra {
			d.Root[slot] = v
		}
		return nil
	}
	f, size, err := exchange.Open(t.from, d.File)
	if err != nil {
		return fmt.Errorf("%w: %w", blobs.ErrUnreadable, err)
	}
	defer f.Close()
	blob, size, err := t.app.blobs.Put(ctx, &counted{r: f, total: size, tell: tell})
	if err != nil {
		return err
	}
	was := cards.FileCodec{}.Decode(doc.NewTree(d.Root))
	d.Root = exchange.WithoutFiles(d.Root)
	if was.Blob == string(blob) && was.Size == size && was.Kind() == d.Kind {
		d.Root["blob"] = string(blob)
		return nil
	}
	name := path.Base(d.File)
	now, err := t.app.describe(ctx, name, blob, size)
	if err != nil {
		return err
	}
	fresh := doc.NewTree(nil)
	if _, err := fresh.Apply(cards.NewFile(now)); err != nil {
		return err
	}
	for _, slot := range []string{"comments", "canvasNode"} {
		if v, ok := d.Root[slot]; ok {
			fresh.Replace(doc.At(slot), v, true)
		}
	}
	if was.Caption != "" {
		fresh.Replace(doc.At("caption"), doc.Text(was.Caption), true)
	}
	d.Kind, d.Root = now.Kind(), fresh.Root()
	return nil
}

// shortText reads a text file that becomes a text card.
func (t *treeWriter) shortText(d *exchange.Document) (string, bool) {
	if d.Kind != "" || !slices.Contains(textNames, strings.ToLower(path.Ext(d.File))) {
		return "", false
	}
	b, err := exchange.ReadFile(t.from, d.File, maxText)
	if err != nil {
		return "", false
	}
	return plainText(string(b))
}

// longText makes a file of a text that is too long for a card.
func (t *treeWriter) longText(ctx context.Context, d *exchange.Document) error {
	text, _ := d.Root["text"].(doc.Text)
	if d.Kind != cards.KindText || len(text) <= maxText {
		return nil
	}
	blob, size, err := t.app.blobs.Put(ctx, strings.NewReader(string(text)))
	if err != nil {
		return err
	}
	f, err := t.app.describe(ctx, "Imported text.txt", blob, size)
	if err != nil {
		return err
	}
	root := doc.NewTree(nil)
	if _, err := root.Apply(cards.NewFile(f)); err != nil {
		return err
	}
	d.Kind, d.Root = f.Kind(), root.Root()
	return nil
}

// nested makes the boards on the board, and those on them.
func (t *treeWriter) nested() error {
	t.boards = make([]share.Link, len(t.tree.Boards))
	c, err := t.app.store.CollectionOf(t.boardID)
	if err != nil {
		return fmt.Errorf("making a board: %w", err)
	}
	t.boards[0] = share.Link{Document: t.boardID, Kind: cards.KindBoard}
	for i := 1; i < len(t.boards); i++ {
		id, err := t.app.store.NewIDIn(c)
		if err != nil {
			return fmt.Errorf("making a board: %w", err)
		}
		t.boards[i] = share.Link{Document: id, Kind: cards.KindBoard}
	}
	for i := 1; i < len(t.boards); i++ {
		b := &t.tree.Boards[i]
		root := doc.NewTree(nil)
		edits := append(board.Create(b.Title, b.Color), rootEdits(b.Slots)...)
		if _, err := root.Apply(edits); err != nil {
			return fmt.Errorf("making a board: %w", err)
		}
		if pins, locked := t.pins(b); len(pins) > 0 {
			more, err := pinEdits(root, pins, locked)
			if err != nil {
				return fmt.Errorf("making a board: %w", err)
			}
			edits = append(edits, more...)
		}
		t.made = append(t.made, t.app.store.Create(t.boards[i].Document, edits))
	}
	return nil
}
