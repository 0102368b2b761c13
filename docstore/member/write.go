package member

import (
	"corkboard/chunk"
	"corkboard/docstore/replica"
)

// Beginning is what makes the id of a document, besides who begins it where.
type Beginning struct {
	Nonce [32]byte
	Time  uint64 // ms since 1970 UTC
}

// Written is one item to keep, in the order given.
type Written struct {
	Item replica.Item
	Kind chunk.Kind   // of a chunk
	Run  chunk.RunRef // of a run or a change
	// Announced is the raw record in the chunk of a run.
	Announced []byte
}

// Write signs and seals the beginning of a document, if it has one, and changes
// of it that an engine made under Actor, one after the other. What it made is
// given to keep before anybody else can sign. Errors: those of Replica.Sign; what
// is given to keep then holds no change.
func (m *Member) Write(id chunk.DocumentID, begin *Beginning, actor [16]byte, changes [][]byte, now int64, keep func([]Written)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.knowDocument(id)
	var items []replica.Item
	var run *chunk.Run
	var err error
	if begin != nil {
		items, err = m.r.SignGenesis(begin.Nonce, begin.Time, now)
	}
	if err == nil && len(changes) > 0 {
		var more []replica.Item
		more, run, err = m.r.Sign(id, actor, changes, now)
		items = append(items, more...)
	}
	out := make([]Written, len(items))
	for n, i := range items {
		out[n] = m.written(i, run)
	}
	keep(out)
	m.hearOwn(items)
	return err
}

// Govern runs a command on members, invitations or keys. What it made is given to
// keep before anybody else can sign, also after an error, which is the command's.
func (m *Member) Govern(command func(*replica.Replica) ([]replica.Item, error), keep func([]Written)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	items, err := command(m.r)
	out := make([]Written, len(items))
	for n, i := range items {
		out[n] = m.written(i, nil)
	}
	keep(out)
	m.settle()
	return err
}

// written says what an item is. Whatever names a run names the same one.
func (m *Member) written(i replica.Item, run *chunk.Run) Written {
	w := Written{Item: i}
	if i.Sort != replica.Chunk {
		return w
	}
	s, _ := chunk.Parse(i.Raw) // we have sealed it
	w.Kind = s.Kind
	if w.Kind != chunk.KindGenesis && run != nil {
		w.Run = run.Ref()
		m.runs[w.Run] = true
	}
	if w.Kind == chunk.KindRun {
		w.Announced = run.Raw()
	}
	return w
}
