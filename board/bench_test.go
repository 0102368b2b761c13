package board

import (
	"fmt"
	"testing"

	"corkboard/doc"
	"corkboard/share"
)

// tenThousand is a board of 10,000 cards, 100 in a row.
func tenThousand(b *testing.B) (*doc.Tree, *Board, *Layout, *Session) {
	cards := doc.Map{}
	z := doc.After("", 10000)
	for i := range 10000 {
		cards[fmt.Sprintf("c%05d", i)] = doc.Map{
			"url": share.Format(share.Link{Document: docID(i), Kind: "text"}),
			"at":  formatPair(float64(i%100)*260, float64(i/100)*200), "size": "240 160", "z": z[i],
		}
	}
	tree := doc.NewTree(doc.Map{"title": "Big", "cards": cards, "authorIds": doc.List{}})
	board := Codec{}.Decode(tree)
	l := NewLayout(nil)
	l.Set(board)
	s := NewSession("bench")
	s.On(Resized{Size{1600, 1000}}, l)
	s.Camera.Origin = Point{9000, 9000}
	return tree, board, l, s
}

func BenchmarkQuery(b *testing.B) {
	_, _, l, s := tenThousand(b)
	area := s.Camera.Visible(s.Viewport)
	out := l.Query(area, nil)
	b.ReportAllocs()
	for b.Loop() {
		out = l.Query(area, out)
	}
	b.ReportMetric(float64(len(out)), "cards")
}

func BenchmarkHit(b *testing.B) {
	_, _, l, _ := tenThousand(b)
	b.ReportAllocs()
	for b.Loop() {
		if l.Hit(Point{9020, 9020}) == nil {
			b.Fatal("nothing there")
		}
	}
}

func BenchmarkProject(b *testing.B) {
	for _, zoom := range []float64{1, .25, .1} {
		b.Run(fmt.Sprintf("zoom=%v", zoom), func(b *testing.B) {
			_, _, l, s := tenThousand(b)
			s.Camera.Zoom = zoom
			s.Select("c04535", "c04536")
			var v View
			Project(s, l, &v)
			b.ReportAllocs()
			for b.Loop() {
				Project(s, l, &v)
			}
			b.ReportMetric(float64(len(v.Cards)), "cards")
		})
	}
}

func BenchmarkDragFrame(b *testing.B) {
	_, _, l, s := tenThousand(b)
	var v View
	s.On(PointerDown{At: Point{400, 400}}, l)
	x := 500.0
	b.ReportAllocs()
	for b.Loop() {
		x = 1000 - x
		s.On(PointerMove{At: Point{x, 400}}, l)
		Project(s, l, &v)
	}
	if !s.Dragging() {
		b.Fatal("nothing was dragged")
	}
}

func BenchmarkMoveCards(b *testing.B) {
	tree, board, l, _ := tenThousand(b)
	by := 20.0
	b.ReportAllocs()
	for b.Loop() {
		by = -by
		p, err := MoveCards{IDs: []CardID{"c04535"}, By: Point{by, 0}}.Plan(board)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tree.Apply(p.Edits); err != nil {
			b.Fatal(err)
		}
		board = Codec{}.Update(board, doc.Touched(p.Edits), tree)
		l.Set(board)
	}
}

func BenchmarkDecode(b *testing.B) {
	tree, _, _, _ := tenThousand(b)
	for b.Loop() {
		Codec{}.Decode(tree)
	}
}

func BenchmarkLayoutFromNothing(b *testing.B) {
	_, board, _, _ := tenThousand(b)
	for b.Loop() {
		NewLayout(nil).Set(board)
	}
}

func BenchmarkMarquee(b *testing.B) {
	_, _, l, s := tenThousand(b)
	s.Camera = Fit(l.Bounds(), s.Viewport, 1)
	s.On(PointerDown{At: Point{1, 1}}, l)
	x := 1500.0
	s.On(PointerMove{At: Point{x, 990}}, l)
	b.ReportAllocs()
	for b.Loop() {
		x = 3020 - x
		s.On(PointerMove{At: Point{x, 990}}, l)
	}
	b.ReportMetric(float64(s.Selection.Len()), "cards")
}

