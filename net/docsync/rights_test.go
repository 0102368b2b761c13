package docsync

import (
	"testing"
	"time"
)

// guarded connects a member, who shows somebody only so much, with that one.
func guarded(l *lab, r Rights) (x, y *end) {
	a, b := newShelf(1), newShelf(2)
	for i := range 30 {
		a.put(Sort(1+i%2), thing(1, i, 100))
		b.put(Sort(1+i%2), thing(2, i, 100))
	}
	x = l.device(nil, map[Tag]*shelf{tagA: a}, r)
	y = l.device(nil, map[Tag]*shelf{tagA: b}, All)
	return l.join(x, y)
}

func count(s *shelf, sort Sort) (n int) {
	for _, e := range s.order {
		if e.Sort == sort {
			n++
		}
	}
	return n
}

func wantSorts(t *testing.T, s *shelf, records, contents int) {
	t.Helper()
	if count(s, Record) != records || count(s, Content) != contents {
		t.Fatalf("%d records and %d contents, want %d and %d", count(s, Record), count(s, Content), records, contents)
	}
}

func TestRecordsOnly(t *testing.T) {
	l := newLab(t)
	x, y := guarded(l, Records)
	l.run(3 * time.Second)
	a, b := x.shelves[tagA], y.shelves[tagA]
	wantSorts(t, a, 30, 15)
	wantSorts(t, b, 30, 15)
	x.forget()
	x.put(tagA, Content, thing(3, 1, 100))
	y.put(tagA, Content, thing(3, 2, 100))
	l.run(3 * time.Second)
	if x.bytes > 0 {
		t.Errorf("%d bytes about what is not shown: %v", x.bytes, x.frames)
	}
	x.put(tagA, Record, thing(3, 3, 100))
	y.put(tagA, Record, thing(3, 4, 100))
	l.run(3 * time.Second)
	wantSorts(t, a, 32, 16)
	wantSorts(t, b, 32, 16)
	if s := x.s.Status(tagA); s.Rights != Records || s.Replica != b.id.ofRecords() || !s.Equal {
		t.Errorf("%+v", s)
	}
	if a.cursor[b.id] != 0 || a.cursor[b.id.ofRecords()] != b.Last() {
		t.Errorf("cursors are %v", a.cursor)
	}
}

func TestRightsRise(t *testing.T) {
	l := newLab(t)
	x, y := guarded(l, None)
	l.run(time.Second)
	wantSorts(t, y.shelves[tagA], 15, 15)
	wantSorts(t, x.shelves[tagA], 15, 15)
	for _, r := range []Rights{Records, All} {
		x.s.SetRights(tagA, r)
		x.due()
		l.run(3 * time.Second)
	}
	wantSorts(t, y.shelves[tagA], 30, 30)
	wantSorts(t, x.shelves[tagA], 30, 30)
	x.put(tagA, Content, thing(3, 1, 100))
	l.run(l.delay)
	wantSorts(t, y.shelves[tagA], 30, 31)
}

func TestRightsFall(t *testing.T) {
	l := newLab(t)
	x, y := guarded(l, All)
	l.run(3 * time.Second)
	x.s.SetRights(tagA, Records)
	k := x.shelves[tagA].put(Content, thing(3, 1, 100))
	x.wake(tagA)
	y.put(tagA, Content, thing(3, 2, 100)) // is under way when that changes
	l.run(3 * time.Second)
	wantSorts(t, y.shelves[tagA], 30, 31)
	wantSorts(t, x.shelves[tagA], 30, 31)
	if err := x.s.Receive(l.now, writeKeys(want, y.s.by[tagA], []Key{k})); err != nil {
		t.Fatal(err)
	}
	x.forget()
	x.due()
	l.run(time.Second)
	if x.frames[item] != 0 || x.frames[missing] != 1 {
		t.Errorf("asked for content, it sends %v", x.frames)
	}
	x.s.SetRights(tagA, None)
	x.put(tagA, Record, thing(3, 4, 100))
	y.put(tagA, Record, thing(3, 5, 100))
	l.run(3 * time.Second)
	wantSorts(t, y.shelves[tagA], 31, 31)
	if s := y.s.Status(tagA); s != (Status{}) {
		t.Errorf("nothing counts any more: %+v", s)
	}
}
