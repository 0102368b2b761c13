package docsync

import (
	"slices"
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
		within := listAfter + 4*l.delay
		if meeting {
			within = 2 * l.delay
		}
		l.run(within)
		l.wantEqual(a, b, mine[tagA])
		if pushed := ends[1].frames[push]; meeting != (pushed == 5) || !meeting && ends[1].frames[ids] != 1 {
			t.Errorf("meeting point %v: %v", meeting, ends[1].frames)
		}
	}
}

// company is n devices that are connected each with each.
func (l *lab) company(n int) (shelves []*shelf, ends [][]*end) {
	var claims []*Claims
	for i := range n {
		shelves, claims = append(shelves, newShelf(byte(i+1))), append(claims, NewClaims())
	}
	ends = make([][]*end, n)
	for i := range n {
		for j := range i {
			x := l.device(claims[i], map[Tag]*shelf{tagA: shelves[i]}, All)
			y := l.device(claims[j], map[Tag]*shelf{tagA: shelves[j]}, All)
			ends[i], ends[j] = append(ends[i], x), append(ends[j], y)
			l.join(x, y)
		}
	}
	for _, own := range ends {
		for _, e := range own {
			e.others = own
		}
	}
	return shelves, ends
}

// Among devices that hear each other, what is new goes once to each: it is pushed, not
// asked for, and told on in few lists.
func TestAmongManyAnItemGoesOnceToEach(t *testing.T) {
	const devices, rounds = 6, 20
	l := newLab(t)
	shelves, ends := l.company(devices)
	l.run(time.Second)
	frames := func(k kind) (n int) {
		for _, own := range ends {
			for _, e := range own {
				n += e.frames[k]
			}
		}
		return n
	}
	lists, began := frames(ids), l.now
	for round := range rounds {
		for i, own := range ends {
			own[0].put(tagA, Content, thing(byte(i), round, 200))
			l.run(15 * time.Millisecond)
		}
	}
	lasted := l.now.Sub(began)
	l.run(time.Second)
	l.wantEqual(shelves...)
	if n := frames(push); n != rounds*devices*(devices-1) {
		t.Errorf("%d items were pushed", n)
	}
	if frames(want)+frames(item) != 0 {
		t.Errorf("%d were asked for, %d sent twice", frames(want), frames(item))
	}
	most := devices * (devices - 1) * (int(lasted/sayEvery) + 2)
	if n := frames(ids) - lists; n > most {
		t.Errorf("%d lists, want at most %d", n, most)
	}
	for i, own := range ends {
		for _, e := range own {
			if s := e.s.Status(tagA); !s.Equal || s.Outstanding != 0 || s.Seen != s.Last || s.Acknowledged != shelves[i].Last() {
				t.Errorf("%d in the end: %+v", i, s)
			}
		}
	}
}

// What is pushed while something before it is not listed yet counts as seen only with
// that, and only once it is on disk.
func TestAPushBeforeItsList(t *testing.T) {
	v := newVictim(t, 0)
	v.must(v.have(2, 0))
	v.polls()
	first, later := thing(2, 1, 40), thing(2, 2, 40)
	v.must(v.says(v.push(span{1, 2}, later)))
	if kinds, _ := v.polls(); slices.Contains(kinds, since) || v.s.Status(tagA).Seen != 0 {
		t.Errorf("after what joins nothing it says %v", kinds)
	}
	v.must(v.says(v.ids(span{0, 2}, entryOf(1, first), entryOf(2, later))))
	v.s.Kept(v.now, tagA, keyOf(first), nil)
	if s := v.s.Status(tagA); s.Seen != 1 {
		t.Errorf("seen is %d, and the second is not on disk", s.Seen)
	}
	v.s.Kept(v.now, tagA, keyOf(later), nil)
	if s := v.s.Status(tagA); s.Seen != 2 {
		t.Errorf("seen is %d of 2", s.Seen)
	}
}
