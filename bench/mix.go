package main

import (
	"fmt"
	"math/rand/v2"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// Of each 1,000 cards of a generated board so many are of each kind; the rest
// are texts.
var mixture = []struct {
	kind cards.Kind
	n    int
}{
	{cards.KindImage, 200}, {cards.KindTodo, 150}, {cards.KindPDF, 20}, {cards.KindFile, 15}, {cards.KindBoard, 15},
}

// The grid on which cards lie, in board units.
const (
	pitchX = 380
	pitchY = 320
)

// spot is a card of a generated board before it is made.
type spot struct {
	kind   cards.Kind
	serial int // among the cards of its kind, from 0
	at     board.Point
}

// layOut is a board of n cards, perRow in a row, in an order that mixes the
// kinds. It is the same each time.
func layOut(n, perRow int) []spot {
	spots := make([]spot, n)
	for i := range spots {
		spots[i].kind = cards.KindText
	}
	from := 0
	for _, m := range mixture {
		for range m.n * n / 1000 {
			spots[from].kind = m.kind
			from++
		}
	}
	r := rand.New(rand.NewPCG(1, uint64(n)))
	r.Shuffle(n, func(i, j int) { spots[i], spots[j] = spots[j], spots[i] })
	count := map[cards.Kind]int{}
	for i := range spots {
		s := &spots[i]
		s.serial = count[s.kind]
		count[s.kind]++
		s.at = board.Point{X: float64(i % perRow * pitchX), Y: float64(i / perRow * pitchY)}
	}
	return spots
}

// random is the chance that belongs to one card: its content does not depend
// on the cards around it.
func (s spot) random() *rand.Rand {
	return rand.New(rand.NewPCG(uint64(s.serial), uint64(s.kind[0])<<8|uint64(s.kind[len(s.kind)-1])))
}

// edits are the first edits of a card that needs no file; nil for the others.
func (s spot) edits() []doc.Edit {
	r := s.random()
	switch s.kind {
	case cards.KindText:
		return cards.NewText(shortText(r, s.serial))
	case cards.KindTodo:
		items := make([]cards.NewItem, 2+r.IntN(4))
		for n := range items {
			items[n] = cards.NewItem{ID: fmt.Sprintf("i%d", n), Text: sentence(r, 2+r.IntN(5)), Done: r.IntN(3) == 0}
		}
		return cards.NewTodo(fmt.Sprintf("List %d", s.serial), items...)
	case cards.KindBoard:
		return board.Create(fmt.Sprintf("Board %d", s.serial), "")
	}
	return nil
}

// name is that of the file behind a picture, a PDF or another file.
func (s spot) name() string {
	switch {
	case s.kind == cards.KindPDF:
		return fmt.Sprintf("paper %d.pdf", s.serial)
	case s.kind == cards.KindFile:
		return fmt.Sprintf("archive %d.zip", s.serial)
	case s.serial%2 == 0:
		return fmt.Sprintf("photo %d.jpg", s.serial)
	}
	return fmt.Sprintf("drawing %d.png", s.serial)
}

// file is what that file holds.
func (s spot) file() []byte {
	r := s.random()
	switch {
	case s.kind == cards.KindPDF:
		return pdfFile(sentence(r, 8))
	case s.kind == cards.KindFile:
		data := make([]byte, 4096)
		for n := range data {
			data[n] = byte(r.Uint32())
		}
		return data
	case s.serial%2 == 0:
		return jpegFile(r)
	}
	return pngFile(r)
}
