package node

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"corkboard/net/blobsync"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// maxClients is how many streams one end is asked on at once.
const maxClients = 3

// asking is what one connection is asked for pieces with. A member has one client
// for everything, a storage peer one for each collection, into which it stores.
type asking struct {
	clients []client // the one that was asked for last is the last
	liar    bool     // has sent what is no piece, and is asked for nothing more
}

type client struct {
	*blobsync.Client
	of [32]byte // zeros for everything
}

// Clients is a way to ask each of those for pieces of files who are connected and
// may see all of a collection; the storage peers are the last. Each stays open as
// long as the connection, and may be used by several downloads at once.
func (n *Node) Clients(collection [32]byte) []*blobsync.Client {
	n.mu.Lock()
	links := n.linksLocked()
	n.mu.Unlock()
	var members, stores []*blobsync.Client
	seen := map[[32]byte]bool{}
	for _, l := range links {
		if !l.isShaken() || seen[l.device()] || !l.sharesAll(collection) {
			continue
		}
		c, ok := l.client(collection)
		switch {
		case !ok:
			continue
		case l.storage != nil:
			stores = append(stores, c)
		default:
			members = append(members, c)
		}
		seen[l.device()] = true
	}
	return append(members, stores...)
}

// sharesAll says that the other end may see all of a collection.
func (l *link) sharesAll(collection [32]byte) bool {
	l.mu.Lock()
	_, ok := l.tags[collection]
	l.mu.Unlock()
	shelf := l.n.shelvesNow().shelves[collection]
	return ok && shelf != nil && (l.storage != nil || shelf.Rights(l.who) == docsync.All)
}

// client is the one that is open for a collection, or another.
func (l *link) client(of [32]byte) (*blobsync.Client, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.asking.liar {
		return nil, false
	}
	protocol := blobsync.Protocol
	if tag := l.tags[of]; l.storage != nil {
		protocol += "/" + hex.EncodeToString(tag[:])
	} else {
		of = [32]byte{}
	}
	a := &l.asking
	a.clients = slices.DeleteFunc(a.clients, func(c client) bool { return c.Err() != nil })
	if i := slices.IndexFunc(a.clients, func(c client) bool { return c.of == of }); i >= 0 {
		c := a.clients[i]
		a.clients = append(slices.Delete(a.clients, i, i+1), c)
		return c.Client, true
	}
	if len(a.clients) == maxClients {
		oldest := a.clients[0]
		l.wg.Go(func() { oldest.Close() })
		a.clients = a.clients[1:]
	}
	s, err := l.conn.Open(l.ctx, protocol)
	if err != nil {
		return nil, false
	}
	c := client{blobsync.NewClient(s, l.device().String()), of}
	a.clients = append(a.clients, c)
	l.wg.Go(func() { l.watchClient(c.Client) })
	return c.Client, true
}

// watchClient closes a client with its connection, and judges why it ended before.
func (l *link) watchClient(c *blobsync.Client) {
	select {
	case <-c.Done():
	case <-l.ctx.Done():
	}
	why := c.Err()
	c.Close()
	var liar *blobsync.LiarError
	switch {
	case errors.As(why, &liar):
		l.n.log.Warn("pieces that are not genuine", "address", l.conn.Address())
		l.mu.Lock()
		l.asking.liar = true
		l.mu.Unlock()
	case errors.Is(why, blobsync.ErrProtocol):
		l.end(hostileFor(blobsync.Protocol, why))
	}
}

// servePieces answers. That it ends is no reason to end the connection, unless the
// other side breaks its protocol.
func (l *link) servePieces(s wire.Stream) error {
	defer s.Close()
	if l.n.o.Pieces == nil {
		return nil
	}
	err := blobsync.Serve(l.ctx, s, guarded{l})
	if errors.Is(err, blobsync.ErrProtocol) {
		return fmt.Errorf("%w: %w", errHostile, err)
	}
	return nil
}

// guarded is what the other end may see of the pieces here: nothing, unless it may
// see all of some collection. Which pieces those are it knows from documents.
type guarded struct{ l *link }

func (g guarded) Present(ctx context.Context, h blobsync.Handle) (blobsync.Present, error) {
	if !g.l.sharesSomeAll() {
		return blobsync.Present{}, nil
	}
	return g.l.n.o.Pieces.Present(ctx, h)
}

func (g guarded) Piece(ctx context.Context, h blobsync.Handle, i blobsync.Index) ([]byte, error) {
	if !g.l.sharesSomeAll() {
		return nil, blobsync.ErrAbsent
	}
	return g.l.n.o.Pieces.Piece(ctx, h, i)
}

func (l *link) sharesSomeAll() bool {
	for _, id := range l.shared() {
		if l.sharesAll(id) {
			return true
		}
	}
	return false
}
