package lan

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	mathrand "math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

const (
	watchEvery    = 5 * time.Second
	answerEvery   = time.Second // to all, on one link
	answersBurst  = 40          // to those who ask, on all links
	answersPerSec = 20
	tellEvery     = 3 * time.Second // of the same instance at the same address
	maxKnown      = 1024            // instances that are remembered
	searchAgain   = 10 * time.Minute
	searchBurst   = 3 // searches after changes that may follow on each other at once
	searchRest    = time.Minute
)

// When something is said after a start, a change of addresses or a sleep.
var (
	announceAt = []time.Duration{0, time.Second}
	queryAt    = []time.Duration{50 * time.Millisecond, 1500 * time.Millisecond}
)

// Service is how this host is dialled.
type Service struct {
	Peer       string // the name that others dial
	IPv4, IPv6 Ports
}

// Ports are where a host listens; 0: not there.
type Ports struct{ TCP, UDP int }

// Found is a hint that somebody is there.
type Found struct {
	Instance string // of the start of that program, 16 hex digits
	Peer     string
	Ports
	IPs []netip.Addr
}

// A place is where an instance was heard.
type place struct {
	instance string
	at       netip.Addr
}

// Lan says that this host is there and hears who else is.
type Lan struct {
	service  Service
	instance string
	found    func(Found)
	search   chan struct{}
	cancel   context.CancelFunc
	running  sync.WaitGroup

	mu       sync.Mutex // guards what follows
	answered map[string]time.Time
	tokens   float64
	filled   time.Time
	known    map[place]time.Time // when somebody was told last
}

// Start begins. It calls found when somebody is there, on goroutines of its own and
// again after some seconds; found must not block. Without any network it waits for
// one.
func Start(s Service, found func(Found)) *Lan {
	ctx, cancel := context.WithCancel(context.Background())
	id := make([]byte, idBytes)
	rand.Read(id)
	l := &Lan{
		service:  s,
		instance: hex.EncodeToString(id),
		found:    found,
		search:   make(chan struct{}, 1),
		cancel:   cancel,
		answered: map[string]time.Time{},
		tokens:   answersBurst,
		filled:   time.Now(),
		known:    map[place]time.Time{},
	}
	l.running.Go(func() { l.run(ctx) })
	l.running.Go(func() { Watch(ctx, watchEvery, l.Search) })
	return l
}

// Instance is the name of this start on the local network.
func (l *Lan) Instance() string { return l.instance }

// Search looks anew, as after a change of the network, and tells of everybody anew.
func (l *Lan) Search() {
	l.mu.Lock()
	clear(l.known)
	l.mu.Unlock()
	select {
	case l.search <- struct{}{}:
	default:
	}
}

// Close says goodbye and waits until nothing runs any more.
func (l *Lan) Close() {
	l.cancel()
	l.running.Wait()
}

// run opens the links, says what is to be said, and does so again after a change, or
// after a long while.
func (l *Lan) run(ctx context.Context) {
	announce, query := announceAt, queryAt
	var began []time.Time
	for ctx.Err() == nil {
		began = rest(ctx, began)
		links := openLinks()
		round, stop := context.WithCancel(ctx)
		var readers sync.WaitGroup
		for _, k := range links {
			for _, c := range []*net.UDPConn{k.ear, k.asking} {
				readers.Go(func() {
					l.hear(k, c)
					if round.Err() == nil {
						l.Search() // the interface is gone, or ill
					}
				})
			}
		}
		readers.Go(func() { l.say(round, links, announce, query) })
		again := time.NewTimer(searchAgain + mathrand.N(searchAgain/10))
		select {
		case <-l.search:
			announce, query = announceAt, queryAt
		case <-again.C:
			announce, query = nil, queryAt[:1]
		case <-ctx.Done():
			l.toAll(links, func(s self) ([]byte, error) { return s.goodbye() })
		}
		again.Stop()
		stop()
		for _, k := range links {
			k.close()
		}
		readers.Wait()
	}
}

