package node

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/blobsync"
	"corkboard/net/docsync"
	"corkboard/net/host"
	"corkboard/net/presence"
	"corkboard/net/wire"
	"corkboard/net/wire/memory"
)

// lab is some devices, on a network in memory and in virtual time, or on the
// loopback of this machine.
type lab struct {
	t   testing.TB
	net *memory.Network // nil: loopback
}

// inLab runs a test in virtual time. Goroutines that are left at its end fail it.
func inLab(t *testing.T, f func(l *lab)) {
	synctest.Test(t, func(t *testing.T) {
		f(&lab{t: t, net: memory.New(1, nil)})
	})
}

// onLoopback runs a test over real connections.
func onLoopback(t *testing.T, f func(l *lab)) {
	l := &lab{t: t}
	before := len(ours())
	f(l)
	l.within(time.Minute, "no goroutine is left", func() bool { return len(ours()) <= before })
}

// join is a transport of a name.
func (l *lab) join(name string, key ed25519.PrivateKey) wire.Transport {
	l.t.Helper()
	var at wire.Transport
	var err error
	if l.net != nil {
		at, err = l.net.Join(name)
	} else {
		at, err = host.New(host.Options{Key: key, Listen: []string{"127.0.0.1:0"}})
	}
	if err != nil {
		l.t.Fatal(err)
	}
	return at
}

// person is a device with a node.
type person struct {
	lab       *lab
	name      string
	self      *wire.Self
	shelves   *shelves
	tray      *tray
	met       *met
	at        wire.Transport
	hub       *presence.Hub
	pieces    blobsync.Source
	tenancies []Tenancy
	node      *Node
}

func (l *lab) person(name string, shelves_ ...*shelf) *person {
	device, err := identity.NewDevice(rand.NewChaCha8(sha256.Sum256([]byte(name))))
	if err != nil {
		l.t.Fatal(err)
	}
	p := &person{
		lab:     l,
		name:    name,
		self:    &wire.Self{Person: identity.PersonID(sha256.Sum256([]byte("person " + name))), Device: device},
		shelves: &shelves{watch: watch{wakes: map[int]func(){}}},
		tray:    &tray{pending: map[identity.PersonID][]Invitation{}},
		met:     &met{},
	}
	p.shelves.add(shelves_...)
	return p
}

func (p *person) who() wire.Who { return wire.Who{Person: p.self.Person, Device: p.self.Device.ID()} }

