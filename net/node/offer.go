package node

import (
	"fmt"
	"time"
)

// The limits of invitations on one connection.
const (
	offerBurst = 32              // so many at once,
	offerPause = 2 * time.Second // and then one in this time
)

// offers is what invitations a connection makes and takes. Its control guards it.
type offers struct {
	ask     bool        // for what is pending
	said    *Invitation // that was not answered yet
	settled map[Invitation]bool

	credit float64
	last   time.Time
}

func newOffers() offers {
	return offers{ask: true, settled: map[Invitation]bool{}, credit: offerBurst}
}

// Deliver has pending invitations offered to those who are connected. Others get
// theirs when they connect.
func (n *Node) Deliver() {
	n.mu.Lock()
	links := n.linksLocked()
	n.mu.Unlock()
	for _, l := range links {
		l.control.mu.Lock()
		l.control.offers.ask = true
		l.control.mu.Unlock()
		l.control.prod()
	}
}

// nextOffer is an invitation to be said now: one at a time, each once on a
// connection.
func (l *link) nextOffer() (Invitation, bool) {
	c := l.control
	c.mu.Lock()
	ask := c.offers.ask && c.offers.said == nil && l.n.o.Invitations != nil && l.named()
	if ask {
		c.offers.ask = false // before it looks: what comes to be pending meanwhile asks anew
	}
	c.mu.Unlock()
	if !ask {
		return Invitation{}, false
	}
	pending := l.n.o.Invitations.Pending(l.who)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, i := range pending {
		if len(c.offers.settled) < offerBurst && !c.offers.settled[i] && len(i.Title) <= MaxTitle {
			c.offers.said, c.offers.ask = &i, true
			return i, true
		}
	}
	return Invitation{}, false
}

// settleOffer hears the answer to an offer.
func (l *link) settleOffer(taken bool) error {
	c := l.control
	c.mu.Lock()
	said := c.offers.said
	if said != nil {
		c.offers.said = nil
		c.offers.settled[*said] = true
	}
	c.mu.Unlock()
	if said == nil {
		return fmt.Errorf("%w: an answer to no offer", errHostile)
	}
	if taken {
		l.n.o.Invitations.Delivered(l.who, *said)
	}
	c.prod()
	return nil
}

// takeOffer keeps an invitation and answers.
func (l *link) takeOffer(message []byte) error {
	offer, err := decodeInvitation(message)
	if err != nil {
		return hostileFor("take an invitation", err)
	}
	if !l.control.offers.pay(time.Now()) {
		return fmt.Errorf("%w: too many invitations", errHostile)
	}
	answer := sayNot
	if l.n.o.Invitations != nil && l.named() {
		if err := l.n.o.Invitations.Take(l.who, offer); err != nil {
			l.n.log.Warn("an invitation could not be kept", "error", err)
		} else {
			answer = sayTaken
		}
	}
	l.control.say(answer)
	return nil
}

// pay takes one offer's credit, on the goroutine that reads.
func (o *offers) pay(now time.Time) bool {
	if !o.last.IsZero() {
		o.credit = min(offerBurst, o.credit+now.Sub(o.last).Seconds()/offerPause.Seconds())
	}
	o.last = now
	if o.credit < 1 {
		return false
	}
	o.credit--
	return true
}
