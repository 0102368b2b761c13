package renderers

import (
	"testing"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
)

var todoTestView = doc.Erase(string(cards.KindTodo), cards.TodoCodec{})

// sampleTodo has seven items, three of them done, and every kind of date.
func sampleTodo(t testing.TB) *deskHandle {
	items := []cards.NewItem{
		{ID: "a", Text: "Send the invitations", Done: true},
		{ID: "b", Text: "Choose a place that is large enough for everybody and not too far from the station"},
		{ID: "c", Text: "Order cake"},
		{ID: "d", Text: "Call the band", Done: true},
		{ID: "e", Text: "Reply to Ana"},
		{ID: "f", Text: "Borrow chairs", Done: true},
		{ID: "g", Text: "Thank everybody"},
	}
	h := &deskHandle{tree: doc.NewTree(nil), hist: doc.NewHistory(nil), view: todoTestView}
	if _, err := h.tree.Apply(cards.NewTodo("Summer party", items...)); err != nil {
		t.Fatal(err)
	}
	h.value = h.view.Decode(h.tree)
	for id, due := range map[string]string{"b": "2026-03-02", "c": "2026-03-11", "e": "2026-03-12", "f": "2026-03-05", "g": "2026-06-21"} {
		doCommand(h, cards.SetDue{ID: id, Due: due})
	}
	if len(h.fails) > 0 {
		t.Fatal(h.fails)
	}
	h.hist = doc.NewHistory(nil)
	return h
}

func todoOf(h *deskHandle) cards.Todo { return h.Snapshot().Value.(cards.Todo) }

func TestTodoGolden(t *testing.T) {
	face := Erase(todoFace())
	sh := newTestShaper()
	v := todoOf(sampleTodo(t))
	for _, dark := range []bool{false, true} {
		for _, scale := range []float32{0.5, 1, 2} {
			t.Run(pictureName("todo", scale, dark), func(t *testing.T) {
				golden.Picture(t, pictureName("todo", scale, dark), testJob(face, v, 300, 0, scale, dark).paint(sh).img)
			})
		}
		golden.Picture(t, pictureName("todo_cut", 1, dark), testJob(face, v, 300, 160, 1, dark).paint(sh).img)
		golden.Picture(t, pictureName("todo_empty", 1, dark), testJob(face, cards.Todo{}, 300, 0, 1, dark).paint(sh).img)
	}
}

func TestTodoTicksToggleTheirItem(t *testing.T) {
	h := sampleTodo(t)
	face := Erase(todoFace())
	hots := testJob(face, todoOf(h), 300, 0, 1, false).paint(newTestShaper()).hot
	if len(hots) != 7 {
		t.Fatalf("%d hot places for seven items", len(hots))
	}
	hots[2].Do(nil, h)
	hots[3].Do(nil, h)
	hots[3].Do(nil, h) // the picture is old by now: the wish stays the same
	var got string
	for _, it := range todoOf(h).Items {
		if it.Done {
			got += it.ID
		}
	}
	if got != "acf" {
		t.Errorf("done are %q, want acf", got)
	}
	for i := 1; i < len(hots); i++ {
		if a, b := hots[i-1].Rect, hots[i].Rect; a.Y+a.H > b.Y {
			t.Errorf("boxes %d and %d overlap", i-1, i)
		}
	}
}

func TestTodoCutCountsWhatIsLeft(t *testing.T) {
	v := todoOf(sampleTodo(t))
	for h := float32(80); h < 400; h += 7 {
		s := &Sheet{W: 300, H: h, Scale: 1, Shaper: newTestShaper(), Today: "2026-03-11"}
		rows, more := fittingRows(s, v, cardPadY+40)
		if len(rows)+more != 7 {
			t.Fatalf("at height %v: %d rows and %d more", h, len(rows), more)
		}
	}
}

func TestTodoNaturalHeightShowsEverything(t *testing.T) {
	v := todoOf(sampleTodo(t))
	for _, w := range []float32{160, 240, 300, 480} {
		sh := newTestShaper()
		_, h := naturalTodo(sh, v, w)
		s := &Sheet{W: w, H: h, Scale: 1, Shaper: sh, Today: "2026-03-11"}
		head := planTodoHeader(sh, v.Title, 3, 7, w, s.Pal)
		if _, more := fittingRows(s, v, cardPadY+head.h); more != 0 {
			t.Errorf("%d items do not fit at width %v", more, w)
		}
	}
}

func TestTodoSummary(t *testing.T) {
	s := Erase(todoFace()).Summary(todoOf(sampleTodo(t)))
	if s.Title != "Summer party" || s.Detail != "3 of 7" {
		t.Errorf("summary %+v", s)
	}
}

func BenchmarkPaintTodo7(b *testing.B) {
	j := testJob(Erase(todoFace()), todoOf(sampleTodo(b)), 300, 0, 1, false)
	sh := newTestShaper()
	j.paint(sh)
	b.ReportAllocs()
	for b.Loop() {
		j.paint(sh)
	}
}
