package access

import (
	"fmt"
	"slices"

	"corkboard/identity"
)

// State is what a collection's records say at some heads. It is a value of its
// own: nobody changes it, any goroutine may read it.
type State struct {
	Collection  RecordID
	Heads       []RecordID // ascending
	Owner       identity.PersonID
	OwnerGone   bool // the owner has left
	Members     map[identity.PersonID]Role
	Left        map[Seat]bool // devices left behind
	Invitations []Invitation  // that can be taken up, oldest first
	Stores      map[identity.DeviceID]string
	Policy      map[string][]byte
	Documents   map[DocumentID]Document // of which something is said
	Epochs      []Epoch                 // the one to seal with first
	Void        map[RecordID]Fault
}

// Invitation is an offer that waits. One by name waits for that person.
type Invitation struct {
	ID      RecordID
	By      identity.PersonID
	Time    int64 // as its author's clock had it
	Role    Role
	Person  identity.PersonID // zero: by link
	Single  bool
	Expires int64 // ms since 1970 UTC, 0: never
}

// Document is what was decided about a document.
type Document struct {
	Deleted    bool
	MovedTo    RecordID // zero: it has not moved
	Generation uint64   // 0: the first
	Root       [32]byte // of the generation, unless it is the first
}

// Role is that of a person; None for others.
func (s *State) Role(p identity.PersonID) Role { return s.Members[p] }

// State is what all records say, without those that wait. It is made once for
// the same records.
func (v *View) State() *State {
	if v.now == nil {
		v.now = v.stateOf(v.heads())
	}
	return v.now
}

// StateAt is what was known to somebody with these heads. ErrUnknown if one of
// them is not here or waits.
func (v *View) StateAt(heads []RecordID) (*State, error) {
	nodes, err := v.resolve(heads)
	if err != nil {
		return nil, err
	}
	return v.stateOf(nodes), nil
}

// RoleAt is the role of a person at some heads; of no heads it is None. Asking
// for heads that were asked before takes under a microsecond. ErrUnknown.
func (v *View) RoleAt(heads []RecordID, person identity.PersonID) (Role, error) {
	nodes, err := v.resolve(heads)
	if err != nil || len(nodes) == 0 {
		return None, err
	}
	number, ok := v.personAt[person]
	if !ok {
		return None, nil
	}
	return v.standingsAt(nodes).role(number), nil
}

// resolve finds the nodes of heads, without those that lie in the past of others.
func (v *View) resolve(heads []RecordID) ([]*node, error) {
	nodes := make([]*node, 0, len(heads))
	for _, id := range heads {
		n := v.byID[id]
		if n == nil {
			return nil, fmt.Errorf("heads: %w", ErrUnknown)
		}
		nodes = append(nodes, n)
	}
	if len(nodes) < 2 {
		return nodes, nil
	}
	slices.SortFunc(nodes, func(a, b *node) int { return a.at - b.at })
	nodes = slices.Compact(nodes)
	past := set{}
	for _, n := range nodes {
		past = past.union(n.past)
	}
	return slices.DeleteFunc(nodes, func(n *node) bool { return past.has(n.at) }), nil
}

func (v *View) stateOf(heads []*node) *State {
	s := &State{
		Collection: v.log.collection,
		Members:    map[identity.PersonID]Role{}, Left: map[Seat]bool{},
		Stores: map[identity.DeviceID]string{}, Policy: map[string][]byte{},
		Documents: map[DocumentID]Document{}, Void: map[RecordID]Fault{},
	}
	if len(heads) == 0 {
		return s
	}
	for _, n := range heads {
		s.Heads = append(s.Heads, n.ID)
	}
	slices.SortFunc(s.Heads, compareIDs)
	at := v.scopeAt(heads)
	s.Owner, s.OwnerGone = v.persons[owner], at.st.ownerGone
	for i := range at.st.persons {
		if role := at.st.role(i); role > None {
			s.Members[v.persons[i]] = role
		}
	}
	var force []*node
	for _, n := range v.stretch(at.within, -1) {
		switch {
		case n.fault != Sound:
			s.Void[n.ID] = n.fault
		case at.st.void.has(n.at):
			s.Void[n.ID] = Struck
		default:
			force = append(force, n)
		}
	}
	s.note(force, at.st)
	s.Epochs = epochs(v.stretch(at.within, -1), force, at.st)
	return s
}

// note takes in what does not bear on roles; of what is said twice the last counts.
func (s *State) note(force []*node, st *standings) {
	for _, n := range force {
		switch p := n.Payload.(type) {
		case *Invite:
			if o := st.offer(n.offer); o.open && !(o.used && (p.Single || !p.ByLink())) {
				s.Invitations = append(s.Invitations, Invitation{n.ID, n.Author, n.Time, p.Role, p.Person, p.Single, p.Expires})
			}
		case *Remove:
			if !p.person() {
				s.Left[Seat{p.Person, p.Device}] = true
			}
		case *AddStore:
			s.Stores[p.Store] = p.Name
		case *RemoveStore:
			delete(s.Stores, p.Store)
		case *SetPolicy:
			s.Policy[p.Name] = p.Value
		default:
			s.noteDocument(p)
		}
	}
}

func (s *State) noteDocument(p Payload) {
	change := func(id DocumentID, do func(*Document)) {
		d := s.Documents[id]
		do(&d)
		s.Documents[id] = d
	}
	switch p := p.(type) {
	case *Moved:
		change(p.Document, func(d *Document) { d.MovedTo = p.To })
	case *Tombstone:
		change(p.Document, func(d *Document) { d.Deleted = true })
	case *Reroot:
		change(p.Document, func(d *Document) {
			if p.Generation > d.Generation {
				d.Generation, d.Root = p.Generation, p.Root
			}
		})
	}
}