func (p *person) start() *person {
	p.at = p.lab.join(p.name, nil)
	p.hub = presence.NewHub(time.Now, nil)
	p.node = Start(Options{
		Transport: p.at, Self: p.self, Shelves: p.shelves, Addresses: p.met, Invitations: p.tray, Hub: p.hub, Pieces: p.pieces,
		Tenancies: func() []Tenancy { return p.tenancies },
		Log:       slog.New(slog.NewTextHandler(logger{p}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	return p
}

func (p *person) stop() {
	p.node.Close()
	p.hub.Close()
	p.at.Close()
}

func (p *person) dial(o *person) {
	p.lab.t.Helper()
	if err := p.node.Dial(context.Background(), o.at.Addresses()[0]); err != nil {
		p.lab.t.Fatalf("%s dials %s: %v", p.name, o.name, err)
	}
}

// sees reports whether somebody is connected, and with which collections.
func (p *person) sees(o *person) (collections [][32]byte, ok bool) {
	for _, x := range p.node.Peers() {
		if x.Who == o.who() {
			ok = true
			for _, c := range x.Collections {
				collections = append(collections, c.Collection)
			}
		}
	}
	return collections, ok
}

// within waits until something is so.
func (l *lab) within(limit time.Duration, what string, so func() bool) {
	l.t.Helper()
	began := time.Now()
	for !so() {
		if time.Since(began) > limit {
			l.t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(time.Millisecond)
		if l.net != nil {
			synctest.Wait()
		}
	}
}

type logger struct{ p *person }

func (w logger) Write(b []byte) (int, error) {
	w.p.lab.t.Logf("%s: %s", w.p.name, b)
	return len(b), nil
}

// watch is who is to be woken.
type watch struct {
	mu    sync.Mutex
	next  int
	wakes map[int]func()
}

func (w *watch) Subscribe(wake func()) func() {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := w.next
	w.next++
	w.wakes[id] = wake
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.wakes, id)
	}
}

func (w *watch) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.wakes {
		f()
	}
}

// shelves is some collections in memory.
type shelves struct {
	watch
	lock sync.Mutex
	list []*shelf
}

func (s *shelves) Shelves() []Shelf {
	s.lock.Lock()
	defer s.lock.Unlock()
	var list []Shelf
	for _, x := range s.list {
		list = append(list, x)
	}
	return list
}

func (s *shelves) add(list ...*shelf) {
	s.lock.Lock()
	s.list = append(s.list, list...)
	s.lock.Unlock()
	s.wake()
}

func (s *shelves) remove(x *shelf) {
	s.lock.Lock()
	s.list = slices.DeleteFunc(s.list, func(o *shelf) bool { return o == x })
	s.lock.Unlock()
	s.wake()
}

// shelf is a collection in memory.
type shelf struct {
	watch
	id      [32]byte
	replica docsync.ReplicaID
	stores  []Store

	lock    sync.Mutex
	entries []docsync.Entry
	places  map[docsync.Key]uint64
	sums    [2][8]byte // of all, of records
	bytes   map[docsync.Key][]byte
	seen    map[docsync.ReplicaID]uint64
	acked   map[identity.DeviceID]uint64
	rights  map[identity.DeviceID]docsync.Rights
	puts    int
	fail    error
	slow    time.Duration // what a commit takes
	lenient bool          // takes what is bad
}

func newShelf(collection, device string) *shelf {
	r := sha256.Sum256([]byte(collection + device))
	return &shelf{
		watch:   watch{wakes: map[int]func(){}},
		id:      sha256.Sum256([]byte(collection)),
		replica: docsync.ReplicaID(r[:16]),
		places:  map[docsync.Key]uint64{},
		bytes:   map[docsync.Key][]byte{},
		seen:    map[docsync.ReplicaID]uint64{},
		acked:   map[identity.DeviceID]uint64{},
		rights:  map[identity.DeviceID]docsync.Rights{},
	}
}

func (s *shelf) Collection() [32]byte       { return s.id }
func (s *shelf) Replica() docsync.ReplicaID { return s.replica }
func (s *shelf) Allows(doc.ID) bool         { return true }

func (s *shelf) Stores() []Store {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.stores
}

// keptAt is a storage peer from now on.
func (s *shelf) keptAt(store Store) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.stores = []Store{store}
}

// Rights is All, unless it was set otherwise.
func (s *shelf) Rights(who wire.Who) docsync.Rights {
	s.lock.Lock()
	defer s.lock.Unlock()
	if r, ok := s.rights[who.Device]; ok {
		return r
	}
	return docsync.All
}

// allow sets somebody's rights.
func (s *shelf) allow(p *person, r docsync.Rights) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.rights[p.who().Device] = r
}

func (s *shelf) Last() uint64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return uint64(len(s.entries))
}

func (s *shelf) After(place uint64, most int) []docsync.Entry {
	s.lock.Lock()
	defer s.lock.Unlock()
	rest := s.entries[min(place, uint64(len(s.entries))):]
	return slices.Clone(rest[:min(most, len(rest))])
}

func (s *shelf) Find(k docsync.Key) (docsync.Entry, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	place, ok := s.places[k]
	if !ok {
		return docsync.Entry{}, false
	}
	return s.entries[place-1], true
}

func (s *shelf) Keys(lo, hi docsync.Key, records bool) []docsync.Key {
	s.lock.Lock()
	defer s.lock.Unlock()
	var keys []docsync.Key
	for _, e := range s.entries {
		if compare(e.Key, lo) >= 0 && (hi == docsync.Key{} || compare(e.Key, hi) < 0) && (!records || e.Sort == docsync.Record) {
			keys = append(keys, e.Key)
		}
	}
	slices.SortFunc(keys, compare)
	return keys
}

