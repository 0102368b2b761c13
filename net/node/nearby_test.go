package node

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/net/wire"
	"corkboard/share"
)

// neighbours keeps who is nearby.
type neighbours struct {
	lock  sync.Mutex
	card  string
	there map[wire.Who]string
	fail  error
}

func (n *neighbours) Card() []byte {
	n.lock.Lock()
	defer n.lock.Unlock()
	if n.card == "" {
		return nil
	}
	return []byte(n.card)
}

func (n *neighbours) Meet(who wire.Who, card []byte) error {
	n.lock.Lock()
	defer n.lock.Unlock()
	if n.fail == nil {
		n.there[who] = string(card)
	}
	return n.fail
}

func (n *neighbours) Part(who wire.Who) {
	n.lock.Lock()
	defer n.lock.Unlock()
	delete(n.there, who)
}

func (n *neighbours) said(p *person) string {
	n.lock.Lock()
	defer n.lock.Unlock()
	return n.there[p.who()]
}

// look lets a person look for people, and be found under a card; "" ends it.
func (p *person) look(card string) {
	p.near.lock.Lock()
	p.near.card = card
	p.near.lock.Unlock()
	p.node.Refresh()
}

// linked is how many connections a person has.
func (p *person) linked() int {
	p.node.mu.Lock()
	defer p.node.mu.Unlock()
	return len(p.node.links)
}

// meetNearby has two look, and waits until each has the other's card.
func (l *lab) meetNearby(a, b *person) {
	l.t.Helper()
	a.look("I am Ada")
	b.look("I am Ben")
	a.node.Hint(b.at.Addresses()[0], Hint)
	l.within(3*time.Second, "both know who is there", func() bool {
		return a.near.said(b) == "I am Ben" && b.near.said(a) == "I am Ada"
	})
}

func TestTwoWhoLookMeetAndPart(t *testing.T) {
	for _, who := range []string{"the dialler", "the other"} {
		t.Run(who+" stops", func(t *testing.T) {
			inLab(t, func(l *lab) {
				a, b := l.person("ada", newShelf("x", "ada")).start(), l.person("ben").start()
				defer a.stop()
				defer b.stop()
				l.meetNearby(a, b)
				if got := a.node.Peers(); len(got) != 1 || !got[0].Passing || len(got[0].Collections) > 0 {
					t.Errorf("they are connected as %+v", got)
				}
				stops, stays := a, b
				if who == "the other" {
					stops, stays = b, a
				}
				card := stops.near.card
				stops.look("")
				l.within(time.Second, "they have parted", func() bool {
					return a.near.said(b) == "" && b.near.said(a) == "" && a.linked()+b.linked() == 0
				})
				time.Sleep(30 * time.Minute)
				if a.near.said(b)+b.near.said(a) != "" || len(a.node.Peers())+len(b.node.Peers()) > 0 {
					t.Error("they have met again though one does not look")
				}
				if len(a.met.Load())+len(b.met.Load()) > 0 {
					t.Errorf("where they were met is remembered: %v, %v", a.met.Load(), b.met.Load())
				}
				stops.look(card)
				stays.look("still here")
				stops.node.Hint(stays.at.Addresses()[0], Hint)
				l.within(3*time.Second, "they meet again", func() bool { return stops.near.said(stays) == "still here" })
			})
		})
	}
}

func TestWhoDoesNotLookLearnsAndTellsNothing(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b := l.person("ada", newShelf("x", "ada")).start(), l.person("ben", newShelf("y", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.look("I am Ada")
		for _, dial := range []func() error{
			func() error { return a.node.Dial(context.Background(), b.at.Addresses()[0]) },
			func() error { return b.node.Dial(context.Background(), a.at.Addresses()[0]) },
		} {
			if err := dial(); !errors.Is(err, wire.ErrStranger) {
				t.Errorf("they are no strangers: %v", err)
			}
		}
		if a.near.said(b)+b.near.said(a) != "" {
			t.Error("something was said")
		}
	})
}

func TestLookingComesAndGoesBesideWhatIsShared(t *testing.T) {
	inLab(t, func(l *lab) {
		a, b := l.person("ada", newShelf("x", "ada")).start(), l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.dial(b)
		for range 3 {
			l.meetNearby(a, b)
			if got := a.node.Peers(); len(got) != 1 || got[0].Passing {
				t.Fatalf("they are connected as %+v", got)
			}
			b.look("")
			l.within(time.Second, "nobody is nearby", func() bool { return a.near.said(b)+b.near.said(a) == "" })
			a.look("")
			time.Sleep(time.Second)
			if c, ok := a.sees(b); !ok || len(c) != 1 || a.linked() != 1 {
				t.Fatalf("what they share is gone: %v, %v", c, ok)
			}
		}
	})
}

