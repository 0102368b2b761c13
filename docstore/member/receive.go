package member

import (
	"errors"
	"fmt"

	"corkboard/chunk"
	"corkboard/docstore/replica"
)

// ErrAsleep says that Wake must come first.
var ErrAsleep = errors.New("the member has not been woken")

// Wake gives the member all chunks that are kept, in any order. Only who has
// them can judge what others send; until then a member who works alone saves the
// memory and the time. It tells of every document what counts. Each later item
// must come by Receive or Write; what they bring is told to hear, on their
// goroutine, before anything else is received or written.
func (m *Member) Wake(chunks func(take func(raw []byte)) error, hear func([]replica.News)) ([]replica.News, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := chunks(func(raw []byte) {
		_ = m.r.Receive(replica.Chunk, raw) // what is refused was refused before, or is damaged
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is kept: %w", err)
	}
	m.hear = hear
	return m.r.Settle(), nil
}

// Awake reports whether Wake has been called.
func (m *Member) Awake() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.hear != nil
}

// Receive takes bytes from outside. keep is called once they are held, before
// anybody hears what came of them. Errors: those of Replica.Receive; ErrAsleep before
// Wake.
func (m *Member) Receive(s replica.Sort, raw []byte, keep func()) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hear == nil {
		return ErrAsleep
	}
	if err := m.r.Receive(s, raw); err != nil {
		return err
	}
	keep()
	m.hear(m.r.Settle())
	return nil
}

// Item is one that is held, what waits and what is in quarantine included. There
// are only records before Wake.
func (m *Member) Item(k replica.Key) (replica.Item, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.r.Item(k)
}

// Quarantine lists what is kept and not applied.
func (m *Member) Quarantine() []replica.Refusal {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.r.Quarantine()
}

// Nonce is what the id of a document was made of.
func (m *Member) Nonce(id chunk.DocumentID) (nonce [32]byte, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.r.Nonce(id)
}

// hearOwn lets an awake member count what it has written itself.
func (m *Member) hearOwn(items []replica.Item) {
	if m.hear == nil {
		return
	}
	for _, i := range items {
		_ = m.r.Receive(i.Sort, i.Raw) // by the road that all goes; records are there
	}
	m.hear(m.r.Settle())
}
