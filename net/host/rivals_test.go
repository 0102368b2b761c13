package host

import (
	"sync"
	"testing"
	"time"
)

// Both ends dial at the same moment, again and again: each time both end up with one
// connection, the same one, and it works.
func TestDialFromBothEndsAtOnce(t *testing.T) {
	for range 20 {
		a, b := start(t, Options{}), start(t, Options{})
		toA, toB := address(t, a, "tcp"), address(t, b, "tcp")
		var both sync.WaitGroup
		both.Go(func() { a.Dial(within(t), toB) })
		both.Go(func() { b.Dial(within(t), toA) })
		both.Wait()
		var ab, ba *conn
		until(t, "one connection on both sides", func() bool {
			atA, atB := a.all(), b.all()
			if len(atA) != 1 || len(atB) != 1 || len(a.parts.swarm.Conns()) != 1 || len(b.parts.swarm.Conns()) != 1 {
				return false
			}
			ab, ba = atA[0], atB[0]
			return ab.dialled != ba.dialled
		})
		if s, err := ab.Open(within(t), "/corkboard/hello/1"); err != nil {
			t.Fatal(err)
		} else if _, r, err := ba.Accept(within(t)); err != nil {
			t.Fatal(err)
		} else {
			carries(t, s, r, "over the one that is kept")
		}
		a.Close()
		b.Close()
	}
}

// The verdict is the same from both ends and for both orders.
func TestVerdictsAgree(t *testing.T) {
	a, b := start(t, Options{}), start(t, Options{})
	ab, ba := meet(t, a, b, "tcp")
	atA, atB := ab.(*conn), ba.(*conn)
	// The other connection, dialled by b, as each end would see it.
	seen := func(c *conn, dialled bool, opened time.Time) *conn {
		return &conn{host: c.host, net: c.net, dialled: dialled, opened: opened}
	}
	otherA, otherB := seen(atA, false, atA.opened), seen(atB, true, atB.opened)
	kept := func(old, new *conn) *conn {
		if judge(old, new) == keepNew {
			return new
		}
		return old
	}
	first := kept(atA, otherA) == atA
	for _, keptFirst := range []bool{
		kept(otherA, atA) == atA, kept(atB, otherB) == atB, kept(otherB, atB) == atB,
	} {
		if keptFirst != first {
			t.Fatal("the ends would keep different connections")
		}
	}
	late := seen(atB, true, atB.opened.Add(together+1))
	if judge(atB, late) != keepNew {
		t.Error("an end that has lost the old connection cannot dial anew")
	}
	if judge(atB, atB) != keepBoth || judge(atA, atA) != keepOld {
		t.Error("who has not dialled two connections decides over them")
	}
}
