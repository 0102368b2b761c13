package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/net/wire"
	"corkboard/share"
)

// look lets two look for people nearby, and waits until each sees the other.
func lookTest(t *testing.T, a, b *App) {
	t.Helper()
	ctx := testContext(t)
	eventually(t, b, "an address", func() bool { return len(b.Addresses()) > 0 })
	eventually(t, a, "an address", func() bool { return len(a.Addresses()) > 0 })
	must(t, a.SetNearby(ctx, true))
	must(t, b.SetNearby(ctx, true))
	a.company.hint(b.Addresses()[0])
	eventually(t, a, "who is there", func() bool { return len(a.Nearby().People) == 1 })
	eventually(t, b, "who is there", func() bool { return len(b.Nearby().People) == 1 })
}

func TestSomebodyNearbyIsInvited(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	must(t, b.SetProfile(ctx, "Ben", [3]byte{3, 2, 1}))
	if n := a.Nearby(); n.On || len(n.People) > 0 {
		t.Fatalf("without being asked: %+v", n)
	}
	lookTest(t, a, b)
	ben := a.Nearby().People[0]
	if ben.Name != "Ben" || ben.Colour != [3]byte{3, 2, 1} || ben.Person != b.Me().Person {
		t.Errorf("nearby is %+v", ben)
	}
	if len(a.Contacts()) > 0 || len(a.Device().Met) > 0 {
		t.Errorf("who is nearby is remembered: %+v, %+v", a.Contacts(), a.Device().Met)
	}

	id, _ := sharedWithLink(t, a, "Garden")
	must(t, a.Invite(ctx, id, ben.Person, share.Write))
	if m := ofOther(a, id); m.Name != "Ben" || !m.Invited {
		t.Errorf("who is invited stands there as %+v", m)
	}
	eventually(t, b, "the invitation", func() bool { return len(b.Invitations()) == 1 })
	i := b.Invitations()[0]
	if i.From.Name != "Ada" || i.Title != "Garden" || i.Role != share.Write {
		t.Errorf("invited as %+v", i)
	}
	if saidOn(t, b, id) != "" {
		t.Error("something has come before it was accepted")
	}
	_, err := b.Accept(ctx, i.ID)
	must(t, err)
	eventually(t, b, "the board", func() bool { return strings.Contains(saidOn(t, b, id), "Garden") })
	eventually(t, a, "that they have come", func() bool { m := ofOther(a, id); return !m.Invited && m.Here })

	must(t, a.SetNearby(ctx, false))
	eventually(t, b, "that she looks no more", func() bool { return len(b.Nearby().People) == 0 })
	if n := a.Nearby(); n.On || len(n.People) > 0 {
		t.Errorf("afterwards: %+v", n)
	}
	newText(t, a, id, board.Point{X: 900}, "still together")
	eventually(t, b, "what comes later", func() bool { return strings.Contains(saidOn(t, b, id), "still together") })
}

func TestStrangersNearbyPartWhenOneStops(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	lookTest(t, a, b)
	must(t, b.Block(a.Me().Person, true))
	if n := b.Nearby(); len(n.People) > 0 {
		t.Errorf("who is blocked is shown: %+v", n.People)
	}
	b.nearby.end() // as its timer does
	eventually(t, a, "that they have gone", func() bool { return len(a.Nearby().People) == 0 && len(a.company.present().Peers()) == 0 })
	if n := b.Nearby(); n.On || !n.Until.IsZero() {
		t.Errorf("afterwards: %+v", n)
	}
}

func TestNearbyEndsByItselfAndNeedsANetwork(t *testing.T) {
	a := openWith(t, Options{Profile: t.TempDir()})
	if err := a.SetNearby(testContext(t), true); err == nil || Sentence(err) == "" {
		t.Errorf("without a network: %v", err)
	}
	b := openTogether(t, t.TempDir())
	eventually(t, b, "an address", func() bool { return len(b.Addresses()) > 0 })
	began := b.opts.Now()
	must(t, b.SetNearby(context.Background(), true))
	n := b.Nearby()
	if took := n.Until.Sub(began); !n.On || took < NearbyTime || took > NearbyTime+time.Minute {
		t.Errorf("on: %v, for %v", n.On, took)
	}
	if b.nearby.vouches(wire.Who{Person: b.store.Person()}) {
		t.Error("a device that has shown nothing is vouched for")
	}
}