// rest waits where a network that changes all the time would make this host talk all
// the time. began are the latest starts; it gives them with that of now.
func rest(ctx context.Context, began []time.Time) []time.Time {
	if len(began) == searchBurst {
		select {
		case <-time.After(time.Until(began[0].Add(searchRest))):
		case <-ctx.Done():
		}
		began = began[1:]
	}
	return append(began, time.Now())
}

// say announces and asks when it is time.
func (l *Lan) say(ctx context.Context, links []*link, announce, ask []time.Duration) {
	began := time.Now()
	jitter := mathrand.N(70 * time.Millisecond)
	times := slices.Sorted(slices.Values(slices.Concat(announce, ask)))
	for _, at := range times {
		select {
		case <-time.After(time.Until(began.Add(at + jitter))):
		case <-ctx.Done():
			return
		}
		if slices.Contains(announce, at) {
			l.toAll(links, func(s self) ([]byte, error) { return s.answer(0, nil) })
			continue
		}
		for _, k := range links {
			if b, err := query(); err == nil {
				k.asking.WriteTo(b, k.all)
			}
		}
	}
}

// toAll sends a message of this host's own to everybody on all links.
func (l *Lan) toAll(links []*link, make func(self) ([]byte, error)) {
	for _, k := range links {
		if b, err := make(l.on(k)); err == nil {
			k.ear.WriteTo(b, k.all)
		}
	}
}

// on is what this host is on one link.
func (l *Lan) on(k *link) self {
	s := self{peer: l.service.Peer, ports: l.service.IPv4, instance: l.instance, ips: k.ips}
	if k.ips[0].Is6() {
		s.ports = l.service.IPv6
	}
	return s
}

// hear reads what comes to a socket until it is closed.
func (l *Lan) hear(k *link, c *net.UDPConn) {
	buf := make([]byte, maxPacket+1)
	for {
		n, from, err := c.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		if !k.holds(from.Addr()) || k.own(from) {
			continue
		}
		m, err := read(buf[:n])
		switch {
		case err != nil:
		case m.asked != nil:
			l.reply(k, m, from)
		default:
			l.tell(k, m, from)
		}
	}
}

// reply answers a question.
func (l *Lan) reply(k *link, m message, from netip.AddrPort) {
	legacy := from.Port() != port
	alone := m.unicast || legacy
	if !l.mayAnswer(k, alone) {
		return
	}
	var asked = m.asked
	if !legacy {
		m.id, asked = 0, nil
	}
	b, err := l.on(k).answer(m.id, asked)
	if err != nil {
		return
	}
	if alone {
		k.ear.WriteToUDPAddrPort(b, from)
		return
	}
	k.ear.WriteTo(b, k.all)
}

// mayAnswer keeps the number of answers small, whoever asks however often.
func (l *Lan) mayAnswer(k *link, alone bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if !alone {
		if now.Sub(l.answered[k.device.Name]) < answerEvery {
			return false
		}
		l.answered[k.device.Name] = now
		return true
	}
	l.tokens = min(answersBurst, l.tokens+answersPerSec*now.Sub(l.filled).Seconds())
	l.filled = now
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}

// tell passes on who is there, unless that was done a moment ago.
func (l *Lan) tell(k *link, m message, from netip.AddrPort) {
	if m.found.Instance == l.instance || !l.news(place{m.found.Instance, from.Addr()}, m.gone) {
		return
	}
	f := m.found
	f.IPs = []netip.Addr{from.Addr()}
	for _, ip := range m.found.IPs {
		if ip.Is6() && ip.IsLinkLocalUnicast() {
			ip = ip.WithZone(k.device.Name)
		}
		if !slices.Contains(f.IPs, ip) {
			f.IPs = append(f.IPs, ip)
		}
	}
	l.found(f)
}

// news says whether to tell of somebody, and forgets who is gone.
func (l *Lan) news(p place, gone bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, known := l.known[p]
	now := time.Now()
	switch {
	case gone:
		delete(l.known, p)
		return false
	case known && now.Sub(last) < tellEvery:
		return false
	case !known && len(l.known) >= maxKnown:
		clear(l.known)
	}
	l.known[p] = now
	return true
}
