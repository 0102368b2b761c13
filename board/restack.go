package board

import (
	"slices"

	"corkboard/doc"
)

// Level says where Restack brings cards.
type Level uint8

// The levels.
const (
	ToFront Level = iota
	ToBack
	OneUp
	OneDown
)

// Restack changes which cards lie on top. The cards keep their order among
// each other; locked ones are left where they are.
type Restack struct {
	IDs []CardID
	To  Level
	// Past is for OneUp and OneDown: the card to get past, so that a step is one
	// that can be seen. Empty or gone: the next card of the board.
	Past CardID
}

// Plan implements doc.Command; doc.ErrGone when none of the cards is there,
// ErrLocked when all of them are locked. It writes as few order keys as it can.
func (c Restack) Plan(b *Board) (doc.Plan, error) {
	cards, err := b.unlocked(c.IDs)
	if err != nil {
		return doc.Plan{}, err
	}
	moves := make(map[CardID]bool, len(cards))
	for _, card := range cards {
		moves[card.ID] = true
	}
	slices.SortFunc(cards, below)
	var edits []doc.Edit
	for layer := range 3 { // frames and columns stay below
		of := func(list []*Card) []*Card {
			return slices.DeleteFunc(slices.Clone(list), func(c *Card) bool { return c.layer() != layer })
		}
		edits = append(edits, c.among(of(b.Cards), of(cards), moves)...)
	}
	if len(edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	label := [...]string{"Bring to front", "Send to back", "Bring forward", "Send backward"}[c.To&3]
	return doc.Plan{Label: label, Edits: edits}, nil
}

// among is the edits that bring some cards, from the bottom to the top, to where they are
// to lie among all of a sort.
func (c Restack) among(all, cards []*Card, moves map[CardID]bool) []doc.Edit {
	if len(cards) == 0 {
		return nil
	}
	order := all
	slices.SortFunc(order, below)
	rest := make([]*Card, 0, len(order))
	for _, card := range order {
		if !moves[card.ID] {
			rest = append(rest, card)
		}
	}
	at := c.target(order, rest, moves)
	want := slices.Concat(rest[:at], cards, rest[at:])
	if slices.Equal(want, order) {
		return nil
	}
	return keysFor(want, at, at+len(cards))
}

// target is the place among the resting cards where the moving ones go.
func (c Restack) target(order, rest []*Card, moves map[CardID]bool) int {
	past := slices.IndexFunc(rest, func(card *Card) bool { return card.ID == c.Past })
	switch c.To {
	case ToFront:
		return len(rest)
	case ToBack:
		return 0
	case OneUp:
		if past < 0 { // the first resting card above the topmost moving one
			past = len(rest)
			for i := len(order) - 1; i >= 0 && !moves[order[i].ID]; i-- {
				past--
			}
		}
		return min(past+1, len(rest))
	}
	if past < 0 { // the first resting card below the lowest moving one
		for past+1 < len(rest) && !moves[order[past+1].ID] {
			past++
		}
	}
	return max(past, 0)
}

// keysFor gives want[from:to] order keys between their neighbours. Where the
// neighbours have equal keys, the upper ones get new keys too.
func keysFor(want []*Card, from, to int) []doc.Edit {
	below, above := "", ""
	if from > 0 {
		below = want[from-1].Z
	}
	for to < len(want) {
		if above = want[to].Z; above > below {
			break
		}
		above = ""
		to++
	}
	var edits []doc.Edit
	put := func(card *Card, z string) {
		edits = append(edits, doc.Put{Path: cardPath(card.ID, fieldZ), Value: z})
	}
	if above == "" {
		for i, z := range doc.After(below, to-from) {
			put(want[from+i], z)
		}
		return edits
	}
	for _, card := range want[from:to] {
		below = doc.Between(below, above)
		put(card, below)
	}
	return edits
}

// top is the highest order key of the board.
func (b *Board) top() string {
	z := ""
	if b != nil {
		for _, c := range b.Cards {
			z = max(z, c.Z)
		}
	}
	return z
}
