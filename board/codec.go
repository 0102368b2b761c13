package board

import (
	"cmp"
	"slices"
	"strings"

	"corkboard/doc"
	"corkboard/share"
)

// Codec reads board documents:
//
//	{title, backgroundColor, cards: {id: {url, at, size, z, group, locked, on, in}}, authorIds: […],
//	 connector:ID: {from, to, label, heads, color}}
//
// Slots that it does not know stay untouched in the document.
type Codec struct{}

// Decode accepts any document.
func (Codec) Decode(src doc.Source) *Board {
	return decodeOver(nil, src)
}

// Update equals Decode(src), but reads the touched paths only. Cards that did
// not change keep their pointer, a board that did not change too.
func (Codec) Update(prev *Board, touched []doc.Path, src doc.Source) *Board {
	if prev == nil {
		return Codec{}.Decode(src)
	}
	next := *prev
	var ids []CardID
	var slots []string
	all := false
	for _, p := range touched {
		switch {
		case len(p) == 0:
			return sameOr(prev, decodeOver(prev, src))
		case p[0] == fieldTitle:
			next.readTitle(src)
		case p[0] == fieldColor:
			next.readColor(src)
		case p[0] == fieldAuthors:
			next.readAuthors(src)
		case p[0] == fieldCards && len(p) == 1:
			all = true
		case p[0] == fieldCards:
			ids = append(ids, CardID(p[1]))
		case strings.HasPrefix(p[0], connectorSlot):
			slots = append(slots, p[0])
		}
	}
	if len(slots) > 0 {
		slices.Sort(slots)
		next.rereadConnectors(src, slices.Compact(slots), prev)
	}
	switch {
	case all || len(ids) > 0 && !next.hasCards:
		next.readCards(src, prev)
	case len(ids) > 0:
		next.rereadCards(src, ids)
	}
	return sameOr(prev, &next)
}

func decodeOver(prev *Board, src doc.Source) *Board {
	b := &Board{}
	b.readTitle(src)
	b.readColor(src)
	b.readAuthors(src)
	b.readCards(src, prev)
	b.readConnectors(src, prev)
	return b
}

// sameOr is prev when next says the same.
func sameOr(prev, next *Board) *Board {
	if prev.Title == next.Title && prev.Color == next.Color &&
		prev.hasCards == next.hasCards && prev.hasAuthors == next.hasAuthors &&
		slices.Equal(prev.Cards, next.Cards) && slices.Equal(prev.Connectors, next.Connectors) && slices.Equal(prev.Authors, next.Authors) {
		return prev
	}
	return next
}

func (b *Board) readTitle(src doc.Source) {
	v, _ := src.Value(doc.At(fieldTitle))
	b.Title = text(v)
}

func (b *Board) readColor(src doc.Source) {
	v, _ := src.Value(doc.At(fieldColor))
	b.Color = colorOf(v)
}

func (b *Board) readAuthors(src doc.Source) {
	v, _ := src.Value(doc.At(fieldAuthors))
	list, ok := v.(doc.List)
	b.hasAuthors, b.Authors = ok, nil
	for _, x := range list {
		if s := text(x); s != "" {
			b.Authors = append(b.Authors, s)
		}
	}
}

// readCards reads all cards and keeps the pointers of prev that still hold.
func (b *Board) readCards(src doc.Source, prev *Board) {
	v, _ := src.Value(doc.At(fieldCards))
	m, ok := v.(doc.Map)
	b.hasCards, b.Cards = ok, nil
	for id, v := range m {
		if c := decodeCard(CardID(id), v, prev.Card(CardID(id))); c != nil {
			b.Cards = append(b.Cards, c)
		}
	}
	slices.SortFunc(b.Cards, func(x, y *Card) int { return cmp.Compare(x.ID, y.ID) })
}

// rereadCards reads the cards of ids again, in one walk over a new slice.
func (b *Board) rereadCards(src doc.Source, ids []CardID) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	old := b.Cards
	cards := make([]*Card, 0, len(old)+len(ids))
	for _, id := range ids {
		n, found := slices.BinarySearchFunc(old, id, func(c *Card, id CardID) int { return cmp.Compare(c.ID, id) })
		cards = append(cards, old[:n]...)
		old = old[n:]
		var was *Card
		if found {
			was, old = old[0], old[1:]
		}
		v, _ := src.Value(doc.At(fieldCards, string(id)))
		if c := decodeCard(id, v, was); c != nil {
			cards = append(cards, c)
		}
	}
	b.Cards = append(cards, old...)
	if len(b.Cards) == 0 {
		b.Cards = nil
	}
}

// decodeCard reads one card; nil when the slot holds none. was is given back
// when it says the same.
func decodeCard(id CardID, v doc.Value, was *Card) *Card {
	m, ok := v.(doc.Map)
	if !ok || id == "" {
		return nil
	}
	c := Card{
		ID: id, At: pointOf(m[fieldAt]), Size: sizeOf(m[fieldSize]), Z: orderOf(m[fieldZ]),
		Group: groupOf(m[fieldGroup]), Locked: lockedOf(m[fieldLocked]),
		On: carrierOf(id, m[fieldOn]),
	}
	c.Link, c.LinkErr = share.Parse(text(m[fieldURL]))
	c.In, c.Order = inOf(c.kind(), id, m[fieldIn])
	c.Link = c.Link.Bare() // an invitation is for a person, not for everybody who sees the board
	if was != nil && was.same(&c) {
		return was
	}
	return &c
}

func (c *Card) same(o *Card) bool {
	return c.At == o.At && c.Size == o.Size && c.Z == o.Z && c.Group == o.Group && c.Locked == o.Locked && c.On == o.On &&
		c.In == o.In && c.Order == o.Order && c.Holds == o.Holds &&
		c.Link == o.Link && sameError(c.LinkErr, o.LinkErr)
}

func sameError(a, b error) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Error() == b.Error()
}