func TestWhoWasMetNearbySharesLater(t *testing.T) {
	inLab(t, func(l *lab) {
		x := newShelf("x", "ada")
		a, b := l.person("ada", x).start(), l.person("ben").start()
		defer a.stop()
		defer b.stop()
		l.meetNearby(a, b)
		i := Invitation{Collection: x.id, Kind: "board", Role: share.Write, Title: "Garden"}
		a.tray.lock.Lock()
		a.tray.pending[b.self.Person] = []Invitation{i}
		a.tray.lock.Unlock()
		a.node.Deliver()
		l.within(time.Second, "the invitation is there", func() bool { return b.tray.has() == 1 })
		b.shelves.add(newShelf("x", "ben"))
		l.within(time.Second, "they share it", func() bool { c, _ := a.sees(b); return len(c) == 1 })
		a.look("")
		b.look("")
		time.Sleep(time.Minute)
		if c, ok := b.sees(a); !ok || len(c) != 1 || b.linked() != 1 {
			t.Errorf("what they share has ended with looking: %v, %v", c, ok)
		}
	})
}

func TestPeopleNearbyAreOnTheSameNetwork(t *testing.T) {
	x := newShelf("x", "ada")
	c := makeCatalog([]Shelf{x}, nil, nil, true, &catalog{})
	own := wire.MeetSecret(x.id)
	for step, want := range map[wire.Step][]wire.Secret{
		wire.StepLocal: {everybody, own}, wire.StepDirect: {own}, wire.StepRelayed: {own}, wire.StepFolder: {own}, wire.StepUnknown: {own},
	} {
		if got := secretsOf(c.at(step)); !slices.Equal(got, want) {
			t.Errorf("%v: %d secrets, want %d", step, len(got), len(want))
		}
	}
	if c.version == 0 || makeCatalog([]Shelf{x}, nil, nil, true, c).version != c.version || makeCatalog([]Shelf{x}, nil, nil, false, c).version == c.version {
		t.Error("whether people are looked for does not count as a change when it is one")
	}
}

// errNotTheirs is what a card ends with that is somebody else's.
var errNotTheirs = errors.New("not theirs")

func TestHostileNeighbours(t *testing.T) {
	for name, attack := range map[string]func(m *mallory, s wire.Stream, a *person){
		"a frame that is too long": func(_ *mallory, s wire.Stream, _ *person) { s.Write(frame(MaxCard+1, nil)) },
		"a second card": func(_ *mallory, s wire.Stream, _ *person) {
			s.Write(append(frame(1, []byte("x")), frame(1, []byte("y"))...))
		},
		"a card that is not theirs": func(_ *mallory, s wire.Stream, a *person) {
			a.near.lock.Lock()
			a.near.fail = errNotTheirs
			a.near.lock.Unlock()
			s.Write(frame(1, []byte("x")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada").start()
				defer a.stop()
				a.look("I am Ada")
				m := l.mallory("mal")
				defer m.at.Close()
				conn := m.dial(a)
				if _, err := wire.Shake(m.ctx, m.open(conn, wire.Hello), conn, []wire.Secret{everybody}, l.person("eve").self); err != nil {
					t.Fatal(err)
				}
				m.attack(conn, func(m *mallory, c wire.Conn) { attack(m, m.use(c, Nearby), a) })
				l.within(time.Second, "they are left alone", func() bool {
					a.node.mu.Lock()
					defer a.node.mu.Unlock()
					return a.node.bans.of(deviceKey(l.person("eve").who().Device), time.Now()) == hostile
				})
				if a.near.said(l.person("eve")) != "" {
					t.Error("they are still shown")
				}
			})
		})
	}
}

// Those who look and say nothing, or nobody's name, get nothing shown and end.
func TestSilentNeighboursAreNotShown(t *testing.T) {
	for name, me := range map[string]bool{"with a name": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada").start()
				defer a.stop()
				a.look("I am Ada")
				m := l.mallory("mal")
				defer m.at.Close()
				conn := m.dial(a)
				self := l.person("eve").self
				if !me {
					self = nil
				}
				if _, err := wire.Shake(m.ctx, m.open(conn, wire.Hello), conn, []wire.Secret{everybody}, self); err != nil {
					t.Fatal(err)
				}
				s := m.open(conn, Nearby)
				defer s.Close()
				l.within(3*helloTime, "it is over", func() bool { return a.linked() == 0 })
				a.near.lock.Lock()
				defer a.near.lock.Unlock()
				if len(a.near.there) > 0 {
					t.Errorf("shown are %v", a.near.there)
				}
			})
		})
	}
}
