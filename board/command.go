package board

import (
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/share"
)

// Pin is a card to be put on a board.
type Pin struct {
	ID   CardID
	Link share.Link
	At   Point // board units
	Size Size  // zero: as large as the content
	// Group is a path of group ids as in Card; one that is none counts as "".
	Group string
	On    CardID // as in Card
	// In and Order are as in Card; Into, where it is not zero, is a place in a column that
	// is on the board, and goes before them.
	In    CardID
	Order string
	Into  Slot
}

// Create is the first change of a new board document.
func Create(title, color string) []doc.Edit {
	edits := []doc.Edit{
		doc.Put{Path: doc.At(fieldTitle), Value: title},
		doc.Put{Path: doc.At(fieldCards), Value: doc.Map{}},
		doc.Put{Path: doc.At(fieldAuthors), Value: doc.List{}},
	}
	if ValidColor(color) {
		edits = append(edits, doc.Put{Path: doc.At(fieldColor), Value: color})
	}
	return edits
}

// SetTitle renames the board.
type SetTitle struct{ Title string }

// Plan implements doc.Command.
func (c SetTitle) Plan(b *Board) (doc.Plan, error) {
	if b != nil && b.Title == c.Title {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "Rename board", Edits: []doc.Edit{doc.Put{Path: doc.At(fieldTitle), Value: c.Title}}}, nil
}

// SetColor paints the board; Color is "#RRGGBB", or "" for the default.
type SetColor struct{ Color string }

// Plan implements doc.Command; doc.ErrBadEdit when Color is no colour.
func (c SetColor) Plan(b *Board) (doc.Plan, error) {
	p := doc.Plan{Label: "Change board colour"}
	switch {
	case c.Color != "" && !ValidColor(c.Color):
		return doc.Plan{}, fmt.Errorf("board colour %.20q: %w", c.Color, doc.ErrBadEdit)
	case b != nil && b.Color == c.Color, b == nil && c.Color == "":
		return doc.Plan{}, doc.ErrNothing
	case c.Color == "":
		p.Edits = []doc.Edit{doc.Delete{Path: doc.At(fieldColor)}}
	default:
		p.Edits = []doc.Edit{doc.Put{Path: doc.At(fieldColor), Value: c.Color}}
	}
	return p, nil
}

// AddAuthor notes that somebody works on the board. It makes no undo step.
type AddAuthor struct{ Author string }

// Plan implements doc.Command.
func (c AddAuthor) Plan(b *Board) (doc.Plan, error) {
	if c.Author == "" || b != nil && slices.Contains(b.Authors, c.Author) {
		return doc.Plan{}, doc.ErrNothing
	}
	p := doc.Plan{Label: "Join board", Silent: true}
	if b == nil || !b.hasAuthors {
		p.Edits = []doc.Edit{doc.Put{Path: doc.At(fieldAuthors), Value: doc.List{c.Author}}}
	} else {
		p.Edits = []doc.Edit{doc.Insert{Path: doc.At(fieldAuthors, "0"), Value: c.Author}}
	}
	return p, nil
}

// AddCards pins cards on top of all others, the last one topmost. Ids that
// are on the board already are left alone.
type AddCards struct {
	Cards []Pin
	// Connectors are drawn between them.
	Connectors []Connector
	// Takes are cards of the board that come into the first of Cards, which is a column.
	Takes []CardID
}

