package engine

import (
	"fmt"
	"sync"

	"corkboard/docstore/engine/vm"
)

const (
	// small is what a document may bring along, in bytes, to share a VM: a VM's
	// memory never shrinks, so that a large one would keep it all for them.
	small = 64 << 10
	// roomy is the size, in bytes, up to which a VM takes in another one.
	roomy = 16 << 20
	// spare is the size, in bytes, up to which one empty VM is kept.
	spare = 4 << 20
)

// machine is a VM with the documents in it.
type machine struct {
	mu sync.Mutex // who holds it may use the VM
	vm *vm.VM     // nil before it has started and when it has ended

	// The rest belongs to the Sandbox's lock.
	docs    map[*document]bool
	alone   bool   // for one document
	size    int    // of the VM's memory, in bytes, when it was last used
	pins    int    // who uses or waits for it
	used    uint64 // when, by the Sandbox's clock
	leaving bool   // its documents are being saved
}

// busy tells whether anybody uses a VM. Locked.
func (s *Sandbox) busy() bool {
	for _, m := range s.machines {
		if m.pins > 0 || m.leaving {
			return true
		}
	}
	return s.trials > 0
}

// pin finds a place for a document of so many bytes and keeps it there until
// unpin. Locked; it lets the lock go while it waits or makes room.
func (s *Sandbox) pin(d *document, bytes int) (*machine, error) {
	for {
		if s.closed {
			return nil, ErrClosed
		}
		if d.broken != nil {
			return nil, d.broken
		}
		if d.home != nil && d.home.leaving {
			s.changed.Wait()
			continue
		}
		m := d.home
		if m == nil {
			m = s.room(bytes > small)
		}
		if m == nil {
			s.makeRoom()
			continue
		}
		s.clock++
		m.pins, m.used = m.pins+1, s.clock
		m.docs[d] = true
		d.home = m
		return m, nil
	}
}

// room is a machine that takes in another document: the least busy one that
// can, or a new one; nil if there are too many. Locked.
func (s *Sandbox) room(alone bool) *machine {
	var best *machine
	for _, m := range s.machines {
		fits := len(m.docs) == 0 || !alone && !m.alone && len(m.docs) < s.options.Tenants && m.size < roomy
		if fits && !m.leaving && (best == nil || m.pins < best.pins) {
			best = m
		}
	}
	full := len(s.machines) >= s.options.VMs
	if best != nil && (best.pins == 0 || full) {
		best.alone = alone
		return best
	}
	if full {
		return nil
	}
	m := &machine{docs: map[*document]bool{}, alone: alone}
	s.machines = append(s.machines, m)
	return m
}

// makeRoom saves the documents of the machine that was used longest ago and
// ends it, or waits if all are in use. Locked; it lets the lock go meanwhile.
func (s *Sandbox) makeRoom() {
	var oldest *machine
	for _, m := range s.machines {
		if m.pins == 0 && !m.leaving && (oldest == nil || m.used < oldest.used) {
			oldest = m
		}
	}
	if oldest == nil {
		s.changed.Wait()
		return
	}
	oldest.leaving = true
	s.mu.Unlock()
	oldest.mu.Lock()
	for d := range oldest.docs {
		d.rest()
	}
	s.mu.Lock()
	for d := range oldest.docs {
		if d.core != nil { // it could not be saved
			d.broken = fmt.Errorf("%w: while it was put aside", ErrTrap)
		}
		d.home, d.core = nil, nil
	}
	s.end(oldest)
	oldest.mu.Unlock()
}

// end closes a machine's VM and forgets it. Locked; the caller holds m.mu.
func (s *Sandbox) end(m *machine) {
	for i, x := range s.machines {
		if x == m {
			s.machines = append(s.machines[:i], s.machines[i+1:]...)
			break
		}
	}
	if m.vm != nil {
		m.vm.Close()
		m.vm = nil
	}
	s.changed.Broadcast()
}

// unpin ends a use of m, whose lock the caller holds and which it lets go. A
// dead VM is dropped with all that was in it, an empty one unless it is the
// only spare one.
func (s *Sandbox) unpin(m *machine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer m.mu.Unlock()
	m.pins--
	if m.vm != nil {
		m.size = m.vm.Size()
		if m.vm.Broken() != nil {
			s.bury(m)
		}
	}
	if len(m.docs) == 0 && m.pins == 0 && (m.vm == nil || m.size > spare || s.spares() > 1) {
		s.end(m)
	}
	s.changed.Broadcast()
}

// bury drops a dead VM with the documents in it; who has only come for it
// finds a new one. Locked; the caller holds m.mu.
func (s *Sandbox) bury(m *machine) {
	for d := range m.docs {
		if d.core != nil {
			d.broken = fmt.Errorf("%w: in this document or in one beside it", ErrTrap)
			d.home, d.core = nil, nil
			delete(m.docs, d)
		}
	}
	m.vm.Close()
	m.vm, m.size = nil, 0
}

// spares counts the machines without documents. Locked.
func (s *Sandbox) spares() int {
	n := 0
	for _, m := range s.machines {
		if len(m.docs) == 0 {
			n++
		}
	}
	return n
}
