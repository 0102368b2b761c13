package node

import (
	"context"
	"errors"
	"slices"

	"corkboard/net/wire"
)

// Pairing is the protocol of a stream at a door. Either end may open it.
const Pairing = "/corkboard/pair/1"

// A Door is a secret that stands for no collection: who knows it as well may open a
// stream, on which more is said. What the ends are called the transport has proven.
type Door struct {
	Secret        wire.Secret
	Who           wire.Who // who is there; whether to believe them is the caller's matter
	Local, Remote []byte
}

// Doors is the secrets of doors. Its methods are called on any goroutine.
type Doors interface {
	// Doors is all of them, at once; asked when the shelves are.
	Doors() []wire.Secret
	// Serve is called with a stream that somebody has opened who knows the secret of a
	// door, on a goroutine of its own; the stream ends with it, and ctx with the
	// connection.
	Serve(ctx context.Context, d Door, s wire.Stream)
}

// OpenDoor connects with whoever is at an address and opens a stream at a door of
// theirs, whose secret is one of the node's own doors. It blocks until both ends know
// that they have it in common. Errors: those of Dial.
func (n *Node) OpenDoor(ctx context.Context, to wire.Address, secret wire.Secret) (wire.Stream, Door, error) {
	if err := n.Dial(ctx, to); err != nil {
		return nil, Door{}, err
	}
	return n.AwaitDoor(ctx, secret)
}

// AwaitDoor is OpenDoor with whoever is connected, or is met before ctx ends. Errors:
// wire.ErrStranger if nobody knows the secret, those of the transport.
func (n *Node) AwaitDoor(ctx context.Context, secret wire.Secret) (wire.Stream, Door, error) {
	changed := make(chan struct{}, 1)
	defer n.Subscribe(func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	})()
	for {
		if l := n.linkAt(secret); l != nil {
			s, err := l.conn.Open(ctx, Pairing)
			return s, l.door(secret), err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, Door{}, errors.Join(wire.ErrStranger, ctx.Err())
		}
	}
}

func (n *Node) linkAt(secret wire.Secret) *link {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.links {
		if l.isShaken() && l.ctx.Err() == nil && slices.Contains(l.doors(), secret) {
			return l
		}
	}
	return nil
}

// doors is the secrets of doors that both ends know.
func (l *link) doors() []wire.Secret {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.opened)
}

func (l *link) door(secret wire.Secret) Door {
	return Door{Secret: secret, Who: l.who, Local: l.conn.Local(), Remote: l.conn.Remote()}
}

// serveDoor runs a stream that the other side has opened at a door; if there are
// several, at the newest.
func (l *link) serveDoor(s wire.Stream) error {
	defer s.Close()
	if list := l.doors(); l.n.o.Doors != nil && len(list) > 0 {
		l.n.o.Doors.Serve(l.ctx, l.door(list[len(list)-1]), s)
	}
	return nil
}
