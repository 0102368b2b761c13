package docsync

import (
	"testing"
	"time"
)

// A side without room takes nothing and acknowledges nothing, but gives what it has;
// with room again it takes all.
func TestWhoHoldsIsReadAndTakesNothing(t *testing.T) {
	for name, stored := range map[string]int{"at once": 0, "after some": 300} {
		t.Run(name, func(t *testing.T) {
			l, a, full := newLab(t), newShelf(1), newShelf(2)
			a.things(900, 1, 2000)
			full.things(40, 2, 320)
			x, y := l.device(nil, map[Tag]*shelf{tagA: a}, All), l.device(nil, map[Tag]*shelf{tagA: full}, All)
			room := stored
			y.reject = func(Key) bool { room--; return room < 0 }
			l.join(x, y)
			l.run(5 * time.Second)
			x.put(tagA, Content, []byte("new while there is no room"))
			l.run(20 * time.Second)
			if got := len(full.order); got != 40+stored {
				t.Fatalf("%d items there, want %d", got, 40+stored)
			}
			if len(a.order) != 941 {
				t.Errorf("what is there is not given: %d items here", len(a.order))
			}
			if s := x.s.Status(tagA); s.Acknowledged >= a.Last() || s.Equal {
				t.Errorf("what is not kept counts as kept: %+v", s)
			}
			if !x.alive || !y.alive {
				t.Fatal(x.err, y.err)
			}
			idle := x.bytes + y.bytes
			l.run(10 * time.Second)
			if more := x.bytes + y.bytes - idle; more > 0 {
				t.Errorf("%d bytes while nothing goes on", more)
			}
			y.reject = nil
			y.s.Hold(tagA, false)
			y.due()
			l.run(20 * time.Second)
			l.wantEqual(a, full)
			if s := x.s.Status(tagA); s.Acknowledged != a.Last() || !s.Equal {
				t.Errorf("%+v", s)
			}
		})
	}
}
