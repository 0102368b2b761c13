package replica

import (
	"bytes"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/verify"
)

// News is what has become of a document.
type News struct {
	Document chunk.DocumentID
	Touched  []doc.Path // what changes may have changed, as verify.Places tells
	Remade   bool       // something was taken back, so anything may have changed
	// Added are the changes that came to count, each after those that it builds
	// on; if Remade, all that count.
	Added []Arrival
}

// Arrival is a change that came to count.
type Arrival struct {
	Item   Key
	Run    *chunk.Run // who made it
	Own    bool       // this run has made it
	Change *verify.Decoded
}

// Settle judges what has come since the last time, and applies and takes back
// changes accordingly. It says which documents have changed since it was called
// last, by id. Everything that asks a Replica something settles first, and tells
// nothing of it: the news wait.
func (r *Replica) Settle() []News {
	r.settle()
	news := r.news
	r.news = nil
	slices.SortFunc(news, func(a, b News) int { return bytes.Compare(a.Document[:], b.Document[:]) })
	return news
}

// Whole has the next news of a document tell all that counts, because what was told
// before is damaged where it was kept.
func (r *Replica) Whole(id chunk.DocumentID) {
	if d := r.documents[id]; d != nil {
		d.whole = true
	}
}

func (r *Replica) settle() {
	if r.ring == nil && r.stale { // the owner's log may have come after the first epoch
		r.learn()
		r.receiveReleased()
	}
	turned := r.court.Add(r.fresh...)
	r.fresh = nil
	if r.stale {
		r.stale = false
		turned = append(turned, r.review()...)
	}
	for _, id := range turned {
		r.turn(id)
	}
	for _, d := range r.documents {
		if n, ok := d.settle(); ok {
			r.tell(n)
		}
	}
}

// tell adds to the news of a document that have not been told yet.
func (r *Replica) tell(n News) {
	at := slices.IndexFunc(r.news, func(old News) bool { return old.Document == n.Document })
	switch {
	case at < 0:
		r.news = append(r.news, n)
	case n.Remade:
		r.news[at] = n
	default:
		old := &r.news[at]
		old.Added, old.Touched = append(old.Added, n.Added...), append(old.Touched, n.Touched...)
	}
}

// review looks at what records and persons now say.
func (r *Replica) review() []access.ChangeID {
	if r.people.lost {
		r.people.lost = false
		r.view = access.Evaluate(r.log, r.people.directory)
	} else {
		r.view.Extend()
	}
	return r.court.Review(r.view)
}

// turn makes a change's document follow the verdict on it.
func (r *Replica) turn(id access.ChangeID) {
	c := r.changes[id]
	if c == nil {
		return
	}
	was := c.accepted
	c.accepted = r.opt.trust.accepts(r.court.Verdict(id))
	switch {
	case c.accepted && !was:
		c.doc.accept(c)
	case was && !c.accepted:
		c.doc.retract(c)
		r.run.broken = r.run.broken || r.run.wrote(c)
	}
}

func (r *Replica) takeGenesis(g *chunk.Genesis) {
	id := g.ID()
	if r.documents[id] == nil {
		r.documents[id] = newDocument(r, g)
		r.ring.AddDocument(g.Document())
	}
}

// takeChange verifies a change that its device has signed, once however often it
// was sealed.
func (r *Replica) takeChange(i Item, c *chunk.Change) {
	id := access.ChangeID(c.ID())
	if _, refused := r.refusals[id]; refused || r.changes[id] != nil {
		return
	}
	r.watch(c)
	decoded, f, err := decode(c)
	if err != nil {
		r.refusals[id] = Refusal{
			Change: id, Document: c.Document.ID, Author: c.Run.Person, Device: c.Run.Device, Item: i.Key, Err: err,
		}
		return
	}
	judged := access.Change{
		ID: id, Author: f.Author, Device: f.Device, Run: access.RunID(f.Run), Number: f.Number, Prev: access.ChangeID(f.Prev),
		Hash: f.Hash,
	}
	for _, cited := range f.Cites {
		judged.Cites = append(judged.Cites, cited)
	}
	for _, dep := range f.Deps {
		judged.Deps = append(judged.Deps, dep)
	}
	r.changes[id] = &change{Change: judged, doc: r.documents[c.Document.ID], decoded: decoded, item: i.Key, run: c.Run}
	r.fresh = append(r.fresh, judged)
}

// watch keeps the proof if a device has signed two changes for one place in a
// person's name: that of the two with the smallest ids, whatever came first.
func (r *Replica) watch(c *chunk.Change) {
	at := place{c.Run.Person, c.Run.Device, access.RunID(c.Run.Nonce), c.Number}
	two := append(r.places[at], c)
	slices.SortFunc(two, func(a, b *chunk.Change) int {
		x, y := a.ID(), b.ID()
		return bytes.Compare(x[:], y[:])
	})
	two = two[:min(len(two), 2)]
	r.places[at] = two
	if len(two) < 2 {
		return
	}
	if p, err := chunk.Prove(two[0], two[1]); err == nil {
		r.proofs[at] = p
	}
}
