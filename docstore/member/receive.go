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
// goroutine, before anything else is received or written. Of the documents that chunks
// gives, because some of theirs is damaged, the next news tell all that counts.
func (m *Member) Wake(chunks func(take func(raw []byte)) ([]chunk.DocumentID, error), hear func([]replica.News)) ([]replica.News, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hurt, err := chunks(func(raw []byte) {
		_ = m.r.Receive(replica.Chunk, raw) // what is refused was refused before, or is damaged
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is kept: %w", err)
	}
	m.hear = hear
	news := m.r.Settle()
	for _, id := range hurt {
		m.r.Whole(id)
	}
	m.learn()
	return news, nil
}

// Awake reports whether Wake has been called.
func (m *Member) Awake() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.hear != nil
}

// Receive takes items from outside, one after the other. keep is called with those
// that are held, before anybody hears what came of them. The errors are those of
// Replica.Receive, for each item; ErrAsleep for chunks before Wake.
func (m *Member) Receive(list []replica.Item, keep func(held []replica.Item)) []error {
	m.mu.Lock()
	defer m.mu.Unlock()
	errs := make([]error, len(list))
	var held []replica.Item
	for n, i := range list {
		if m.hear == nil && i.Sort == replica.Chunk {
			errs[n] = ErrAsleep
		} else if errs[n] = m.r.Receive(i.Sort, i.Raw); errs[n] == nil {
			held = append(held, i)
		}
	}
	if len(held) > 0 {
		keep(held)
		m.settle()
	}
	return errs
}

// settle tells what has come of what came last.
func (m *Member) settle() {
	news := m.r.Settle()
	m.learn()
	if m.hear != nil {
		m.hear(news)
	}
}

// Quarantine lists what is kept and not applied.
func (m *Member) Quarantine() []replica.Refusal {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.r.Quarantine()
}

// hearOwn lets an awake member count what it has written itself.
func (m *Member) hearOwn(items []replica.Item) {
	if m.hear == nil {
		return
	}
	for _, i := range items {
		_ = m.r.Receive(i.Sort, i.Raw) // by the road that all goes; records are there
	}
	m.settle()
}
