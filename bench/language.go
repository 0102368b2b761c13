package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

const manyWords = 20_000

var syllables = strings.Fields(`ba be bi bo bu da de di do du fa fe fi ga ge gi ka ke ki ko ku la le li lo lu ma me mi mo mu
 na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu va ve vi an en in on un er ung schö grü çé trä øl`)

// language makes texts of as many different words as people use, some of them much more
// often than others (Zipf), the same each time.
type language struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
}

func newLanguage() *language {
	r := rand.New(rand.NewPCG(4, 4))
	w := &language{random: r, zipf: rand.NewZipf(r, 1.1, 8, manyWords-1), words: make([]string, manyWords)}
	for n := range w.words {
		for range 1 + r.IntN(4) {
			w.words[n] += syllables[r.IntN(len(syllables))]
		}
	}
	return w
}

func (w *language) word() string { return w.words[w.zipf.Uint64()] }

func (w *language) say(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = w.word()
	}
	return strings.Join(list, " ")
}

// edits are the first edits of a card; those of files name no file.
func (w *language) edits(s spot) []doc.Edit {
	r := w.random
	switch s.kind {
	case cards.KindTodo:
		items := make([]cards.NewItem, 2+r.IntN(6))
		for n := range items {
			items[n] = cards.NewItem{ID: fmt.Sprintf("i%d", n), Text: w.say(2 + r.IntN(5))}
		}
		return cards.NewTodo(w.say(2), items...)
	case cards.KindBoard:
		return board.Create(w.say(2), "")
	case cards.KindText:
		text := "# " + w.say(3) + "\n\n"
		for range 1 + r.IntN(4) {
			text += w.say(10+r.IntN(30)) + ".\n\n"
		}
		return cards.NewText(text)
	}
	mime := map[cards.Kind]string{cards.KindImage: "image/png", cards.KindPDF: "application/pdf", cards.KindFile: "application/zip"}[s.kind]
	return cards.NewFile(cards.File{Title: w.say(2), MIME: mime, Caption: w.say(r.IntN(8))})
}

func pinAt(a *app.App, id doc.ID, kind string, n int) board.Pin {
	at := board.Point{X: float64(n%10) * pitchX, Y: float64(n/10) * pitchY}
	return board.Pin{ID: a.NewCardID(), Link: share.Link{Document: id, Kind: kind}, At: at, Size: nestedSize}
}
