package cards

import (
	"math"
	"testing"

	"corkboard/doc"
)

func TestTouches(t *testing.T) {
	for _, c := range []struct {
		touched doc.Path
		want    bool
	}{
		{doc.At("text"), true}, {doc.At(), true}, {doc.At("text", "3"), true}, {doc.At("texts"), false}, {doc.At("title"), false},
	} {
		if got := touches([]doc.Path{c.touched}, doc.At("text")); got != c.want {
			t.Errorf("%s: %v", c.touched, got)
		}
	}
	if touches(nil, doc.At("text")) {
		t.Error("nothing touched something")
	}
}

func TestIntOf(t *testing.T) {
	for _, c := range []struct {
		v    doc.Value
		want int64
	}{
		{int64(5), 5}, {5.0, 5}, {5.5, 0}, {int64(-1), 0}, {-1.0, 0}, {int64(101), 0}, {101.0, 0}, {100.0, 100},
		{math.NaN(), 0}, {math.Inf(1), 0}, {"5", 0}, {nil, 0}, {doc.Counter(5), 0},
	} {
		if got := intOf(c.v, 100); got != c.want {
			t.Errorf("%T %v: %d, want %d", c.v, c.v, got, c.want)
		}
	}
}
