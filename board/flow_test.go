package board

import "testing"

func TestAWiderTextCardStaysAsHighAsItsContent(t *testing.T) {
	if s := boundSize(Size{W: 320}); s != (Size{W: 320}) {
		t.Fatalf("a chosen width alone is lost: %v", s)
	}
	l := NewLayout(func(string) Size { return Size{300, 60} })
	c := &Card{ID: "a", At: Point{10, 20}, Size: Size{W: 320}}
	l.Set(&Board{Cards: []*Card{c}})
	l.SetNatural("a", Size{320, 140})
	if r, _ := l.Rect("a"); r != (Rect{10, 20, 320, 140}) {
		t.Fatalf("want the chosen width and the content's height, got %v", r)
	}
	p, err := ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{10, 20, 400, 140}, AsHigh: true}}}.Plan(&Board{Cards: []*Card{c}})
	if err != nil || len(p.Edits) != 1 {
		t.Fatal(p, err)
	}
}
