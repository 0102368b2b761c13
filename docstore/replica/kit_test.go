package replica

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/cryptotest"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/identity"
)

// engines are what tests run on; every name that this build has is tried where
// the engine matters.
var engines = map[string]func() engine.Engine{"native": engine.Native}

// anEngine is the one for tests to which it does not matter: the fastest.
func anEngine(t testing.TB) engine.Engine {
	t.Helper()
	e := engine.Native()
	d, err := e.New(make([]byte, 16))
	if err != nil {
		t.Skip(err)
	}
	d.Close()
	return e
}

// stream is endless bytes that depend on the numbers alone.
func stream(of ...uint64) *rand.ChaCha8 {
	var seed [32]byte
	for i, n := range of {
		binary.LittleEndian.PutUint64(seed[8*i:], n)
	}
	return rand.NewChaCha8(seed)
}

// player is a person with devices, and the records of their log.
type player struct {
	name    string
	id      identity.PersonID
	devices []*identity.Device
	records [][]byte
}

// Some players have two devices.
const firstDouble, lastDouble = 17, 19

// players are made once, as many as are asked for: keys cost the most.
var players struct {
	sync.Mutex
	all []*player
}

var recovery = sync.OnceValues(func() (*identity.Recovery, error) {
	words, err := identity.NewWords(stream(1))
	if err != nil {
		return nil, err
	}
	return words.Recovery()
})

func newPlayer(i uint64) (*player, error) {
	p := &player{name: string(rune('A' + i))}
	if i >= 26 {
		p.name = fmt.Sprintf("P%d-", i)
	}
	devices := 1
	if i >= firstDouble && i <= lastDouble {
		devices = 2
	}
	recovery, err := recovery()
	if err != nil {
		return nil, err
	}
	for j := range devices {
		d, err := identity.NewDevice(stream(2, i, uint64(j)))
		if err != nil {
			return nil, err
		}
		p.devices = append(p.devices, d)
	}
	log, err := identity.Found(stream(3, i), 1000, p.devices[0], "first", recovery.Public())
	if err != nil {
		return nil, err
	}
	for _, d := range p.devices[1:] {
		if _, err := log.AddDevice(p.devices[0], 1001, d.Apply(log.Person(), "second")); err != nil {
			return nil, err
		}
	}
	p.id = log.Person()
	for _, raw := range log.Records() {
		p.records = append(p.records, raw)
	}
	return p, nil
}

func somePlayers(t testing.TB, n int) []*player {
	t.Helper()
	players.Lock()
	defer players.Unlock()
	for i := len(players.all); i < n; i++ {
		p, err := newPlayer(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		players.all = append(players.all, p)
	}
	return players.all[:n:n]
}

// team is replicas of one collection, one for each player, in one test.
type team struct {
	t       testing.TB
	players []*player
	all     []*Replica
	random  *rand.Rand
	now     int64
}

// newTeam is a collection of the first player, and what the others have that
// they may be invited to.
func newTeam(t *testing.T, seed uint64, n int) *team {
	t.Helper()
	return newTeamOn(t, anEngine(t), seed, n)
}

func newTeamOn(t *testing.T, e engine.Engine, seed uint64, n int) *team {
	t.Helper()
	cryptotest.SetGlobalRandom(t, seed)
	m := &team{t: t, players: somePlayers(t, n), random: rand.New(stream(4, seed)), now: 1_700_000_000_000}
	options := func(i int) Options {
		p := m.players[i]
		return Options{Person: p.id, Device: p.devices[0], Engine: e, Random: stream(5, seed, uint64(i))}
	}
	first, _, err := Found(options(0), m.players[0].records, m.now)
	if err != nil {
		t.Fatal(err)
	}
	m.all = []*Replica{first}
	for i := 1; i < n; i++ {
		r, err := Open(options(i), first.Collection())
		if err != nil {
			t.Fatal(err)
		}
		m.all = append(m.all, r)
		m.introduce(r, i)
	}
	t.Cleanup(func() {
		for _, r := range m.all {
			r.Close()
		}
	})
	return m
}

func (m *team) introduce(r *Replica, i int) {
	m.t.Helper()
	for _, raw := range m.players[i].records {
		if err := r.Receive(PersonRecord, raw); err != nil {
			m.t.Fatal(err)
		}
	}
}

func (m *team) tick() int64 { m.now++; return m.now }

// sync brings some replicas, or all, everything that the others hold, each in
// another order.
func (m *team) sync(some ...*Replica) {
	m.t.Helper()
	if len(some) == 0 {
		some = m.all
	}
	for again := true; again; {
		again = false
		for _, to := range some {
			for _, from := range some {
				again = m.pass(from, to) || again
			}
		}
	}
}

func (m *team) pass(from, to *Replica) (any bool) {
	keys := to.Want(from.Have())
	m.random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for _, k := range keys {
		i, _ := from.Item(k)
		if err := to.Receive(i.Sort, i.Raw); err != nil {
			m.t.Fatal(err)
		}
		any = true
	}
	return any
}

// admit invites player i by name, lets them accept, and tells all.
func (m *team) admit(i int, role access.Role) {
	m.t.Helper()
	m.sync()
	id, _, err := m.all[0].Invite(m.players[i].id, role, m.tick())
	m.must(err)
	m.sync()
	_, err = m.all[i].Accept(id, m.tick())
	m.must(err)
	m.sync()
	m.wantRole(i, role)
}

func (m *team) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *team) wantRole(i int, role access.Role) {
	m.t.Helper()
	for j, r := range m.all {
		if got := r.State().Role(m.players[i].id); got != role {
			m.t.Errorf("%s takes %s for %v, want %v", m.players[j].name, m.players[i].name, got, role)
		}
	}
}