func compare(a, b docsync.Key) int { return slices.Compare(a[:], b[:]) }

func (s *shelf) Sum(records bool) [8]byte {
	s.lock.Lock()
	defer s.lock.Unlock()
	if records {
		return s.sums[1]
	}
	return s.sums[0]
}

func (s *shelf) Bytes(k docsync.Key) ([]byte, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	b, ok := s.bytes[k]
	if !ok {
		return nil, fmt.Errorf("item %x is not here", k[:4])
	}
	return slices.Clone(b), nil
}

func (s *shelf) Seen(r docsync.ReplicaID) uint64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.seen[r]
}

func (s *shelf) SetSeen(r docsync.ReplicaID, place uint64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.seen[r] = max(place, s.seen[r])
}

func (s *shelf) SetAcked(_ docsync.ReplicaID, who wire.Who, place uint64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.acked[who.Device] = place
}

// Put takes texts that begin with R for a record, else with C; everything else is
// bad.
func (s *shelf) Put(_ context.Context, raws [][]byte) []error {
	errs := make([]error, len(raws))
	if s.slow > 0 {
		time.Sleep(s.slow)
	}
	s.lock.Lock()
	s.puts++
	for i, raw := range raws {
		errs[i] = s.put(raw)
	}
	s.lock.Unlock()
	s.wake()
	return errs
}

func (s *shelf) put(raw []byte) error {
	if s.fail != nil {
		return s.fail
	}
	sort := docsync.Content
	switch {
	case len(raw) > 0 && raw[0] == 'R':
		sort = docsync.Record
	case !s.lenient && (len(raw) == 0 || raw[0] != 'C'):
		return ErrBadItem
	}
	k := docsync.Key(sha256.Sum256(raw))
	if s.bytes[k] != nil {
		return nil
	}
	s.bytes[k] = slices.Clone(raw)
	place := uint64(len(s.entries) + 1)
	s.places[k] = place
	s.entries = append(s.entries, docsync.Entry{Place: place, Key: k, Sort: sort, Size: len(raw)})
	for i := range s.sums[0] {
		s.sums[0][i] ^= k[i]
		if sort == docsync.Record {
			s.sums[1][i] ^= k[i]
		}
	}
	return nil
}

// write is an item of this device's own.
func (s *shelf) write(texts ...string) {
	var raws [][]byte
	for _, t := range texts {
		raws = append(raws, []byte(t))
	}
	s.Put(context.Background(), raws)
}

// texts is everything here, sorted.
func (s *shelf) texts() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var list []string
	for _, b := range s.bytes {
		list = append(list, string(b))
	}
	slices.Sort(list)
	return list
}

// tray is invitations, out and in.
type tray struct {
	lock    sync.Mutex
	pending map[identity.PersonID][]Invitation
	taken   []Invitation
	fail    error
}

func (y *tray) Take(_ wire.Who, i Invitation) error {
	y.lock.Lock()
	defer y.lock.Unlock()
	if y.fail == nil {
		y.taken = append(y.taken, i)
	}
	return y.fail
}

func (y *tray) Pending(to wire.Who) []Invitation {
	y.lock.Lock()
	defer y.lock.Unlock()
	return slices.Clone(y.pending[to.Person])
}

func (y *tray) Delivered(to wire.Who, i Invitation) {
	y.lock.Lock()
	defer y.lock.Unlock()
	y.pending[to.Person] = slices.DeleteFunc(y.pending[to.Person], func(o Invitation) bool { return o == i })
}

func (y *tray) has() int {
	y.lock.Lock()
	defer y.lock.Unlock()
	return len(y.taken)
}

// met is addresses in memory.
type met struct {
	lock sync.Mutex
	list []Met
}

func (m *met) Load() []Met {
	m.lock.Lock()
	defer m.lock.Unlock()
	return slices.Clone(m.list)
}

func (m *met) Save(x Met) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.list = slices.DeleteFunc(m.list, func(o Met) bool { return o.Address == x.Address })
	m.list = slices.Insert(m.list, 0, x)
}

func latency(d time.Duration) memory.Faults { return memory.Faults{Latency: d, Jitter: d / 2} }
