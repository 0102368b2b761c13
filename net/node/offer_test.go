package node

import (
	"testing"

	"corkboard/identity"
	"corkboard/net/wire"
)

// late has an invitation only once it was asked, and says so as soon as it has.
type late struct {
	pending []Invitation
	asked   func()
}

func (*late) Take(wire.Who, Invitation) error { return nil }
func (*late) Delivered(wire.Who, Invitation)  {}
func (l *late) Pending(wire.Who) []Invitation {
	now := l.pending
	l.asked()
	return now
}

func TestAnInvitationThatComesWhileOneIsLookedForIsOffered(t *testing.T) {
	invitations := &late{}
	n := &Node{o: Options{Invitations: invitations}, links: map[wire.Conn]*link{}}
	l := &link{n: n, who: wire.Who{Device: identity.DeviceID{1}}, control: newControl()}
	n.links[nil] = l
	invitations.asked = func() {
		if invitations.pending == nil {
			invitations.pending = []Invitation{anInvitation()}
			n.Deliver()
		}
	}
	if i, ok := l.nextOffer(); ok {
		t.Fatalf("offered before it was there: %+v", i)
	}
	if i, ok := l.nextOffer(); !ok || i != anInvitation() {
		t.Errorf("it is never offered: %+v, %v", i, ok)
	}
	if _, ok := l.nextOffer(); ok {
		t.Error("offered before the answer")
	}
	if err := l.settleOffer(true); err != nil {
		t.Fatal(err)
	}
	if _, ok := l.nextOffer(); ok {
		t.Error("offered twice")
	}
}