func BenchmarkMarqueeGrowing(b *testing.B) {
	_, _, l, s := tenThousand(b)
	s.Camera = Fit(l.Bounds(), s.Viewport, 1)
	s.On(PointerDown{At: Point{1, 1}}, l)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		s.On(PointerMove{At: Point{float64(i*37%1500 + 20), 990}}, l)
	}
}

func BenchmarkSelectAll(b *testing.B) {
	_, _, l, s := tenThousand(b)
	b.ReportAllocs()
	for b.Loop() {
		s.On(Key{Name: "A", Mods: Mod, Down: true}, l)
		s.On(Key{Name: "Escape", Down: true}, l)
	}
}

// BenchmarkMoveAllFrame is a frame of a drag of all cards at two zooms.
func BenchmarkMoveAllFrame(b *testing.B) {
	for _, zoom := range []float64{1, .1} {
		b.Run(fmt.Sprintf("zoom=%v", zoom), func(b *testing.B) {
			_, _, l, s := tenThousand(b)
			s.Camera.Zoom = zoom
			s.On(Key{Name: "A", Mods: Mod, Down: true}, l)
			var v View
			s.On(PointerDown{At: Point{400, 400}}, l)
			x := 500.0
			b.ReportAllocs()
			for b.Loop() {
				x = 1000 - x
				s.On(PointerMove{At: Point{x, 400}}, l)
				Project(s, l, &v)
			}
			b.ReportMetric(float64(len(v.Cards)), "cards")
		})
	}
}

func BenchmarkGrabAll(b *testing.B) {
	_, _, l, s := tenThousand(b)
	s.On(Key{Name: "A", Mods: Mod, Down: true}, l)
	b.ReportAllocs()
	for b.Loop() {
		s.On(PointerDown{At: Point{400, 400}}, l)
		s.On(PointerMove{At: Point{500, 400}}, l)
		s.On(Key{Name: "Escape", Down: true}, l)
		s.On(PointerUp{At: Point{500, 400}}, l)
	}
}

// BenchmarkRestackHalf brings 5,000 cards to the front.
func BenchmarkRestackHalf(b *testing.B) {
	tree, board, l, _ := tenThousand(b)
	var ids []CardID
	for _, c := range board.Cards[:len(board.Cards)/2] {
		ids = append(ids, c.ID)
	}
	to := []Level{ToBack, ToFront}
	n := 0
	for b.Loop() {
		n++
		p, err := Restack{IDs: ids, To: to[n%2]}.Plan(board)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tree.Apply(p.Edits); err != nil {
			b.Fatal(err)
		}
		board = Codec{}.Update(board, doc.Touched(p.Edits), tree)
		l.Set(board)
	}
}

func BenchmarkProjectConnectors(b *testing.B) {
	for _, zoom := range []float64{1, .25} {
		b.Run(fmt.Sprintf("zoom=%v", zoom), func(b *testing.B) {
			tree, board, l, s := tenThousand(b)
			var list []Connector
			for i := range 2000 {
				list = append(list, Connector{ID: ConnectorID(fmt.Sprint(i)), From: CardID(fmt.Sprintf("c%05d", i*5)), To: CardID(fmt.Sprintf("c%05d", (i*5+101)%10000)), Heads: HeadTo})
			}
			p, err := Connect{list}.Plan(board)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := tree.Apply(p.Edits); err != nil {
				b.Fatal(err)
			}
			l.Set(Codec{}.Update(board, doc.Touched(p.Edits), tree))
			s.Camera.Zoom = zoom
			var v View
			Project(s, l, &v)
			b.ReportAllocs()
			for b.Loop() {
				s.Camera.Origin.X++
				Project(s, l, &v)
			}
			b.ReportMetric(float64(len(v.Lines)), "lines")
		})
	}
}
