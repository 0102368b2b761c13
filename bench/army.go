package main

import (
	"context"
	"crypto/rand"
	"net"
	"strconv"
	"time"

	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	"corkboard/identity"
	"corkboard/internal/attacks"
	"corkboard/net/docsync"
	"corkboard/net/host/reckless"
	"corkboard/net/wire"
)

// How long somebody hostile stays on one connection, and how many do each thing at
// once.
const (
	shortly       = 3 * time.Second
	slowly        = time.Minute
	strangersMost = 8
	holdersMost   = 8
	floodersMost  = 2
	stormMost     = 4
	forgersMost   = 3 // of each sort
	slowTCP       = 150
	slowHellos    = 40
	slowMembers   = 20
	garbagePause  = 5 * time.Millisecond
	refusedPause  = 50 * time.Millisecond
	sources       = 250 // IP addresses
	unaskedStream = "/corkboard/else/1"
)

// begin has everybody attack until the context ends.
func (y *army) begin(ctx context.Context) {
	strangers, members := attacksOf(attacks.Strangers()), attacksOf(attacks.Members())
	y.crowd(ctx, strangersMost, func(n int) { y.once(ctx, shortly, nil, strangers[n%len(strangers)]) })
	y.crowd(ctx, holdersMost, func(n int) { y.once(ctx, shortly, y.holder(), members[n%len(members)]) })
	y.crowd(ctx, floodersMost, func(int) {
		y.once(ctx, shortly, y.holder(), func(ctx context.Context, c wire.Conn) {
			y.streams.Add(int64(attacks.Streams(ctx, c, unaskedStream)))
		})
	})
	y.crowd(ctx, stormMost, func(int) { y.once(ctx, 0, nil, nil) })
	y.crowd(ctx, slowHellos, func(int) {
		y.once(ctx, slowly, nil, func(ctx context.Context, c wire.Conn) {
			attacks.Drip(ctx, c, wire.Hello, attacks.Frame(100_000, attacks.Noise(100_000)), time.Second)
		})
	})
	y.crowd(ctx, slowMembers, func(int) {
		y.once(ctx, slowly, y.holder(), attacks.Slow()["a frame that does not end"])
	})
	y.crowd(ctx, slowTCP, func(int) { y.raw(ctx, "tcp", 1, time.Second) })
	y.crowd(ctx, 1, func(int) { y.raw(ctx, "tcp", 4000, garbagePause) })
	y.crowd(ctx, 1, func(int) { y.raw(ctx, "udp", 1200, garbagePause) })
	y.crowd(ctx, forgersMost, func(int) {
		y.once(ctx, shortly, y.holder(), y.offer(forgedRecords(y.collection, y.traitors[0]), 1))
	})
	y.crowd(ctx, forgersMost, func(int) { y.once(ctx, shortly, y.traitors[0].self, y.offer(y.traitors[0].spoiled(), 1)) })
	y.crowd(ctx, forgersMost, func(int) { y.once(ctx, shortly, y.traitors[1].self, y.offer(y.forgeries(y.traitors[1]), 1)) })
	y.crowd(ctx, forgersMost, func(int) { y.once(ctx, shortly, y.traitors[2].self, y.offer(y.traitors[2].goods, 3)) })
}

func attacksOf(by map[string]attacks.Attack) (list []attacks.Attack) {
	for _, a := range by {
		list = append(list, a)
	}
	return list
}

// crowd has so many do something again and again.
func (y *army) crowd(ctx context.Context, n int, do func(turn int)) {
	for range n {
		go func() {
			for ctx.Err() == nil {
				do(int(y.turn.Add(1)))
			}
		}()
	}
}

// holder is somebody new who holds the link.
func (y *army) holder() *wire.Self {
	device, err := identity.NewDevice(rand.Reader)
	if err != nil {
		return nil
	}
	return &wire.Self{Person: identity.PersonID(attacks.Noise(len(identity.PersonID{}))), Device: device}
}

// tagKey is under what a context says how the board is called on a connection.
type tagKey struct{}

// once is one connection of a peer with a new name: over TCP or QUIC in turn, with a
// handshake if as is somebody, and an attack. It ends when the victim closes it or
// after a time.
func (y *army) once(ctx context.Context, stay time.Duration, as *wire.Self, how attacks.Attack) {
	ctx, cancel := context.WithTimeout(ctx, shortly+stay)
	defer cancel()
	key, err := reckless.NewKey()
	if err != nil {
		return
	}
	turn := int(y.turn.Add(1))
	y.dials.Add(1)
	c, err := reckless.Dial(ctx, key, y.victim[turn%len(y.victim)], source(turn))
	if err != nil {
		pause(ctx, refusedPause)
		return
	}
	y.connections.Add(1)
	defer func() { _ = c.Close() }()
	if as != nil {
		s, err := c.Open(ctx, wire.Hello)
		if err != nil {
			return
		}
		found, err := wire.Shake(ctx, s, c, []wire.Secret{wire.MeetSecret(y.collection)}, as)
		if err != nil {
			return
		}
		y.handshakes.Add(1)
		ctx = context.WithValue(ctx, tagKey{}, docsync.Tag(found.Matched[0].Tag))
	}
	if how == nil {
		return
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		how(ctx, c)
	}()
	select {
	case <-c.Done():
	case <-ctx.Done():
	}
	_ = c.Close()
	<-over
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// raw sends noise to a port of the victim, below all protocols, so many bytes between
// pauses, until it is closed; over UDP for a while.
func (y *army) raw(ctx context.Context, over string, n int, every time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, slowly)
	defer cancel()
	y.dials.Add(1)
	var from net.Dialer
	if over == "tcp" {
		from.LocalAddr = &net.TCPAddr{IP: net.ParseIP(source(int(y.turn.Add(1))))}
	}
	c, err := from.DialContext(ctx, over, portOf(y.victim, over))
	if err != nil {
		pause(ctx, time.Second)
		return
	}
	defer c.Close()
	for ctx.Err() == nil {
		if _, err := c.Write(attacks.Noise(n)); err != nil && over == "tcp" {
			return
		}
		pause(ctx, every)
	}
}

// source is an IP address of this machine that an attack comes from.
func source(turn int) string { return "127.0.0." + strconv.Itoa(2+turn%sources) }

// portOf is the socket of the first address over "tcp" or "udp".
func portOf(list []wire.Address, over string) string {
	for _, at := range list {
		way, err := ma.NewMultiaddr(string(at))
		if err != nil {
			continue
		}
		if network, to, err := manet.DialArgs(way); err == nil && network[:3] == over {
			return to
		}
	}
	return ""
}
