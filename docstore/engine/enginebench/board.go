package enginebench

import (
	"crypto/sha256"
	"fmt"
	"strconv"

	"corkboard/doc"
	"corkboard/docstore/engine"
)

// cardsAChange is how many cards one change of the board's history adds.
const cardsAChange = 10

// Board is a saved board document; cards have the slots that real ones have.
type Board struct {
	Cards int
	Saved []byte
}

// NewBoard makes a board.
func NewBoard(e engine.Engine, cards int) (Board, error) {
	d, err := e.New(actor(0))
	if err != nil {
		return Board{}, fmt.Errorf("making a board: %w", err)
	}
	defer d.Close()
	edits := []doc.Edit{doc.Put{Path: doc.At("cards"), Value: doc.Map{}}}
	for i := range cards {
		edits = append(edits, doc.Put{Path: card(i), Value: doc.Map{
			"url": "corkboard:/" + name("document", i) + name("more", i) + "?contentType=text",
			"at":  fmt.Sprint(i%100*220, " ", i/100*140), "size": "200 120", "z": strconv.Itoa(i),
		}})
		if len(edits) >= cardsAChange || i == cards-1 {
			if _, err := d.Apply(edits, "add", int64(i)); err != nil {
				return Board{}, fmt.Errorf("making a board: %w", err)
			}
			edits = nil
		}
	}
	return Board{Cards: cards, Saved: d.Save()}, nil
}

// Open loads the board for a writer.
func (b Board) Open(e engine.Engine, writer int) (engine.Doc, error) {
	d, err := e.Load(b.Saved, nil, actor(writer))
	if err != nil {
		return nil, fmt.Errorf("loading a board of %d cards: %w", b.Cards, err)
	}
	return d, nil
}

// Move is the nth move of a card.
func (b Board) Move(n int) []doc.Edit {
	return []doc.Edit{doc.Put{Path: append(card(n%b.Cards), "at"), Value: fmt.Sprint(n, ".25 7")}}
}

func card(i int) doc.Path { return doc.At("cards", name("card", i)) }

// name is 22 letters long like the ids of cards and documents.
func name(what string, i int) string {
	h := sha256.Sum256(fmt.Append(nil, what, i))
	return fmt.Sprintf("%x", h[:11])
}

func actor(n int) []byte {
	h := sha256.Sum256(fmt.Append(nil, "writer", n))
	return h[:16]
}
