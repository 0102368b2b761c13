package cards

import (
	"math"
	"strings"
	"testing"

	"corkboard/doc"
)

func inkOf(root doc.Map) Ink { return InkCodec{}.Decode(doc.NewTree(root)) }

func TestInkComesBack(t *testing.T) {
	want := Ink{W: 100, H: 40.5, Pen: 3, Colour: "#c4342d", Points: []InkPoint{{0, 0}, {12.3, 40.5}, {100, 7}}}
	tree := doc.NewTree(nil)
	if _, err := tree.Apply(NewInk(want)); err != nil {
		t.Fatal(err)
	}
	if got := (InkCodec{}).Decode(tree); !got.Same(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	long := Ink{W: 9000, H: 9000, Pen: 1}
	for i := range 2 * MaxInkPoints {
		long.Points = append(long.Points, InkPoint{1234.5 + float64(i%7), 8765.4})
	}
	tree = doc.NewTree(nil)
	if _, err := tree.Apply(NewInk(long)); err != nil {
		t.Fatal(err)
	}
	if n := len((InkCodec{}).Decode(tree).Points); n != MaxInkPoints {
		t.Errorf("%d points come back of a long stroke", n)
	}
}

func TestStrangeInkIsHarmless(t *testing.T) {
	k := inkOf(doc.Map{"stroke": "1 2 -5 1e9 3 4", "size": "0 -3", "pen": "1e99", "colour": "red"})
	if len(k.Points) != 1 || k.W <= 0 || k.H <= 0 || k.Pen <= 0 || k.Colour != "" {
		t.Errorf("%+v", k)
	}
}

func FuzzInk(f *testing.F) {
	f.Add("1 2 3 4", "10 10", "3")
	f.Add("NaN inf 1e400", "1e5 -1", "-0")
	f.Add(strings.Repeat("1.5 ", 40000), "1 1", "")
	f.Fuzz(func(t *testing.T, stroke, size, pen string) {
		k := inkOf(doc.Map{"stroke": stroke, "size": size, "pen": pen})
		if len(k.Points) > MaxInkPoints || !(k.W > 0) || !(k.H > 0) || !(k.Pen > 0) || k.Pen > maxPen {
			t.Fatalf("%d points, %v × %v, pen %v", len(k.Points), k.W, k.H, k.Pen)
		}
		for _, p := range k.Points {
			if !(p.X >= 0 && p.X <= k.W && p.Y >= 0 && p.Y <= k.H) || math.IsInf(k.W+k.H, 0) {
				t.Fatalf("a point at %v of %v × %v", p, k.W, k.H)
			}
		}
	})
}