// Plan implements doc.Command.
func (c AddCards) Plan(b *Board) (doc.Plan, error) {
	var p doc.Plan
	if b == nil || !b.hasCards {
		p.Edits = append(p.Edits, doc.Put{Path: doc.At(fieldCards), Value: doc.Map{}})
	}
	n := 0
	z := doc.After(b.top(), len(c.Cards))
	taken := map[CardID]bool{"": true}
	into := c.places(b, &p)
	for i, pin := range c.Cards {
		if taken[pin.ID] || b.Card(pin.ID) != nil {
			continue
		}
		taken[pin.ID] = true
		at := boundPoint(pin.At)
		m := doc.Map{fieldURL: share.Format(pin.Link), fieldAt: formatPair(at.X, at.Y), fieldZ: z[i]}
		if s := boundSize(pin.Size); s != (Size{}) {
			m[fieldSize] = formatPair(s.W, s.H)
		}
		if validGroup(pin.Group) {
			m[fieldGroup] = pin.Group
		}
		if pin.On != "" && pin.On != pin.ID {
			m[fieldOn] = string(pin.On)
		}
		if in := into[pin.ID]; in != "" {
			m[fieldIn] = in
		} else if pin.In != "" {
			m[fieldIn] = formatIn(pin.In, orderOf(pin.Order))
		}
		p.Edits = append(p.Edits, doc.Put{Path: cardPath(pin.ID), Value: m})
		n++
	}
	if n == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	p.Label = "Add " + count(n)
	for _, x := range c.Connectors {
		if taken[x.From] && taken[x.To] && x.possible() && b.Connector(x.ID) == nil && x.ID != "" {
			p.Edits = append(p.Edits, doc.Put{Path: connectorPath(x.ID), Value: x.Value()})
		}
	}
	if first := c.Cards[0]; len(c.Takes) > 0 && first.Link.Kind == KindColumn && taken[first.ID] {
		cards, err := b.unlocked(c.Takes)
		if err == nil {
			cards = slices.DeleteFunc(cards, func(x *Card) bool { return !fitsColumn(x.kind()) })
			p.Edits = append(p.Edits, b.fill(Slot{Column: first.ID}, cards)...)
		}
	}
	return p, nil
}

// places is what the cards say that come into columns of the board.
func (c AddCards) places(b *Board, p *doc.Plan) map[CardID]string {
	slots := map[Slot][]CardID{}
	for _, pin := range c.Cards {
		if col := b.Card(pin.Into.Column); col != nil && col.isColumn() && fitsColumn(pin.Link.Kind) && b.Card(pin.ID) == nil {
			slots[pin.Into] = append(slots[pin.Into], pin.ID)
		}
	}
	out := map[CardID]string{}
	for s, ids := range slots {
		keys, edits := b.slotKeys(s, ids)
		p.Edits = append(p.Edits, edits...)
		for i, id := range ids {
			out[id] = formatIn(s.Column, keys[i])
		}
	}
	return out
}

// RemoveCards takes cards off the board; their documents stay, and so do
// locked cards.
type RemoveCards struct {
	IDs []CardID
	// Frees is where the cards in a column are to be once it is removed.
	Frees []Placement
}

// Plan implements doc.Command; doc.ErrGone when none of them is there,
// ErrLocked when all of them are locked.
func (c RemoveCards) Plan(b *Board) (doc.Plan, error) {
	cards, err := b.unlocked(c.IDs)
	if err != nil {
		return doc.Plan{}, err
	}
	var p doc.Plan
	gone := make(map[CardID]bool, len(cards))
	for _, card := range cards {
		gone[card.ID] = true
		p.Edits = append(p.Edits, doc.Delete{Path: cardPath(card.ID)})
	}
	p.Label = "Remove " + count(len(p.Edits))
	frees := slices.DeleteFunc(slices.Clone(c.Frees), func(f Placement) bool { return gone[f.ID] })
	p.Edits = append(p.Edits, b.freeing(frees, gone)...)
	return p, nil
}

// present is the cards of ids that are on the board, each once.
func (b *Board) present(ids []CardID) []*Card {
	out := make([]*Card, 0, len(ids))
	seen := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		if c := b.Card(id); c != nil && !seen[id] {
			seen[id] = true
			out = append(out, c)
		}
	}
	return out
}

func cardPath(id CardID, slot ...string) doc.Path {
	return append(doc.At(fieldCards, string(id)), slot...)
}

func count(n int) string {
	if n == 1 {
		return "card"
	}
	return fmt.Sprintf("%d cards", n)
}
