package app

import (
	"io"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/exchange/jsoncanvas"
)

// wholeCodec reads all that a document holds, as a copy; see whole.
type wholeCodec struct{}

// Decode implements doc.Codec.
func (wholeCodec) Decode(src doc.Source) doc.Map { m, _ := cloneAll(src).(doc.Map); return m }

// Update implements doc.Codec.
func (c wholeCodec) Update(_ doc.Map, _ []doc.Path, src doc.Source) doc.Map { return c.Decode(src) }

// pins is what pins the cards of a board that comes in, each under an id of its own, and
// which of them are locked.
func (t *treeWriter) pins(b *exchange.Board) (pins []board.Pin, locked []board.CardID) {
	taken := map[board.CardID]bool{"": true}
	for _, c := range b.Cards {
		p := board.Pin{ID: c.ID, At: c.At, Size: c.Size, Group: c.Group, On: c.On, In: c.In, Order: c.Order}
		if c.Of.Board {
			p.Link = t.boards[c.Of.N]
		} else {
			p.Link = t.links[c.Of.N]
		}
		if p.Link.Document == "" {
			continue // a file that could not be taken
		}
		if taken[p.ID] {
			p.ID = t.app.NewCardID()
		}
		taken[p.ID] = true
		if p.Size == (board.Size{}) && c.Fit.W > 0 {
			p.Size = t.fitting(c)
		}
		if c.Locked {
			locked = append(locked, p.ID)
		}
		pins = append(pins, p)
	}
	t.count += len(pins)
	return pins, locked
}

// fitting is the size of a card that has to fit in some room.
func (t *treeWriter) fitting(c exchange.Card) board.Size {
	kind, d := cards.KindBoard, exchange.Document{}
	if !c.Of.Board {
		d = t.tree.Documents[c.Of.N]
		kind = d.Kind
	}
	info, _ := cards.Lookup(kind)
	size := board.Size{W: min(info.Size.W, c.Fit.W), H: min(info.Size.H, c.Fit.H)}
	foot := 0.0
	switch kind {
	case cards.KindText:
		text, _ := d.Root["text"].(doc.Text)
		if size.H = textHeight(string(text), size.W); size.H < c.Fit.H {
			return board.Size{W: size.W} // as high as it is
		}
		size.H = c.Fit.H
		return size
	case cards.KindPDF:
		foot = cards.PDFFooter
	case cards.KindVideo:
		foot = cards.VideoFooter
	case cards.KindImage:
	default:
		return size
	}
	f := cards.FileCodec{}.Decode(doc.NewTree(d.Root))
	if f.Width <= 0 || f.Height <= 0 {
		return size
	}
	ratio := float64(f.Height) / float64(f.Width)
	w := min(c.Fit.W, (c.Fit.H-foot)/ratio)
	return board.Size{W: max(w, info.Min.W), H: max(w*ratio, 1) + foot}
}

// pinEdits pins cards to a board that is not saved yet, or to a copy of one.
func pinEdits(root *doc.Tree, pins []board.Pin, locked []board.CardID) ([]doc.Edit, error) {
	added, err := board.AddCards{Cards: pins}.Plan(board.Codec{}.Decode(root))
	if err != nil || len(locked) == 0 {
		return added.Edits, err
	}
	if _, err := root.Apply(added.Edits); err != nil {
		return nil, err
	}
	shut, err := board.LockCards{IDs: locked, Locked: true}.Plan(board.Codec{}.Decode(root))
	return append(added.Edits, shut.Edits...), err
}

// bringCards brings cards of a tree to a board that is there, all at once.
type bringCards struct {
	pins   []board.Pin
	locked []board.CardID
	from   *exchange.Board
	at     *board.Point
	snap   bool
	fresh  func() board.CardID

	now []board.Pin // as they were pinned
}

func (c *bringCards) ids() []board.CardID {
	out := make([]board.CardID, len(c.now))
	for i, p := range c.now {
		out[i] = p.ID
	}
	return out
}

// Plan implements doc.Command.
func (c *bringCards) Plan(root doc.Map) (doc.Plan, error) {
	copied, _ := doc.Clone(root).(doc.Map)
	tree := doc.NewTree(copied)
	b := board.Codec{}.Decode(tree)
	by := c.way(b)
	ids, groups := map[board.CardID]board.CardID{}, c.groups(b)
	c.now = make([]board.Pin, len(c.pins))
	for i, p := range c.pins {
		if b.Card(p.ID) != nil {
			ids[p.ID] = c.fresh()
			p.ID = ids[p.ID]
		}
		p.At = p.At.Add(by)
		p.Group = renamed(p.Group, groups)
		c.now[i] = p
	}
	for i, p := range c.now {
		if to := ids[p.On]; to != "" {
			c.now[i].On = to
		}
		if to := ids[p.In]; to != "" {
			c.now[i].In = to
		}
	}
	locked := make([]board.CardID, len(c.locked))
	for i, id := range c.locked {
		if locked[i] = id; ids[id] != "" {
			locked[i] = ids[id]
		}
	}
	had := len(b.Cards) > 0
	edits := jsoncanvas.Merge(root, jsoncanvas.Renamed(c.from.Slots, ids, groups), had)
	if !had && b.Title == "" && c.from.Title != "" {
		edits = append(edits, doc.Put{Path: doc.At("title"), Value: c.from.Title})
	}
	if !had && b.Color == "" && board.ValidColor(c.from.Color) {
		edits = append(edits, doc.Put{Path: doc.At("backgroundColor"), Value: c.from.Color})
	}
	more, err := pinEdits(tree, c.now, locked)
	return doc.Plan{Label: "Import", Edits: append(edits, more...)}, err
}

// way is how far all cards are moved.
func (c *bringCards) way(b *board.Board) board.Point {
	if len(b.Cards) == 0 && c.at == nil {
		return board.Point{}
	}
	to := freePlace(b)
	if c.at != nil {
		to = *c.at
	}
	by := to.Sub(cornerOf(c.pins))
	if c.snap {
		by = by.Snap(board.Grid)
	}
	return by
}

// groups is new ids for those groups whose ids are taken.
func (c *bringCards) groups(b *board.Board) map[string]string {
	taken, out := map[string]bool{}, map[string]string{}
	for _, card := range b.Cards {
		for id := range strings.SplitSeq(card.Group, "/") {
			taken[id] = true
		}
	}
	for _, p := range c.pins {
		for id := range strings.SplitSeq(p.Group, "/") {
			if id != "" && taken[id] && out[id] == "" {
				out[id] = string(c.fresh())
			}
		}
	}
	return out
}

func renamed(group string, to map[string]string) string {
	if group == "" {
		return ""
	}
	ids := strings.Split(group, "/")
	for i, id := range ids {
		if to[id] != "" {
			ids[i] = to[id]
		}
	}
	return strings.Join(ids, "/")
}

// counted tells how far a file is read.
type counted struct {
	r           io.Reader
	done, total int64
	tell        func(done, total int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.done += int64(n)
	c.tell(c.done, c.total)
	return n, err
}
