package node

import (
	"context"
	"errors"
	"testing"
	"time"

	"corkboard/access"
	"corkboard/net/wire"
)

func TestTwoWhoShareACollectionMeet(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada"), newShelf("only ada's", "ada")).start()
		b := l.person("ben", newShelf("x", "ben"), newShelf("only ben's", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.dial(b)
		for _, p := range []struct{ of, who *person }{{a, b}, {b, a}} {
			l.within(time.Second, "both see each other", func() bool {
				c, ok := p.of.sees(p.who)
				return ok && len(c) == 1 && c[0] == p.of.shelves.list[0].id
			})
		}
		if got := a.met.Load(); len(got) != 1 || got[0].Address != "ben" || got[0].Device != b.who().Device {
			t.Fatalf("remembered: %v", got)
		}
	})
}

func TestStrangersAreLeftAloneUntilThereAreNewSecrets(t *testing.T) {
	inLab(t, func(l *lab) {
		x := newShelf("x", "ada")
		a := l.person("ada", x).start()
		b := l.person("ben", newShelf("y", "ben")).start()
		defer a.stop()
		defer b.stop()
		if err := a.node.Dial(context.Background(), "ben"); !errors.Is(err, wire.ErrStranger) {
			t.Fatalf("dial a stranger: %v", err)
		}
		a.node.Hint("ben", Hint)
		time.Sleep(5 * time.Minute)
		if len(a.node.Peers())+len(b.node.Peers()) > 0 {
			t.Fatal("strangers see each other")
		}
		a.shelves.add(newShelf("y", "ada"))
		l.within(time.Second, "they meet once they share something", func() bool {
			_, ok := b.sees(a)
			return ok
		})
	})
}

func TestACollectionAddedLaterIsMatchedWithinASecond(t *testing.T) {
	for _, first := range []string{"the dialler", "the other"} {
		t.Run(first, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada", newShelf("x", "ada")).start()
				b := l.person("ben", newShelf("x", "ben")).start()
				defer a.stop()
				defer b.stop()
				a.dial(b)
				one, two := a, b
				if first == "the other" {
					one, two = b, a
				}
				for i, c := range []string{"y", "z", "u"} {
					one.shelves.add(newShelf(c, one.name))
					time.Sleep(time.Minute)
					two.shelves.add(newShelf(c, two.name))
					l.within(time.Second, c+" is shared", func() bool {
						at, _ := a.sees(b)
						bt, _ := b.sees(a)
						return len(at) == i+2 && len(bt) == i+2
					})
				}
				if len(a.node.links) != 1 {
					t.Fatal("the connection did not stay")
				}
			})
		})
	}
}

func TestWhoIsCutOffComesBack(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.dial(b)
		l.net.Cut("ada", "ben")
		gone := func() bool { return len(a.node.Peers())+len(b.node.Peers()) == 0 }
		l.within(time.Second, "both see the cut", gone)
		time.Sleep(10 * time.Minute)
		l.net.Heal("ada", "ben")
		back := func() bool { _, ok := b.sees(a); return ok }
		l.within(70*time.Second, "they meet again", back)
		l.net.Freeze("ada", "ben")
		l.within(time.Minute, "both notice the silence", gone)
		l.net.Heal("ada", "ben")
		l.within(70*time.Second, "they meet again after silence", back)
	})
}

func TestOfCrossingConnectionsOneStays(t *testing.T) {
	inLab(t, func(l *lab) {
		l.net.Suffer(latency(50 * time.Millisecond))
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.node.Hint("ben", Hint)
		b.node.Hint("ada", Hint)
		time.Sleep(10 * time.Second)
		for _, p := range []*person{a, b} {
			if n := len(p.node.Peers()); n != 1 {
				t.Fatalf("%s has %d connections", p.name, n)
			}
		}
		if _, ok := a.sees(b); !ok {
			t.Fatal("the one that stays is not theirs")
		}
		time.Sleep(time.Hour)
		if n := len(a.node.Peers()); n != 1 {
			t.Fatalf("%d connections after an hour", n)
		}
	})
}

func TestAfterARestartSavedAddressesAreDialled(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		a.dial(b)
		a.stop()
		b.stop()
		b.start()
		time.Sleep(time.Hour)
		a.start()
		defer a.stop()
		defer b.stop()
		l.within(time.Second, "they meet", func() bool { _, ok := b.sees(a); return ok })
	})
}

func TestInvitationsGoNowOrWhenSomebodyConnects(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		one, two, three := anInvitation(), anInvitation(), anInvitation()
		two.Title, three.Title = "two", "three"
		a.tray.pending[b.self.Person] = []Invitation{one, two}
		a.dial(b)
		all := func(n int) func() bool {
			return func() bool { return b.tray.has() == n && len(a.tray.Pending(b.who())) == 0 }
		}
		l.within(time.Second, "two are delivered", all(2))
		a.tray.lock.Lock()
		a.tray.pending[b.self.Person] = []Invitation{three}
		a.tray.lock.Unlock()
		a.node.Deliver()
		l.within(time.Second, "the third is delivered", all(3))
		if b.tray.taken[0] != one || b.tray.taken[2] != three {
			t.Fatalf("taken: %+v", b.tray.taken)
		}
	})
}

func TestAnInvitationThatIsNotKeptIsOfferedAgain(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		b.tray.fail = errors.New("full")
		b.tray.pending[a.self.Person] = []Invitation{{Collection: access.RecordID{9}, Kind: "board", Role: 'w'}}
		a.tray.pending[b.self.Person] = []Invitation{anInvitation()}
		a.dial(b)
		l.within(time.Second, "the other way it goes", func() bool { return a.tray.has() == 1 })
		time.Sleep(time.Minute)
		if b.tray.has() != 0 || len(a.tray.Pending(b.who())) != 1 {
			t.Fatal("what was not kept counts as delivered")
		}
		b.tray.lock.Lock()
		b.tray.fail = nil
		b.tray.lock.Unlock()
		l.net.Cut("ada", "ben")
		l.net.Heal("ada", "ben")
		l.within(time.Minute, "it goes on the next connection", func() bool {
			return b.tray.has() == 1 && len(a.tray.Pending(b.who())) == 0
		})
	})
}
