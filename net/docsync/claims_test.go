package docsync

import (
	"testing"
	"time"
)

// between is one device, with an empty shelf, between others of the same shelf.
func (l *lab) between(shelves ...*shelf) (mine *shelf, ends []*end) {
	claims, mine := NewClaims(), newShelf(200)
	for _, s := range shelves {
		e := l.device(claims, map[Tag]*shelf{tagA: mine}, All)
		l.join(e, l.device(nil, map[Tag]*shelf{tagA: s}, All))
		ends = append(ends, e)
	}
	for _, e := range ends {
		e.others = ends
	}
	return mine, ends
}

func twoShelves(n int) (a, b *shelf) {
	a, b = newShelf(1), newShelf(2)
	a.things(n, 1, 300)
	b.things(n, 1, 300)
	return a, b
}

func TestNothingIsAskedOfTwo(t *testing.T) {
	l := newLab(t)
	a, b := twoShelves(3000)
	mine, ends := l.between(a, b)
	l.run(20 * time.Second)
	l.wantEqual(a, b, mine)
	if n := ends[0].other.frames[item] + ends[1].other.frames[item]; n != 3000 {
		t.Errorf("%d items were sent, 3000 are needed", n)
	}
	if ends[0].frames[push]+ends[1].frames[push]+ends[0].frames[item]+ends[1].frames[item] > 0 {
		t.Error("what came from one went to the other, who has it")
	}
	t.Logf("%d and %d items, listed in %d bytes", ends[0].other.frames[item], ends[1].other.frames[item],
		ends[0].bytes+ends[1].bytes)
}

func TestWhatIsMissingThereIsAskedElsewhere(t *testing.T) {
	l := newLab(t)
	a, b := twoShelves(200)
	for k := range a.raw {
		delete(a.raw, k) // it lists what it cannot read
	}
	mine, ends := l.between(a, b)
	l.run(5 * time.Second)
	l.wantEqual(b, mine)
	if s := ends[0].s.Status(tagA); s.Outstanding != 0 || s.Seen != a.Last() {
		t.Errorf("%+v", s)
	}
}

func TestWhoGoesIsAskedNoMore(t *testing.T) {
	l := newLab(t)
	a, b := twoShelves(400)
	mine, ends := l.between(a, b)
	l.run(3*l.delay + time.Millisecond) // both lists are there, and wishes on the way
	if len(mine.order) > 0 {
		t.Fatal("too late to go")
	}
	ends[0].cut()
	l.run(3 * time.Second)
	l.wantEqual(b, mine)
}

func TestWhoDoesNotAnswerIsNotWaitedFor(t *testing.T) {
	l := newLab(t)
	a, b := twoShelves(400)
	mine, ends := l.between(a, b)
	l.run(3*l.delay + time.Millisecond)
	ends[0].other.alive = false // silent, and not gone
	l.run(claimLasts + 3*time.Second)
	l.wantEqual(b, mine)
}

func TestWhatIsRefusedIsNotAskedAgain(t *testing.T) {
	l := newLab(t)
	a, b := twoShelves(50)
	bad := a.order[7].Key
	l.refuse = func(k Key) bool { return k == bad }
	mine, ends := l.between(a, b)
	l.run(10 * time.Second)
	if len(mine.order) != 49 || mine.cursor[a.id] != 50 || mine.cursor[b.id] != 50 {
		t.Errorf("%d items, seen are %v", len(mine.order), mine.cursor)
	}
	if n := a.reads[bad] + b.reads[bad]; n != 1 {
		t.Errorf("it was sent %d times", n)
	}
	if s := ends[0].s.Status(tagA); s.Equal || s.Outstanding != 0 {
		t.Errorf("%+v", s)
	}
}
