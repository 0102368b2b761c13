package board

import (
	"errors"
	"slices"

	"corkboard/doc"
)

// ErrLocked says that all cards that were meant are locked.
var ErrLocked = errors.New("the cards are locked")

// LockCards makes cards keep their place, size, order and presence, or frees
// them. Their content can be edited all the same.
type LockCards struct {
	IDs    []CardID
	Locked bool
}

// Plan implements doc.Command; doc.ErrGone when none of them is there.
func (c LockCards) Plan(b *Board) (doc.Plan, error) {
	cards := b.present(c.IDs)
	if len(cards) == 0 {
		return doc.Plan{}, doc.ErrGone
	}
	p := doc.Plan{Label: "Unlock "}
	if c.Locked {
		p.Label = "Lock "
	}
	p.Label += count(len(cards))
	for _, card := range cards {
		switch path := cardPath(card.ID, fieldLocked); {
		case card.Locked == c.Locked:
		case c.Locked:
			p.Edits = append(p.Edits, doc.Put{Path: path, Value: true})
		default:
			p.Edits = append(p.Edits, doc.Delete{Path: path})
		}
	}
	return orNothing(p)
}

// unlocked is the cards of ids that are on the board and not locked, each
// once. doc.ErrGone when none of them is there, ErrLocked when all are locked.
func (b *Board) unlocked(ids []CardID) ([]*Card, error) {
	cards := b.present(ids)
	if len(cards) == 0 {
		return nil, doc.ErrGone
	}
	cards = slices.DeleteFunc(cards, func(c *Card) bool { return c.Locked })
	if len(cards) == 0 {
		return nil, ErrLocked
	}
	return cards, nil
}
