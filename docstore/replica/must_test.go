package replica

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/share"
)

// seeds is how many random orders of delivery each property is tried on.
const seeds = 12

// lies lets a replica write whatever its role, and believe itself.
func lies(r *Replica) *Replica {
	r.opt.trust.forges, r.opt.trust.lawless = true, true
	return r
}

// everywhere tries a property on the replicas of some players, and on each of
// them as it comes back with what it held, in several orders.
func (m *team) everywhere(some []int, property func(name string, r *Replica)) {
	m.t.Helper()
	m.wantEqual(some...)
	for _, i := range some {
		property(m.players[i].name, m.all[i])
		for seed := range uint64(4) {
			again := m.rebuilt(m.all[i], rand.New(stream(7, seed)))
			property(fmt.Sprintf("%s in order %d", m.players[i].name, seed), again)
			again.Close()
		}
	}
}

func overSeeds(t *testing.T, do func(*testing.T, uint64)) {
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { do(t, seed) })
	}
}

func TestAReadersForgedChangeIsRefusedEverywhere(t *testing.T) {
	overSeeds(t, func(t *testing.T, seed uint64) {
		m := newTeam(t, seed, 4)
		for i, role := range []access.Role{access.Write, access.Read, access.Write} {
			m.admit(i+1, role)
		}
		id := m.document()
		for n := range 5 {
			m.put(lies(m.all[2]), id, "forged", int64(n))
			m.put(m.all[1], id, "honest", int64(n))
			m.sync()
		}
		m.everywhere([]int{0, 1, 3}, func(name string, r *Replica) {
			if tree := m.tree(r, id); tree["forged"] != nil || tree["honest"] != int64(4) {
				t.Errorf("%s: %v", name, doc.Value(tree))
			}
			list := refused(r, m.players[2].id)
			if len(list) != 5 || list[0] != access.NoWrite || list[4] != access.NoWrite {
				t.Errorf("%s refuses %v", name, list)
			}
		})
	})
}

func TestARemovedWritersLaterChangesAreQuarantinedEverywhere(t *testing.T) {
	overSeeds(t, func(t *testing.T, seed uint64) {
		m := newTeam(t, seed, 5)
		for i, role := range []access.Role{access.Admin, access.Write, access.Write, access.Read} {
			m.admit(i+1, role)
		}
		id := m.document()
		m.put(m.all[2], id, "before", true)
		m.sync()
		_, err := m.all[seed%2].Remove(m.players[2].id, m.tick())
		m.must(err)
		for n := range 5 { // has not heard of it; nor has D, until the end
			m.put(m.all[2], id, "after", int64(n))
			m.sync(m.all[2], m.all[3])
		}
		m.put(m.all[0], id, "honest", true)
		if tree := m.tree(m.all[3], id); tree["after"] != int64(4) {
			t.Fatalf("D does not see what it may: %v", doc.Value(tree))
		}
		m.sync()
		m.everywhere([]int{0, 1, 3, 4}, func(name string, r *Replica) {
			tree := m.tree(r, id)
			if tree["after"] != nil || tree["before"] != true || tree["honest"] != true {
				t.Errorf("%s: %v", name, doc.Value(tree))
			}
			for _, f := range r.Quarantine() {
				_, held := r.Item(f.Item)
				if f.Author != m.players[2].id || f.Reason != access.AfterRemoval || !held {
					t.Errorf("%s: %v by %v, held %v", name, f.Reason, f.Author, held)
				}
			}
			if n := len(r.Quarantine()); n != 5 {
				t.Errorf("%s keeps %d in quarantine, want 5", name, n)
			}
		})
	})
}

func TestConcurrentReAddingOfARemovedAdminIsVoid(t *testing.T) {
	overSeeds(t, func(t *testing.T, seed uint64) {
		m := newTeam(t, seed, 4)
		for i, role := range []access.Role{access.Admin, access.Admin, access.Write} {
			m.admit(i+1, role)
		}
		id := m.document()
		_, err := m.all[0].Remove(m.players[1].id, m.tick())
		m.must(err)
		b := m.all[1] // does not know, or pretends so
		invitation, _, err := b.Invite(m.players[1].id, access.Admin, m.tick())
		m.must(err)
		_, err = b.Accept(invitation, m.tick())
		m.must(err)
		secret, _, err := b.InviteByLink(access.Write, false, 0, m.tick())
		m.must(err)
		_, err = b.Join(secret, m.tick())
		m.must(err)
		_, err = b.Remove(m.players[2].id, m.tick())
		m.must(err)
		m.put(b, id, "after", true)
		m.sync()
		m.everywhere([]int{0, 2, 3}, func(name string, r *Replica) {
			s := r.State()
			if s.Role(m.players[1].id) != access.None || s.Role(m.players[2].id) != access.Admin {
				t.Errorf("%s: B is %v, C is %v", name, s.Role(m.players[1].id), s.Role(m.players[2].id))
			}
			if tree := m.tree(r, id); tree["after"] != nil {
				t.Errorf("%s: %v", name, doc.Value(tree))
			}
		})
	})
}

