package replica

import (
	"bytes"
	"crypto/sha256"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/verify"
)

// forge lets one of the hostile do one of their tricks.
func (w *world) forge() {
	if w.chance(3) {
		w.spoil(w.nodes[[]int{liar, copycat}[w.random.IntN(2)]])
		return
	}
	if w.chance(3) {
		w.lie()
		return
	}
	if w.chance(6) {
		w.usurp()
		return
	}
	p := w.penOf(w.nodes[copycat])
	d := p.someDocument()
	if d == nil || p.n.r.State().Role(p.n.player.id) < access.Write {
		return
	}
	if len(w.pairs) == 0 {
		p.doubles(d)
		return
	}
	switch w.random.IntN(7) {
	case 0:
		p.copies(d)
	case 1:
		p.poses(d)
	case 2:
		p.breaksChain(d)
	case 3:
		p.mutates(d)
	case 4:
		p.doubles(d)
	case 5:
		p.sealsAgain(d)
	case 6:
		w.say(p.n, &access.Rotate{Commit: [32]byte(w.bytes(32))}) // a key that nobody is given
		w.tally["withheld"]++
	}
}

// spoil sends bytes that nobody signed: of nothing, or of what others made.
func (w *world) spoil(n *node) {
	i := Item{Sort: Sort(1 + w.random.IntN(3)), Raw: w.bytes(w.random.IntN(300))}
	if have := n.r.Have(); len(have) > 0 && !w.chance(4) {
		i, _ = n.r.Item(have[w.random.IntN(len(have))])
		before := i.Raw
		if i.Raw = w.scrambled(i.Raw); bytes.Equal(i.Raw, before) {
			return
		}
	}
	i.Key = sha256.Sum256(i.Raw)
	w.tally["garbage"]++
	w.push(n, []Item{i})
}

// lie lets a reader write: by their replica, which believes itself, or by hand,
// citing what nobody knows, or nothing, or in the name of somebody who may.
func (w *world) lie() {
	n := w.nodes[liar]
	if len(w.docs) > 0 && w.chance(2) {
		id := w.docs[w.random.IntN(len(w.docs))]
		if tree, err := n.r.Tree(id); err == nil {
			items, err := n.r.Edit(id, w.edits(tree), "lie", w.time(n))
			w.does(n, items, err)
		}
		return
	}
	p := w.penOf(n)
	d := p.someDocument()
	if d == nil {
		return
	}
	if w.chance(8) { // an empty document more for all who can open it
		_, items, err := n.r.NewDocument(w.time(n))
		w.does(n, items, err)
		return
	}
	run := p.announce(func(r *chunk.Run) {
		switch w.random.IntN(3) {
		case 0:
			r.Cites = [][32]byte{[32]byte(w.bytes(32))}
		case 1:
			r.Cites = nil
		case 2:
			r.Person = w.nodes[owner].player.id
		}
	})
	if c := p.change(run, p.last, d, nil); c != nil {
		p.forbidden("by a reader, by hand", run, c)
		p.last = c.Link()
	}
}

// usurp says in the access log what a reader or writer has no right to say.
func (w *world) usurp() {
	n := w.nodes[[]int{liar, copycat}[w.random.IntN(2)]]
	if len(n.r.State().Heads) == 0 {
		return
	}
	a := w.nodes[owner].player.id
	id := w.say(n, []access.Payload{
		&access.SetRole{Person: n.player.id, Role: access.Admin},
		&access.SetRole{Person: a, Role: access.Read, Lowers: true},
		&access.Remove{Person: a},
		&access.Invite{Role: access.Admin, Person: n.player.id, Single: false},
		&access.SetPolicy{Name: "usurped", Value: []byte{1}},
	}[w.random.IntN(5)])
	w.usurped = append(w.usurped, id)
}

