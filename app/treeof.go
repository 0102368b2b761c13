package app

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// treeOf reads a board and all that is on it, and on the boards on it, as what goes out.
// What cannot be read is among the problems.
func (a *App) treeOf(ctx context.Context, id doc.ID) (*exchange.Tree, []error, error) {
	r := &treeReader{app: a, tree: &exchange.Tree{}, refs: map[doc.ID]exchange.Ref{}}
	r.board(id)
	if err := r.next(ctx); err != nil {
		return nil, nil, err
	}
	for len(r.queue) > 0 {
		if err := r.next(ctx); ctx.Err() != nil {
			return nil, nil, err
		}
	}
	return r.tree, r.problems, nil
}

// treeReader is one run of treeOf. Boards wait in a queue, so that nesting costs no stack
// and a circle of boards ends.
type treeReader struct {
	app      *App
	tree     *exchange.Tree
	refs     map[doc.ID]exchange.Ref
	queue    []doc.ID
	problems []error
}

// board names a board, which is read later.
func (r *treeReader) board(id doc.ID) exchange.Ref {
	if ref, ok := r.refs[id]; ok {
		return ref
	}
	r.refs[id] = r.tree.AddBoard(exchange.Board{})
	r.queue = append(r.queue, id)
	return r.refs[id]
}

// next reads the board that waits longest.
func (r *treeReader) next(ctx context.Context) error {
	id := r.queue[0]
	r.queue = r.queue[1:]
	root, err := r.app.readWhole(ctx, id)
	if err != nil {
		return err
	}
	b := board.Codec{}.Decode(doc.NewTree(root))
	out := exchange.Board{Title: b.Title, Color: b.Color, Slots: boardSlots(exchange.WithoutFiles(root))}
	order := slices.SortedFunc(slices.Values(b.Cards), func(x, y *board.Card) int {
		return board.Below(x, y)
	})
	laid := newLaid(b)
	for _, c := range order {
		ref, err := r.of(ctx, c)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.problems = append(r.problems, err)
			continue
		}
		out.Cards = append(out.Cards, exchange.Card{
			ID: c.ID, Of: ref, At: c.At, Size: c.Size, Group: c.Group, Locked: c.Locked, On: c.On, In: c.In, Order: c.Order,
		})
		size := r.app.drawnSize(r.tree, ref, laid.Card(c.ID).Size)
		laid.SetNatural(c.ID, size)
	}
	for i := range out.Cards {
		out.Cards[i].Drawn, _ = laid.Rect(out.Cards[i].ID)
	}
	r.tree.Boards[r.refs[id].N] = out
	return nil
}

// newLaid is a board as it is laid, its cards to be measured.
func newLaid(b *board.Board) *board.Layout {
	l := board.NewLayout(catalogued)
	l.Set(b)
	return l
}

// boardSlots is what a board's document holds besides its title, its colour, its cards and
// who works on it.
func boardSlots(root doc.Map) doc.Map {
	out := doc.Map{}
	for slot, v := range root {
		switch slot {
		case "title", "backgroundColor", "cards", "authorIds":
		default:
			out[slot] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// of reads what lies on a card.
func (r *treeReader) of(ctx context.Context, c *board.Card) (exchange.Ref, error) {
	if c.LinkErr != nil {
		return exchange.Ref{}, c.LinkErr
	}
	id, kind := c.Link.Document, c.Link.Kind
	if ref, ok := r.refs[id]; ok {
		return ref, nil
	}
	if kind == cards.KindBoard {
		if !r.app.Exists(id) {
			return exchange.Ref{}, ErrAbsent
		}
		return r.board(id), nil
	}
	root, err := r.app.readWhole(ctx, id)
	if err != nil {
		return exchange.Ref{}, err
	}
	d := exchange.Document{
		Kind: kind, Root: plainRoot(kind, root), Title: exchange.TitleOf(kind, root),
		Text: exchange.MarkdownOf(kind, root, func(id string) string { return r.app.Speaker(id).Name }),
	}
	switch kind {
	case cards.KindImage, cards.KindPDF, cards.KindAudio, cards.KindVideo, cards.KindFile:
		f := cards.FileCodec{}.Decode(doc.NewTree(root))
		d.File = f.SaveName()
		if blob, err := blobs.ParseID(f.Blob); err != nil || !r.app.blobs.Has(blob) {
			d.Missing = true
			r.problems = append(r.problems, &FileError{Name: shown(d.File), Err: errors.Join(blobs.ErrMissing, err)})
		}
	}
	r.refs[id] = r.tree.Add(d)
	return r.refs[id], nil
}

// plainRoot is a document as it may go out: without what opens its files elsewhere, and
// naming none but the one that goes with it.
func plainRoot(kind string, root doc.Map) doc.Map {
	switch kind {
	case cards.KindImage, cards.KindPDF, cards.KindAudio, cards.KindVideo, cards.KindFile:
		return exchange.WithoutKeys(root)
	}
	return exchange.WithoutFiles(root)
}

// Estimates of a text that nobody has measured, in board units.
const (
	letterWidth = 7.5
	lineHeight  = 20
	textPad     = 28
	mostHigh    = 1200
)

// drawnSize is how large a card is drawn, as far as it can be known without a window.
func (a *App) drawnSize(t *exchange.Tree, ref exchange.Ref, size board.Size) board.Size {
	kind := cards.KindBoard
	if !ref.Board {
		kind = t.Documents[ref.N].Kind
	}
	info, _ := cards.Lookup(kind)
	if size.W == 0 {
		size.W = info.Size.W
	}
	if size.H > 0 {
		return size
	}
	size.H = info.Size.H
	switch kind {
	case cards.KindText, cards.KindTodo:
		size.H = textHeight(t.Documents[ref.N].Text, size.W)
	case cards.KindImage, cards.KindPDF, cards.KindVideo:
		f := cards.FileCodec{}.Decode(doc.NewTree(t.Documents[ref.N].Root))
		if f.Width > 0 && f.Height > 0 {
			size.H = math.Round(size.W * float64(f.Height) / float64(f.Width))
		}
		switch kind {
		case cards.KindPDF:
			size.H += cards.PDFFooter
		case cards.KindVideo:
			size.H += cards.VideoFooter
		}
	}
	return size
}

func textHeight(text string, width float64) float64 {
	perLine := max(8, (width-textPad)/letterWidth)
	lines := 0.0
	for line := range strings.Lines(text) {
		lines += max(1, math.Ceil(float64(utf8.RuneCountInString(line))/perLine))
	}
	return min(max(2*board.Grid, textPad+lines*lineHeight), mostHigh)
}
