package board

import (
	"cmp"
	"slices"

	"corkboard/share"
)

// CardID names a card of one board; "" is no card. The same document may be
// pinned twice, under two ids.
type CardID string

// Card is a document pinned to a board. Immutable.
type Card struct {
	ID      CardID
	Link    share.Link
	LinkErr error // why Link is empty: share.ErrBadLink, ErrPushPin, ErrShared
	At      Point // left top corner in board units
	Size    Size  // in board units; zero is the natural size of the content, H alone zero its natural height
	Z       string
	Group   string // ids of the groups it is in, the outermost first, "/" between; "" in none
	On      CardID // the card that carries it: it moves with that one; "" is none
	In      CardID // the column that it is in while that is here; "" is none
	Order   string // its order key there
	Locked  bool   // keeps its place, size, order and presence

	// Holds is the number of cards in a column. It and the size that a column gives its
	// cards are known to a Layout alone.
	Holds int
}

// Board is one state of a board document. Immutable, safe on any goroutine;
// a nil Board is an empty one.
type Board struct {
	Title   string
	Color   string  // "#RRGGBB", or "" for the default
	Cards   []*Card // sorted by ID
	Authors []string
	// Connectors is sorted by ID; some may lead to cards that are not there.
	Connectors []*Connector

	hasCards, hasAuthors bool // the containers are there
}

// Card finds a card by its id; nil if there is none.
func (b *Board) Card(id CardID) *Card {
	if b == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(b.Cards, id, compareID)
	if !ok {
		return nil
	}
	return b.Cards[i]
}

func compareID(c *Card, id CardID) int { return cmp.Compare(c.ID, id) }

// kind is the content type of the card, "" when its link is broken.
func (c *Card) kind() string { return c.Link.Kind }

// Below compares cards by how they lie, from the bottom of the board to its top.
func Below(a, b *Card) int { return below(a, b) }

// below orders cards from the bottom of the board to its top: frames first, then columns.
// Equal order keys, which two people can make, are settled by id.
func below(a, b *Card) int {
	if x, y := a.layer(), b.layer(); x != y {
		return x - y
	}
	if c := cmp.Compare(a.Z, b.Z); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}
