package memory

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ErrTaken says that an end of that name is on the network already.
var ErrTaken = errors.New("the name is taken")

// Network is what ends find each other on. It is safe on any goroutine.
type Network struct {
	seed  uint64
	clock Clock

	mu      sync.Mutex
	faults  Faults
	ends    map[string]*Transport
	starts  map[string]int
	dials   map[[2]string]int
	links   []*link             // in the order in which they were made
	between map[[2]string]state // sorted names
	changed chan struct{}       // closed when between changes
}

// state is what a pair of names can do.
type state uint8

const (
	whole  state = iota
	frozen       // nothing arrives
	cut          // nothing connects
)

// New is a perfect network without anybody. A nil clock is the real one.
func New(seed uint64, clock Clock) *Network {
	if clock == nil {
		clock = realClock{}
	}
	return &Network{
		seed:    seed,
		clock:   clock,
		ends:    map[string]*Transport{},
		starts:  map[string]int{},
		dials:   map[[2]string]int{},
		between: map[[2]string]state{},
		changed: make(chan struct{}),
	}
}

// Suffer sets what connections made from now on suffer.
func (n *Network) Suffer(f Faults) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.faults = f
}

// Join is a new end; its address is its name. Its Self is another one each time that
// the name joins, as after a restart. ErrTaken while the one before is not closed.
func (n *Network) Join(name string) (*Transport, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ends[name] != nil {
		return nil, fmt.Errorf("%q: %w", name, ErrTaken)
	}
	n.starts[name]++
	t := newTransport(n, name, n.starts[name])
	n.ends[name] = t
	return t, nil
}

// Cut breaks all connections between two names, and dials fail, until Heal.
func (n *Network) Cut(a, b string) { n.put(a, b, cut) }

// Freeze lets nothing arrive between two names until Heal: writers fill their
// window, dials wait, and nobody is told.
func (n *Network) Freeze(a, b string) { n.put(a, b, frozen) }

// Heal ends Cut and Freeze.
func (n *Network) Heal(a, b string) { n.put(a, b, whole) }

// Part cuts every name of a group from those of the other groups.
func (n *Network) Part(groups ...[]string) {
	for i, group := range groups {
		for _, others := range groups[i+1:] {
			for _, a := range group {
				for _, b := range others {
					n.Cut(a, b)
				}
			}
		}
	}
}

// HealAll heals whatever was cut or frozen.
func (n *Network) HealAll() {
	n.mu.Lock()
	var pairs [][2]string
	for pair := range n.between {
		pairs = append(pairs, pair)
	}
	n.mu.Unlock()
	for _, pair := range pairs {
		n.Heal(pair[0], pair[1])
	}
}

func pairOf(a, b string) [2]string {
	if a > b {
		a, b = b, a
	}
	return [2]string{a, b}
}

func (n *Network) put(a, b string, s state) {
	n.mu.Lock()
	pair := pairOf(a, b)
	if s == whole {
		delete(n.between, pair)
	} else {
		n.between[pair] = s
	}
	close(n.changed)
	n.changed = make(chan struct{})
	var links []*link
	for _, l := range n.links {
		if pairOf(l.ends[0].self.name, l.ends[1].self.name) == pair {
			links = append(links, l)
		}
	}
	n.mu.Unlock()
	for _, l := range links {
		if s == cut {
			l.end(ErrBroken, false)
		} else {
			l.freeze(s == frozen)
		}
	}
}

// forget is told of a connection that has ended.
func (n *Network) forget(l *link) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.links = slices.DeleteFunc(n.links, func(have *link) bool { return have == l })
}
