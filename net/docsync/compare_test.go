package docsync

import (
	"fmt"
	"testing"
	"time"
)

func TestRangesOfKeys(t *testing.T) {
	root := node{}
	if root.hi() != (Key{}) || !root.within(Key{255}) {
		t.Error("the root is not all keys")
	}
	last := root.child(31).child(31)
	if last.hi() != (Key{}) || !last.within(Key{255, 255, 255}) || last.within(Key{255, 127}) {
		t.Errorf("the last range ends at %x", last.hi())
	}
	for i := range fanOut - 1 {
		a, b := root.child(3).child(i), root.child(3).child(i+1)
		if a.hi() != b.lo || !a.within(a.lo) || a.within(b.lo) || !root.child(3).within(a.lo) {
			t.Errorf("child %d ends at %x, the next begins at %x", i, a.hi(), b.lo)
		}
	}
}

// However many items there are and however they differ, one comparison brings
// both sides together.
func TestComparingFindsAllDifferences(t *testing.T) {
	for _, c := range []struct{ same, a, b, bytes int }{
		{300, 0, 10, 6_000},
		{1000, 5, 5, 9_000},
		{2000, 5, 5, 10_000},
		{8000, 5, 5, 10_000},
		{40_000, 5, 5, 12_000},
		{0, 400, 5000, 0},
		{0, 5000, 5000, 0},
		{700, 3000, 1, 0},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			l, a, b := newLab(t), newShelf(1), newShelf(2)
			a.things(c.same, 1, 100)
			b.things(c.same, 1, 100)
			a.things(c.a, 2, 100)
			b.things(c.b, 3, 100)
			x, y := l.pair(a, b)
			l.run(20 * time.Second)
			l.wantEqual(a, b)
			if l.compared(x, y); x.frames[item] > c.a || y.frames[item] > c.b {
				t.Errorf("%d and %d items were sent", x.frames[item], y.frames[item])
			}
			t.Logf("%d bytes", x.bytes+y.bytes)
			if c.bytes > 0 && x.bytes+y.bytes > c.bytes {
				t.Errorf("%d bytes, want at most %d", x.bytes+y.bytes, c.bytes)
			}
		})
	}
}

// What it costs to find few differences among many items, wherever they fall: a
// changed document of somebody who has not written in it since the start is two items.
func TestFewDifferencesAreCheap(t *testing.T) {
	for _, same := range []int{10_000, 30_000} {
		all := newShelf(1)
		all.things(same, 1, 100)
		for seed := range byte(6) {
			for _, here := range []int{20, 10, 0} {
				l, a, b := newLab(t), all.copy(1), all.copy(2)
				a.things(here, 10+seed, 100)
				b.things(20-here, 50+seed, 100)
				x, y := l.pair(a, b)
				l.run(20 * time.Second)
				l.wantEqual(a, b)
				l.compared(x, y)
				if n := x.bytes + y.bytes; n > 16_000 {
					t.Errorf("%d bytes for 20 differences of %d items, %d of them at the one, seed %d", n, same, here, seed)
				}
			}
		}
	}
}

// compared wants both sides to have compared ranges, and to be at rest.
func (l *lab) compared(some ...*end) {
	l.t.Helper()
	for _, e := range some {
		if s := e.s.Status(tagA); !s.Equal || s.Comparing || s.Acknowledged != e.shelves[tagA].Last() {
			l.t.Errorf("after a comparison: %+v", s)
		}
		if e.frames[ranges]+e.frames[answer] == 0 {
			l.t.Error("no ranges were compared")
		}
	}
}

func TestAComparisonThatWasCutBeginsWhereItEnded(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(1000, 1, 400)
	b.things(1000, 2, 400)
	for n := 0; len(a.order) < 2000 || len(b.order) < 2000; n++ {
		if n > 40 {
			t.Fatalf("%d and %d items after %d connections", len(a.order), len(b.order), n)
		}
		x, _ := l.pair(a, b)
		before := len(a.order) + len(b.order)
		l.run(400 * time.Millisecond)
		x.cut()
		if len(a.order)+len(b.order) == before {
			t.Fatal("a connection has brought nothing")
		}
	}
	for _, n := range []map[Key]int{a.reads, b.reads} {
		twice := 0
		for _, times := range n {
			if times > 1 {
				twice++
			}
		}
		t.Logf("%d items were sent twice", twice)
	}
}

// As long as one item that was found is not on disk, nothing counts as seen.
func TestWhatWasFoundIsKeptFirst(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(600, 1, 100)
	b.things(600, 1, 100)
	a.things(20, 2, 100)
	x, y := l.pair(a, b)
	l.random = seeded(1)
	y.disk = l.now.Add(10 * time.Second)
	l.run(8 * time.Second)
	if s := y.s.Status(tagA); s.Comparing || s.Outstanding != 2000 || s.Seen != 0 || b.cursor[a.id] != 0 {
		t.Errorf("before it is on disk: %+v", s)
	}
	l.run(8 * time.Second)
	l.wantEqual(a, b)
	l.compared(x, y)
	if b.cursor[a.id] != 620 {
		t.Errorf("seen is %d of 620", b.cursor[a.id])
	}
}

// Whoever begins anew may not need to compare any more. The other side hears of it,
// and asks for lists again.
func TestAComparisonThatIsGivenUp(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(500, 1, 100)
	b.things(500, 1, 100)
	a.cursor[b.id] = 500
	x, y := l.pair(a, b)
	l.run(l.delay) // the first question is on its way
	y.persist()
	b.cursor[a.id] = 500
	y.s.by[tagA].begin()
	l.run(5 * l.delay)
	if s := x.s.Status(tagA); s.Comparing {
		t.Fatalf("%+v", s)
	}
	y.put(tagA, Content, thing(2, 1, 100))
	y.shelves[tagA].things(400, 3, 100)
	y.wake(tagA)
	l.run(5 * time.Second)
	l.wantEqual(a, b)
	if s := x.s.Status(tagA); s.Contradicted || s.Seen != b.Last() {
		t.Errorf("%+v", s)
	}
}

// A backup that was put back counts on under the old name: cursors agree, sums do
// not.
func TestAContradictionIsFound(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(500, 1, 100)
	b.things(500, 1, 100)
	a.cursor[b.id], b.cursor[a.id] = 500, 500
	b.lose(3)
	for i := range 3 {
		b.put(Content, thing(9, i, 90))
	}
	x, y := l.pair(a, b)
	l.run(10 * time.Second)
	l.wantEqual(a, b)
	if !x.s.Status(tagA).Contradicted && !y.s.Status(tagA).Contradicted {
		t.Error("nobody has noticed")
	}
}

// A counting that ends before what was seen of it is followed from the beginning.
func TestACountingThatFellBack(t *testing.T) {
	for _, n := range []int{100, 500} {
		l, a, b := newLab(t), newShelf(1), newShelf(2)
		a.things(n, 1, 100)
		b.things(n-20, 1, 100)
		b.things(10, 2, 100)
		a.cursor[b.id], b.cursor[a.id] = uint64(n), 0
		x, _ := l.pair(a, b)
		l.run(5 * time.Second)
		l.wantEqual(a, b)
		if s := x.s.Status(tagA); s.Contradicted || s.Seen != b.Last() || a.cursor[b.id] != b.Last() {
			t.Errorf("of %d: %+v, kept is %d", n, s, a.cursor[b.id])
		}
	}
}
