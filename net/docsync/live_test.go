package docsync

import (
	"testing"
	"time"
)

// quiet is a pair that has nothing to say to each other.
func quiet(l *lab, n int) (*end, *end) {
	a, b := newShelf(1), newShelf(2)
	a.things(n, 1, 320)
	b.things(n, 1, 320)
	a.cursor[b.id], b.cursor[a.id] = uint64(n), uint64(n)
	x, y := l.pair(a, b)
	l.run(5 * time.Second)
	x.forget()
	y.forget()
	return x, y
}

// forget forgets what was counted so far.
func (e *end) forget() { e.bytes, e.frames = 0, map[kind]int{} }

func TestWhatIsNewIsThereAfterOneWay(t *testing.T) {
	l := newLab(t)
	x, y := quiet(l, 500)
	k := x.put(tagA, Content, thing(2, 1, 320))
	l.run(l.delay)
	if _, here := y.shelves[tagA].Find(k); !here {
		t.Fatal("it is not there")
	}
	l.run(l.delay)
	if s := x.s.Status(tagA); s.Acknowledged != x.shelves[tagA].Last() {
		t.Errorf("it is not acknowledged: %+v", s)
	}
	l.run(5 * time.Second)
	if x.frames[push] != 1 || y.frames[push]+y.frames[ids]+y.frames[since]+x.frames[since] > 0 {
		t.Errorf("it comes back, or is asked for: %v %v", x.frames, y.frames)
	}
	if both := x.bytes + y.bytes; both > 320+5*50 {
		t.Errorf("%d bytes for one new item of 320", both)
	}
}

func TestLongItemsAreListedAndAskedFor(t *testing.T) {
	l := newLab(t)
	x, y := quiet(l, 10)
	x.put(tagA, Content, thing(2, 1, 65<<10))
	x.put(tagA, Content, thing(2, 2, MaxItem))
	l.run(time.Second)
	l.wantEqual(x.shelves[tagA], y.shelves[tagA])
	if x.frames[push] != 0 || x.frames[item] != 2 {
		t.Errorf("%v", x.frames)
	}
}

// What a slow disk cannot take yet is not pushed on and on.
func TestPushesStopWhereNothingIsKept(t *testing.T) {
	l := newLab(t)
	x, y := quiet(l, 10)
	l.random = seeded(1)
	y.disk = l.now.Add(30 * time.Second)
	for i := range 500 {
		x.put(tagA, Content, thing(2, i, 4000))
		l.run(10 * time.Millisecond)
	}
	if sent := x.bytes; sent > 2*maxFlying+credit+60_000 {
		t.Errorf("%d bytes were sent, and none is on disk", sent)
	}
	l.run(60 * time.Second)
	l.wantEqual(x.shelves[tagA], y.shelves[tagA])
	for _, n := range x.shelves[tagA].reads {
		if n > 1 {
			t.Fatal("an item was sent twice")
		}
	}
}

// An acknowledgement comes four times a second, not with every item.
func TestAcknowledgementsAreFew(t *testing.T) {
	l := newLab(t)
	x, y := quiet(l, 10)
	for i := range 400 {
		x.put(tagA, Content, thing(2, i, 200))
		l.run(10 * time.Millisecond)
	}
	l.run(time.Second)
	l.wantEqual(x.shelves[tagA], y.shelves[tagA])
	if n := max(y.frames[seen], y.frames[have], x.frames[have]); n > 18 {
		t.Errorf("%d in four seconds: %v %v", n, x.frames, y.frames)
	}
}

// A small collection does not wait for a large one, and records go first.
func TestCollectionsTakeTurns(t *testing.T) {
	l := newLab(t)
	big, small := newShelf(1), newShelf(2)
	big.things(4000, 1, 8000)
	for i := range 100 {
		big.put(Record, thing(3, i, 200))
	}
	small.things(20, 2, 8000)
	x := l.device(nil, map[Tag]*shelf{tagA: big, tagB: small}, All)
	y := l.device(nil, map[Tag]*shelf{tagA: newShelf(3), tagB: newShelf(4)}, All)
	l.join(x, y)
	l.run(300 * time.Millisecond)
	l.wantEqual(small, y.shelves[tagB])
	if n := len(y.shelves[tagA].order); n > 400 || n == 0 {
		t.Errorf("%d of the large collection are there meanwhile", n)
	}
	l.run(200 * time.Second)
	l.wantEqual(big, y.shelves[tagA])
	for i, e := range y.shelves[tagA].order {
		if e.Sort == Record && i >= 100 {
			t.Fatalf("a record is the %d.", i)
		}
	}
}

func TestACollectionThatIsOpenedLater(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(2)
	a.things(10, 1, 100)
	x, y := l.device(nil, map[Tag]*shelf{tagA: a}, All), l.device(nil, nil, All)
	l.join(x, y)
	l.run(time.Second)
	y.shelves = map[Tag]*shelf{tagA: b}
	y.s.Open(tagA, b, All)
	y.due()
	l.run(time.Second)
	l.wantEqual(a, b)
	y.s.Close(tagA)
	y.due()
	l.run(time.Second)
	if s := x.s.Status(tagA); s != (Status{}) {
		t.Errorf("it is closed there: %+v", s)
	}
}

func TestARealCopyOfOneselfIsLeftAlone(t *testing.T) {
	l, a, b := newLab(t), newShelf(1), newShelf(1)
	a.things(10, 1, 100)
	x, _ := l.pair(a, b)
	l.run(time.Second)
	if s := x.s.Status(tagA); s.Rights != None || len(b.order) > 0 {
		t.Errorf("%+v", s)
	}
}

// What came from another is listed, unless this is a meeting point.
func TestWhatCameFromAnotherGoesOn(t *testing.T) {
	for _, meeting := range []bool{false, true} {
		l, claims, mine := newLab(t), NewClaims(), map[Tag]*shelf{tagA: newShelf(1)}
		a, b := newShelf(2), newShelf(3)
		var ends []*end
		for _, s := range []*shelf{a, b} {
			e := l.device(claims, mine, All)
			e.s.pushOn = meeting
			ends = append(ends, e)
			l.join(e, l.device(nil, map[Tag]*shelf{tagA: s}, All))
		}
		ends[0].others, ends[1].others = ends, ends
		l.run(time.Second)
		for i := range 5 {
			ends[0].other.put(tagA, Content, thing(1, i, 200))
		}
		hops := time.Duration(4)
		if meeting {
			hops = 2
		}
		l.run(hops * l.delay)
		l.wantEqual(a, b, mine[tagA])
		if pushed := ends[1].frames[push]; meeting != (pushed == 5) || !meeting && ends[1].frames[ids] != 1 {
			t.Errorf("meeting point %v: %v", meeting, ends[1].frames)
		}
	}
}
