package docsync

import (
	"testing"
	"time"
)

func TestAnEmptySideGetsAll(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(5000, 1, 320)
	x, y := l.pair(a, b)
	l.run(10 * time.Second)
	l.wantEqual(a, b)
	if s := x.s.Status(tagA); s.Acknowledged != a.Last() || !s.Equal || s.Outstanding != 0 {
		t.Errorf("after all is there: %+v", s)
	}
	if y.bytes > 5000*50 {
		t.Errorf("%d bytes to ask for 5000 items", y.bytes)
	}
	t.Log(x.bytes, y.bytes, x.frames, y.frames)
}

// target is what a comparison of cursors may cost, where nothing is new.
func TestNothingNew(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(20_000, 1, 320)
	b.things(20_000, 1, 320)
	a.cursor[b.id], b.cursor[a.id] = 20_000, 20_000
	x, y := l.pair(a, b)
	began := l.now
	l.run(10 * time.Second)
	last := x.last
	if y.last.After(last) {
		last = y.last
	}
	trips := float64(last.Add(l.delay).Sub(began)) / float64(2*l.delay)
	t.Logf("nothing new: %d bytes, %.1f round trips", x.bytes+y.bytes, trips)
	if x.bytes+y.bytes > 200 || trips > 1 {
		t.Errorf("%d bytes and %.1f round trips where nothing is new: %v %v", x.bytes+y.bytes, trips, x.frames, y.frames)
	}
	if s := x.s.Status(tagA); !s.Equal || s.Acknowledged != 20_000 {
		t.Errorf("%+v", s)
	}
}

func TestTenDifferencesAtFirstContact(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(20_000, 1, 320)
	b.things(20_000, 1, 320)
	a.things(5, 2, 320)
	b.things(5, 3, 320)
	x, y := l.pair(a, b)
	began, equalAt := l.now, time.Time{}
	for range 400 {
		l.run(5 * time.Millisecond)
		if len(a.order) == 20_010 && len(b.order) == 20_010 && equalAt.IsZero() {
			equalAt = l.now
		}
	}
	l.run(10 * time.Second)
	l.wantEqual(a, b)
	trips := float64(equalAt.Sub(began)) / float64(2*l.delay)
	t.Logf("ten differences: %d bytes, %.1f round trips, %v %v", x.bytes+y.bytes, trips, x.frames, y.frames)
	if x.bytes+y.bytes > 20_000 || trips > 4 {
		t.Errorf("%d bytes and %.1f round trips for ten differences", x.bytes+y.bytes, trips)
	}
	if s := x.s.Status(tagA); !s.Equal || s.Acknowledged != a.Last() {
		t.Errorf("%+v", s)
	}
}