// say signs an access record past the replica, and spreads it.
func (w *world) say(n *node, p access.Payload) access.RecordID {
	by := access.Author{Person: n.player.id, Device: n.player.devices[n.device]}
	record, err := by.Sign(w.time(n), n.r.State().Heads, p)
	if err != nil {
		w.fail("%s signs: %w", n, err)
		return access.RecordID{}
	}
	_ = n.r.Receive(AccessRecord, record.Raw)
	w.save(n, nil)
	w.push(n, []Item{{AccessRecord, sha256.Sum256(record.Raw), record.Raw}})
	return record.ID
}

// copies signs what somebody else wrote as if it were the device's own.
func (p *pen) copies(d *document) {
	if of := p.another(d); of != nil {
		run := p.announce(nil)
		p.forbidden("copied from another", run, p.sign(run, p.last, d, of.decoded.Chunk))
	}
}

// poses writes in the name of a person whose device this is not, perhaps under
// the name of a run of theirs.
func (p *pen) poses(d *document) {
	run := p.announce(func(r *chunk.Run) {
		r.Person = p.w.victim(p.n)
		if of := p.another(d); of != nil && p.w.chance(2) {
			r.Person, r.Nonce = of.Author, chunk.Nonce(of.Run)
		}
	})
	p.forbidden("in the name of another", run, p.change(run, chunk.Link{}, d, nil))
}

// breaksChain leaves out numbers, or names as the one before what is none.
func (p *pen) breaksChain(d *document) {
	run := p.announce(nil)
	after := chunk.Link{Number: 1 + p.last.Number, ID: p.last.ID}
	of := p.another(d)
	switch p.w.random.IntN(3) {
	case 0:
		if after.ID == (chunk.ChangeID{}) {
			after.ID[0] = 1
		}
	case 1:
		after.ID = chunk.ChangeID(p.w.bytes(32))
	case 2:
		if of == nil {
			return
		}
		after = chunk.Link{Number: of.Number, ID: chunk.ChangeID(of.ID)}
	}
	p.forbidden("out of its chain", run, p.change(run, after, d, nil))
}

// mutates signs what no engine wrote. Some of it an engine might have written,
// which then counts for all or for nobody.
func (p *pen) mutates(d *document) {
	run := p.announce(nil)
	legal := false
	c := p.change(run, p.last, d, func(body []byte) []byte {
		whole, err := verify.Change(body)
		if err != nil {
			p.w.fail("%s: %w", p.n, err)
			return body
		}
		mutant := reframed(p.w.scrambled(dataOf(whole.Chunk)))
		m, err := verify.Change(mutant)
		legal = err == nil && m.Actor == whole.Actor
		return mutant
	})
	switch {
	case c == nil:
		return
	case legal:
		p.w.tally["mutants"]++
		p.send(run, c)
	default:
		p.forbidden("that no engine makes", run, c)
	}
	if p.w.chance(2) {
		p.last = c.Link()
	}
}

// doubles says two things in one place of its chain, and goes on after one.
func (p *pen) doubles(d *document) {
	run := p.announce(nil)
	a, b := p.change(run, p.last, d, nil), p.change(run, p.last, d, nil)
	if a == nil || b == nil || a.ID() == b.ID() {
		return
	}
	p.w.pairs = append(p.w.pairs, [2]access.ChangeID{idOf(a), idOf(b)})
	p.send(run, a)
	p.send(run, b)
	if p.last = a.Link(); p.w.chance(2) {
		p.last = b.Link()
	}
}

// sealsAgain spreads what somebody else has signed under another seal, which
// anybody may.
func (p *pen) sealsAgain(d *document) {
	of := p.another(d)
	if of == nil {
		return
	}
	i, _ := p.n.r.Item(of.item)
	o, err := p.n.r.ring.Open(i.Raw)
	if err != nil {
		p.w.fail("%s: %w", p.n, err)
		return
	}
	p.w.tally["resealed"]++
	p.send(o.Item)
}
