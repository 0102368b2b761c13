package board

import (
	"cmp"
	"slices"
	"strings"

	"corkboard/doc"
)

// KindColumn is the kind of cards that are columns: a titled stack of other cards of
// the board. Which cards are in it, and in which order, stands on these.
const KindColumn = "column"

// Forms of a column, in board units.
const (
	ColumnTitle = 44 // the height of its head
	ColumnPad   = 10 // around its cards and between them
	columnEmpty = 76 // the room below its head when it is empty
)

// isColumn reports whether a card is a column.
func (c *Card) isColumn() bool { return c.kind() == KindColumn }

// OnGround reports whether cards of a kind lie behind all others, and behind connectors.
func OnGround(kind string) bool { return kind == KindFrame || kind == KindColumn }

// layer orders what lies behind all other cards.
func (c *Card) layer() int {
	switch c.kind() {
	case KindFrame:
		return 0
	case KindColumn:
		return 1
	}
	return 2
}

// fitsColumn reports whether cards of a kind can be in a column.
func fitsColumn(kind string) bool { return !OnGround(kind) && kind != KindInk }

// inOf reads in which column a card is, and its order key there.
func inOf(kind string, id CardID, v doc.Value) (column CardID, order string) {
	key, in, _ := strings.Cut(text(v), " ")
	if in == "" || len(in) > maxCardID || CardID(in) == id || !fitsColumn(kind) {
		return "", ""
	}
	return CardID(in), orderOf(key)
}

// formatIn writes what inOf reads: one register, so that two people's moves from column
// to column cannot tear.
func formatIn(column CardID, order string) string { return order + " " + string(column) }

// byOrder compares cards of one column. Equal keys are settled by id.
func byOrder(a, b *Card) int {
	return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
}

// Column finds the card of the column that a card is in; nil if it is in none that is
// here.
func (b *Board) Column(c *Card) *Card {
	if c == nil || c.In == "" {
		return nil
	}
	if col := b.Card(c.In); col != nil && col.isColumn() {
		return col
	}
	return nil
}

// Members is the cards in a column, in their order.
func (b *Board) Members(id CardID) []*Card {
	var out []*Card
	if c := b.Card(id); c == nil || !c.isColumn() {
		return nil
	}
	for _, c := range b.Cards {
		if c.In == id {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, byOrder)
	return out
}

// Slot is a place in a column. The zero Slot is none.
type Slot struct {
	Column CardID
	Before CardID // the card before which it is; "" or gone: at the end
}
