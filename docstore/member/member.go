package member

import (
	"fmt"
	"io"
	"sync"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// Member is this device in one collection. Safe on any goroutine.
type Member struct {
	mu        sync.RWMutex // guards the ring as well
	r         *replica.Replica
	ring      chunk.Ring
	ready     bool                      // there is a ring
	documents map[chunk.DocumentID]bool // that the ring knows
	runs      map[chunk.RunRef]bool
	hear      func([]replica.News) // nil before Wake
}

// Open makes a member of the records that are kept of persons and of the
// collection, in any order, and of the secrets of links by which it came. It
// begins a run, whose name it draws. Errors: those of Replica.Receive.
func Open(random io.Reader, k vault.Keys, collection access.RecordID, links [][16]byte, records []replica.Item) (*Member, error) {
	r, err := replica.Open(replica.Options{Person: k.Person, Device: k.Device, Random: random, Links: links, Formers: k.Formers}, collection)
	if err != nil {
		return nil, err
	}
	for _, i := range records {
		if err := r.Receive(i.Sort, i.Raw); err != nil {
			return nil, fmt.Errorf("open a collection: %w", err)
		}
	}
	m := &Member{r: r, documents: map[chunk.DocumentID]bool{}, runs: map[chunk.RunRef]bool{}}
	m.learn()
	return m, nil
}

// learn takes up the ring as soon as the first key is here.
func (m *Member) learn() {
	if m.ready {
		return
	}
	ring, err := m.r.Ring()
	if err != nil {
		return
	}
	m.ring, m.ready = ring, true
	for id := range m.documents {
		m.ring.AddDocument(chunk.Document{ID: id})
	}
}

// Ready reports whether the keys are here that chunks are opened with.
func (m *Member) Ready() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.ready
}

// View is what the records say: the state, and the logs of the persons in it.
func (m *Member) View() (*access.State, map[identity.PersonID]identity.State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.r.State(), m.r.People()
}

// Spoken reports whether this person has a record in the collection's log: who has
// taken up an invitation has.
func (m *Member) Spoken() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.r.Spoken()
}

// RotationDue is that of the replica.
func (m *Member) RotationDue(now int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ready && m.r.RotationDue(now)
}

// Actor is the name under which this run writes in a document.
func (m *Member) Actor(id chunk.DocumentID) [16]byte {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.r.Actor(id)
}

// Know makes the ring ready for the changes of a document that name these runs,
// given as raw records.
func (m *Member) Know(id chunk.DocumentID, runs ...[]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.knowDocument(id)
	if len(runs) > 0 && !m.ready {
		return replica.ErrNotReady
	}
	for _, raw := range runs {
		run, err := chunk.ParseRun(raw)
		if err == nil {
			err = m.ring.AddRun(run)
		}
		if err != nil {
			return err
		}
		m.runs[run.Ref()] = true
	}
	return nil
}

func (m *Member) knowDocument(id chunk.DocumentID) {
	if m.documents[id] {
		return
	}
	m.documents[id] = true
	if m.ready {
		m.ring.AddDocument(chunk.Document{ID: id})
	}
}

// Change opens a chunk that holds a change and gives what is in it for an
// engine. Errors: those of chunk.Ring.Open; chunk.ErrForeign if it holds something
// else or belongs to another document.
func (m *Member) Change(id chunk.DocumentID, sealed []byte) ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	o, err := m.open(sealed)
	if err != nil {
		return nil, err
	}
	c, ok := o.Item.(*chunk.Change)
	if !ok || c.Document.ID != id {
		return nil, fmt.Errorf("opening a change: %w", chunk.ErrForeign)
	}
	return c.Automerge(), nil
}

// Run opens a chunk that announces a run and gives its raw record.
func (m *Member) Run(sealed []byte) ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	o, err := m.open(sealed)
	if err != nil {
		return nil, err
	}
	run, ok := o.Item.(*chunk.Run)
	if !ok {
		return nil, fmt.Errorf("opening a run: %w", chunk.ErrForeign)
	}
	return run.Raw(), nil
}

func (m *Member) open(sealed []byte) (chunk.Opened, error) {
	if !m.ready {
		return chunk.Opened{}, replica.ErrNotReady
	}
	return m.ring.Open(sealed)
}
