package node

import (
	"testing"
	"time"
)

func TestWhoIsAvoidedIsNotDialledButLetIn(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		a.dial(b)
		l.within(time.Second, "they meet", func() bool { _, ok := a.sees(b); return ok })
		device := b.who().Device
		a.avoids.Store(&device)
		b.stop()
		l.within(time.Minute, "they part", func() bool { return len(a.node.Peers()) == 0 })
		b = l.person("ben", newShelf("x", "ben")).start()
		defer b.stop()
		a.node.Hint("ben", Hint)
		a.node.NetworkChanged()
		time.Sleep(5 * time.Minute)
		if len(a.node.Peers()) > 0 {
			t.Fatal("who is to be avoided was dialled")
		}
		b.dial(a)
		l.within(time.Second, "who dials is let in", func() bool { _, ok := a.sees(b); return ok })
	})
}
