package access

import (
	"crypto/sha256"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"corkboard/identity"
)

// A play is random replicas whose persons write records and changes, honest
// and not, and meet now and then.
type play struct {
	t       testing.TB
	random  *rand.Rand
	worlds  []*world
	changes [][]Change     // that each replica has
	runs    map[runID]Mark // the last change of each run
	secrets map[RecordID]*InviteKeys
	whole   *world
	all     []Change
	liars   bool // two changes with one number now and then
	count   int
}

func newPlay(t testing.TB, seed int64, replicas int) *play {
	p := &play{
		t: t, random: rand.New(rand.NewSource(seed)), whole: founded(t),
		runs: map[runID]Mark{}, secrets: map[RecordID]*InviteKeys{}, changes: make([][]Change, replicas),
	}
	for range replicas {
		p.worlds = append(p.worlds, p.whole.fork())
	}
	return p
}

func (p *play) run(steps int) {
	for range steps {
		i, j := p.random.Intn(len(p.worlds)), p.random.Intn(len(p.worlds))
		switch p.random.Intn(8) {
		case 0:
			p.worlds[i].merge(p.worlds[j])
			p.changes[i] = union(p.changes[i], p.changes[j])
		case 1, 2, 3:
			p.change(i)
		default:
			p.record(i)
		}
	}
	p.whole.merge(p.worlds...)
	for _, c := range p.changes {
		p.all = union(p.all, c)
	}
}

func union(a, b []Change) []Change {
	have := map[ChangeID]bool{}
	for _, c := range a {
		have[c.ID] = true
	}
	for _, c := range b {
		if !have[c.ID] {
			a = append(a, c)
		}
	}
	return a
}

func (p *play) anyone() *who { return cast[p.random.Intn(10)] }

// heads are what the replica knows, or rarely older ones.
func (p *play) heads(w *world) []RecordID {
	if p.random.Intn(6) > 0 {
		return w.log.Heads()
	}
	var ids []RecordID
	for range 1 + p.random.Intn(2) {
		ids = append(ids, w.log.inserted[p.random.Intn(w.log.Len())].ID)
	}
	return ids
}

// record writes something, mostly by one who may.
func (p *play) record(i int) {
	w, by, on := p.worlds[i], p.anyone(), p.anyone()
	for range 4 {
		if w.view.State().Role(by.person) == Admin {
			break
		}
		by = p.anyone()
	}
	role := Role(1 + p.random.Intn(5))
	heads, device := p.heads(w), p.random.Intn(2)
	switch p.random.Intn(16) {
	case 0, 1:
		w.saysOn(by, device, heads, &Invite{Role: role, Person: on.person})
	case 2, 3, 4:
		p.takeUp(i)
	case 5:
		invite, keys := w.link(by, role, role == Admin || p.random.Intn(2) == 0, byte(p.random.Intn(200)))
		p.secrets[invite.ID] = keys
	case 6:
		if open := w.view.State().Invitations; len(open) > 0 {
			w.saysOn(by, device, heads, &InviteRevoke{open[p.random.Intn(len(open))].ID})
		}
	case 7:
		w.saysOn(on, device, heads, &Leave{Frontier: p.frontier(i, on, nil)})
	case 8, 9:
		w.saysOn(by, device, heads, &Remove{Person: on.person, Frontier: p.frontier(i, on, nil)})
	case 10:
		d := on.devices[p.random.Intn(2)].ID()
		w.saysOn(by, device, heads, &Remove{Person: on.person, Device: d, Frontier: p.frontier(i, on, &d)})
	case 11:
		w.saysOn(by, device, heads, &SetRole{Person: on.person, Role: role})
	case 12:
		s := &SetRole{Person: on.person, Role: role, Lowers: true}
		if role < Write {
			s.Frontier = p.frontier(i, on, nil)
		}
		w.saysOn(by, device, heads, s)
	case 13:
		w.saysOn(by, device, heads, &Rotate{Commit: [32]byte{byte(p.random.Intn(256)), byte(w.time)}})
	case 14:
		w.saysOn(by, device, heads, &SetPolicy{Name: fmt.Sprint(p.random.Intn(3)), Value: []byte{byte(w.time)}})
	case 15:
		w.saysOn(by, device, heads, &Reroot{Document: DocumentID{1}, Generation: uint64(1 + p.random.Intn(9))})
	}
}

func (p *play) takeUp(i int) {
	w := p.worlds[i]
	var offers []*Record
	open := w.view.State().Invitations
	for _, r := range w.log.All() {
		if r.Kind() == kindInvite && (p.random.Intn(20) == 0 || slices.ContainsFunc(open, func(o Invitation) bool { return o.ID == r.ID })) {
			offers = append(offers, r)
		}
	}
	if len(offers) == 0 {
		return
	}
	r := offers[p.random.Intn(len(offers))]
	if keys := p.secrets[r.ID]; keys != nil {
		w.join(p.anyone(), r, keys)
		return
	}
	for _, by := range cast {
		if by.person == r.Payload.(*Invite).Person {
			w.saysOn(by, p.random.Intn(2), w.log.Heads(), &Accept{r.ID})
		}
	}
}

// frontier is what a replica knows of a person's runs, or of one device's.
func (p *play) frontier(i int, of *who, device *identity.DeviceID) Frontier {
	var marks []Mark
	for _, c := range p.changes[i] {
		if c.Author == of.person && (device == nil || c.Device == *device) {
			marks = append(marks, Mark{c.Device, c.Run, c.Number, c.ID})
		}
	}
	return NewFrontier(marks)
}

// change writes a change, mostly by one who may, on what the replica has.
func (p *play) change(i int) {
	w, by := p.worlds[i], p.anyone()
	for range 4 {
		if w.view.State().Role(by.person) >= Write {
			break
		}
		by = p.anyone()
	}
	device := by.devices[p.random.Intn(2)].ID()
	id := runID{device, RunID{byte(1 + p.random.Intn(2))}}
	last := p.runs[id]
	p.count++
	c := Change{
		ID: sha256.Sum256(fmt.Append(nil, "id", p.count)), Hash: sha256.Sum256(fmt.Append(nil, "hash", p.count)),
		Author: by.person, Device: device, Run: id.run, Number: last.Number + 1, Prev: last.ID, Cites: p.heads(w),
	}
	verdicts := Judge(w.view, p.changes[i])
	for range p.random.Intn(3) {
		if n := len(p.changes[i]); n > 0 {
			d := p.changes[i][p.random.Intn(n)]
			if verdicts[d.ID].Status == Accepted || p.random.Intn(20) == 0 {
				c.Deps = append(c.Deps, d.Hash)
			}
		}
	}
	p.changes[i] = append(p.changes[i], c)
	if !p.liars || p.random.Intn(8) > 0 { // else the next one takes the same number
		p.runs[id] = Mark{device, c.Run, c.Number, c.ID}
	}
}