func TestMutualRemovalRemovesBoth(t *testing.T) {
	overSeeds(t, func(t *testing.T, seed uint64) {
		m := newTeam(t, seed, 4)
		for i, role := range []access.Role{access.Admin, access.Admin, access.Write} {
			m.admit(i+1, role)
		}
		id := m.document()
		_, err := m.all[1].Remove(m.players[2].id, m.tick())
		m.must(err)
		_, err = m.all[2].Remove(m.players[1].id, m.tick())
		m.must(err)
		m.put(m.all[1], id, "B", true)
		m.put(m.all[2], id, "C", true)
		m.sync()
		m.put(m.all[0], id, "A", true)
		m.put(m.all[3], id, "D", true)
		m.sync(m.all[0], m.all[3])
		m.everywhere([]int{0, 3}, func(name string, r *Replica) {
			s := r.State()
			if len(s.Members) != 2 || s.Role(m.players[0].id) != access.Admin || s.Role(m.players[3].id) != access.Write {
				t.Errorf("%s: members are %v", name, s.Members)
			}
			if tree := m.tree(r, id); tree["B"] != nil || tree["C"] != nil || tree["A"] != true || tree["D"] != true {
				t.Errorf("%s: %v", name, doc.Value(tree))
			}
		})
	})
}

// A removed member who has all old keys and goes on writing, backdated: the
// records after the removal never reach them.
func TestAfterRemovalNothingIsReadAndNothingCounts(t *testing.T) {
	const later = 200
	m := newTeam(t, 99, 4)
	for i, role := range []access.Role{access.Write, access.Write, access.Read} {
		m.admit(i+1, role)
	}
	id := m.document()
	link := share.Format(share.Link{Document: id.Doc(), Kind: "board"})
	b := m.all[1]
	m.put(b, id, "before", true)
	_, err := m.all[0].Rotate(m.tick())
	m.must(err)
	m.sync()
	told := len(b.keys.Epochs())
	_, err = m.all[0].Remove(m.players[1].id, m.tick())
	m.must(err)
	m.sync(m.all[0], m.all[2], m.all[3])
	before := len(m.all[0].Have())
	for n := range later {
		m.put(m.all[n%2*2], id, "honest", int64(n))
		m.put(b, id, "late", int64(n))
	}
	m.sync(m.all[0], m.all[2])
	chunks := laterChunks(m.all[0], before)
	m.sync() // now b hears all, and all hear b
	opened := 0
	for _, raw := range chunks {
		if _, err := b.ring.Open(raw); err == nil {
			opened++
		}
	}
	if len(chunks) < later || opened != 0 {
		t.Errorf("the removed member opens %d of %d later chunks", opened, len(chunks))
	}
	if n := len(b.keys.Epochs()); n != told {
		t.Errorf("the removed member has %d keys, had %d", n, told)
	}
	if _, err := b.Tree(id); err != nil || m.tree(b, id)["honest"] != nil {
		t.Errorf("the removed member reads on: %v", err)
	}
	m.everywhere([]int{0, 2, 3}, func(name string, r *Replica) {
		tree := m.tree(r, id)
		if tree["late"] != nil || tree["before"] != true || tree["honest"] != int64(later-1) {
			t.Errorf("%s: %v", name, doc.Value(tree))
		}
		if list := refused(r, m.players[1].id); len(list) != later || list[0] != access.AfterRemoval || list[later-1] != access.AfterRemoval {
			t.Errorf("%s has %d of the removed member's changes in quarantine: %v", name, len(list), list)
		}
		ids := r.Documents()
		if len(ids) != 1 || share.Format(share.Link{Document: ids[0].Doc(), Kind: "board"}) != link || r.Collection() != m.all[0].Collection() {
			t.Errorf("%s: ids or links changed", name)
		}
	})
}

// laterChunks is the sealed chunks that came after the first so many items.
func laterChunks(r *Replica, after int) (raw [][]byte) {
	for _, k := range r.Have()[after:] {
		if i, _ := r.Item(k); i.Sort == Chunk {
			if s, err := chunk.Parse(i.Raw); err == nil && s.Kind == chunk.KindChange {
				raw = append(raw, i.Raw)
			}
		}
	}
	return raw
}