// document is one that player 0 makes, known to all.
func (m *team) document() chunk.DocumentID {
	m.t.Helper()
	id, _, err := m.all[0].NewDocument(m.tick())
	m.must(err)
	m.put(m.all[0], id, "title", "board")
	m.sync()
	return id
}

// put sets one name in a document.
func (m *team) put(r *Replica, id chunk.DocumentID, name string, v doc.Value) {
	m.t.Helper()
	m.must(m.tryPut(r, id, name, v))
}

func (m *team) tryPut(r *Replica, id chunk.DocumentID, name string, v doc.Value) error {
	_, err := r.Edit(id, []doc.Edit{doc.Put{Path: doc.At(name), Value: v}}, "put", m.tick())
	return err
}

func (m *team) tree(r *Replica, id chunk.DocumentID) doc.Map {
	m.t.Helper()
	tree, err := r.Tree(id)
	m.must(err)
	return tree
}

// wantEqual holds the replicas of some players against each other.
func (m *team) wantEqual(some ...int) {
	m.t.Helper()
	var first [32]byte
	for n, i := range some {
		h, err := m.all[i].Hash()
		m.must(err)
		if n == 0 {
			first = h
		} else if h != first {
			m.t.Errorf("%s differs from %s:\n%s\n%s", m.players[i].name, m.players[some[0]].name,
				describe(m.all[i]), describe(m.all[some[0]]))
		}
	}
}

// describe is a replica in words, for failures.
func describe(r *Replica) string {
	access := r.AccessHash()
	out := fmt.Sprintf("access %x, %d members", access[:4], len(r.State().Members))
	for _, id := range r.Documents() {
		tree, err := r.Tree(id)
		h, _ := doc.EncodeValue(tree)
		out += fmt.Sprintf("; %v: %d applied, %d bytes %v", id, len(r.Applied(id)), len(h), err)
	}
	items, _ := r.Parked()
	return out + fmt.Sprintf("; %d refused, %d parked, %d held", len(r.Quarantine()), items, len(r.Have()))
}

// rebuilt is a replica that comes back with what it held, in another order.
func (m *team) rebuilt(r *Replica, random *rand.Rand) *Replica {
	m.t.Helper()
	again, err := Open(r.opt, r.collection)
	m.must(err)
	keys := r.Have()
	random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for _, k := range keys {
		i, _ := r.Item(k)
		m.must(again.Receive(i.Sort, i.Raw))
	}
	return again
}

// refused is the reasons in the quarantine of a replica for a person's changes.
func refused(r *Replica, by identity.PersonID) (reasons []access.Reason) {
	for _, f := range r.Quarantine() {
		if f.Author == by {
			reasons = append(reasons, f.Reason)
		}
	}
	slices.Sort(reasons)
	return reasons
}
