package node

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/net/docsync"
)

func alike(list ...*shelf) func() bool {
	return func() bool {
		for _, s := range list[1:] {
			if !slices.Equal(s.texts(), list[0].texts()) {
				return false
			}
		}
		return true
	}
}

// pair is two devices that share a collection.
func pair(l *lab) (a, b *person, x, y *shelf) {
	x, y = newShelf("x", "ada"), newShelf("x", "ben")
	return l.person("ada", x).start(), l.person("ben", y).start(), x, y
}

func TestItemsGoBothWays(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		x.write("R first", "C one", "C "+strings.Repeat("long", 100_000))
		y.write("C two", "C three")
		a.dial(b)
		l.within(time.Second, "both have all", alike(x, y))
		if n := len(x.texts()); n != 5 {
			t.Fatalf("%d items", n)
		}
		acked := func() bool {
			x.lock.Lock()
			defer x.lock.Unlock()
			return x.acked[b.who().Device] == 5 && x.seen[y.replica] == 5
		}
		l.within(5*time.Second, "both know", acked)
		l.within(5*time.Second, "the node says so", func() bool {
			c := a.node.Peers()[0].Collections
			return len(c) == 1 && c[0].Equal && c[0].Rights == docsync.All && c[0].Acknowledged == 5
		})
	})
}

func TestWhatIsNewArrivesAtOnce(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		a.dial(b)
		time.Sleep(time.Minute)
		for i := range 20 {
			from, to := x, y
			if i%2 == 1 {
				from, to = y, x
			}
			text := fmt.Sprint("C live ", i)
			from.write(text)
			l.within(5*time.Millisecond, text, func() bool { return slices.Contains(to.texts(), text) })
			time.Sleep(time.Duration(i) * 100 * time.Millisecond)
		}
	})
}

func TestWhatWasWrittenApartComesTogether(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		a.dial(b)
		for round := range 5 {
			l.net.Cut("ada", "ben")
			x.write(fmt.Sprint("C of ada ", round))
			y.write(fmt.Sprint("C of ben ", round))
			time.Sleep(time.Minute)
			if alike(x, y)() {
				t.Fatal("what was cut is not")
			}
			l.net.Heal("ada", "ben")
			l.within(70*time.Second, "both have all", alike(x, y))
		}
		l.within(time.Second, "nothing waits to be stored twice", func() bool { return x.Last() == 10 && y.Last() == 10 })
	})
}

func TestARestartGoesOnWhereItWas(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer b.stop()
		x.write("C before")
		a.dial(b)
		l.within(time.Second, "both have all", alike(x, y))
		a.stop()
		x.write("C while it was off")
		y.write("C while it was off, by ben")
		a.start()
		defer a.stop()
		l.within(time.Minute, "both have all", alike(x, y))
	})
}

func TestThreeInALinePassItemsOn(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		z := newShelf("x", "cyd")
		c := l.person("cyd", z).start()
		defer a.stop()
		defer b.stop()
		defer c.stop()
		l.net.Cut("ada", "cyd")
		x.write("C of ada")
		z.write("C of cyd")
		a.dial(b)
		c.dial(b)
		l.within(time.Second, "all have all", alike(x, y, z))
		time.Sleep(time.Minute)
		z.write("C later")
		l.within(150*time.Millisecond, "it is passed on soon", func() bool { return slices.Contains(x.texts(), "C later") })
	})
}

func TestRightsGrowDuringASession(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		x.allow(b, docsync.Records)
		x.write("R invite", "C hidden")
		a.dial(b)
		l.within(time.Second, "records come", func() bool { return slices.Equal(y.texts(), []string{"R invite"}) })
		y.write("R join", "C early")
		l.within(time.Second, "records go", func() bool { return slices.Contains(x.texts(), "R join") })
		time.Sleep(time.Minute)
		if slices.Contains(y.texts(), "C hidden") || slices.Contains(x.texts(), "C early") {
			t.Fatal("content went without a right")
		}
		x.allow(b, docsync.All)
		a.shelves.Wake()
		l.within(time.Second, "all comes", alike(x, y))
		x.allow(b, docsync.None)
		a.shelves.Wake()
		time.Sleep(time.Second)
		x.write("C after the end")
		time.Sleep(time.Minute)
		if slices.Contains(y.texts(), "C after the end") {
			t.Fatal("content went to somebody who is out")
		}
	})
}

func TestACollectionAddedLaterIsSynced(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, _, _ := pair(l)
		defer a.stop()
		defer b.stop()
		a.dial(b)
		time.Sleep(time.Minute)
		u, v := newShelf("later", "ada"), newShelf("later", "ben")
		u.write("C one")
		v.write("C two")
		b.shelves.add(v)
		time.Sleep(time.Minute)
		a.shelves.add(u)
		l.within(time.Second, "both have all", alike(u, v))
		a.shelves.remove(u)
		time.Sleep(time.Minute)
		v.write("C three")
		time.Sleep(time.Minute)
		if alike(u, v)() {
			t.Fatal("what was left goes on")
		}
		a.shelves.add(u)
		l.within(time.Second, "it goes on again", alike(u, v))
	})
}

func TestWithAFullDiskOthersStillReadAndItIsTriedAgain(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		y.fail = errors.New("disk is full")
		x.write("C one")
		a.dial(b)
		time.Sleep(5 * time.Minute)
		if y.Seen(x.replica) != 0 {
			t.Fatal("seen is said of what is not on disk")
		}
		if p := b.node.Peers(); len(p) != 1 || !p[0].Collections[0].Held {
			t.Fatalf("the node does not say so: %+v", p)
		}
		y.entry("C of ben, from before")
		l.within(time.Second, "ada reads on", func() bool { return x.Last() == 2 })
		y.lock.Lock()
		if y.puts > 30 {
			t.Errorf("tried %d times in five minutes", y.puts)
		}
		y.fail = nil
		y.lock.Unlock()
		l.within(2*time.Minute, "it goes once there is room", alike(x, y))
	})
}

func TestManyItemsGoInFewCommits(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b, x, y := pair(l)
		defer a.stop()
		defer b.stop()
		var texts []string
		for i := range 5000 {
			texts = append(texts, fmt.Sprint("C ", i))
		}
		x.write(texts...)
		y.slow = 5 * time.Millisecond
		a.dial(b)
		l.within(time.Minute, "ben has all", alike(x, y))
		if y.puts > 50 {
			t.Errorf("%d commits for 5,000 items", y.puts)
		}
	})
}
