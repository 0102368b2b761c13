package renderers

import (
	"fmt"
	"image/color"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/renderers/paint"
	"corkboard/share"
)

// BenchmarkTile paints one tile full of notes and lists at several scales.
func BenchmarkTile(b *testing.B) {
	store := doctest.NewStore()
	var list []board.Spot
	for i := range 900 {
		id := doc.NewID([32]byte{0: 1, 1: byte(i), 2: byte(i >> 8)})
		kind := "text"
		if i%4 == 3 {
			kind = "todo"
			store.Create(id, cards.NewTodo("List", cards.NewItem{ID: "a", Text: "milk and bread"}, cards.NewItem{ID: "b", Text: "a letter to the library", Done: true}))
		} else {
			store.Create(id, cards.NewText(fmt.Sprintf("# Note %d of them\n\nSome words about paper, string and **light** in a garden, quite a few of them.\n\n- one\n- two more", i)))
		}
		c := &board.Card{ID: board.CardID(fmt.Sprint(i)), Link: share.Link{Document: id, Kind: kind}, At: board.Point{X: float64(i % 30 * 380), Y: float64(i / 30 * 320)}}
		list = append(list, board.Spot{Card: c, Rect: board.RectAt(c.At, board.Size{W: 300, H: 200})})
	}
	values := newReadings(store, NewRegistry(), func() {})
	defer values.close()
	sh := paint.NewShaper()
	for _, scale := range []float32{0.3, 0.2, 0.1, 0.05} {
		b.Run(fmt.Sprint(scale), func(b *testing.B) {
			area := tileKey{scale: scale}.area()
			var in []board.Spot
			for _, c := range list {
				if c.Rect.Intersects(area) {
					in = append(in, c)
				}
			}
			j := tileJob{area: area, scale: scale, w: tileSide, h: tileSide, cards: in, ground: color.RGBA{200, 200, 200, 255}, today: "2026-01-01", values: values,
				shown: func(_ *board.Card, r reading) cardShown {
					return cardShown{face: r.face, value: r.value, state: r.state}
				}}
			b.ReportMetric(float64(len(in)), "cards")
			for b.Loop() {
				j.paint(sh)
			}
		})
	}
}
