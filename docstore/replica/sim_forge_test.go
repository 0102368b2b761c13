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
	p := w.penOf(w.nodes[copycat])
	d := p.someDocument()
	if d == nil || p.n.r.State().Role(p.n.player.id) < access.Write {
		return
	}
	switch w.random.IntN(6) {
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
	c := p.sign(run, p.last, d, p.body(d, run))
	w.forbid(idOf(c), "by a reader, by hand")
	p.last = c.Link()
	p.send(run, c)
}

// copies signs what somebody else wrote as if it were the device's own.
func (p *pen) copies(d *document) {
	if of := p.another(d); of != nil {
		run := p.announce(nil)
		c := p.sign(run, p.last, d, of.decoded.Chunk)
		p.w.forbid(idOf(c), "a copy")
		p.send(run, c)
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
	c := p.sign(run, chunk.Link{}, d, p.body(d, run))
	p.w.forbid(idOf(c), "in the name of another")
	p.send(run, c)
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
	c := p.sign(run, after, d, p.body(d, run))
	p.w.forbid(idOf(c), "a broken chain")
	p.send(run, c)
}

// mutates signs what no engine wrote. Some of it an engine might have written,
// which then counts for all or for nobody.
func (p *pen) mutates(d *document) {
	run := p.announce(nil)
	body := p.body(d, run)
	whole, err := verify.Change(body)
	if err != nil {
		p.w.fail("%s: %w", p.n, err)
		return
	}
	mutant := reframed(p.w.scrambled(dataOf(whole.Chunk)))
	if bytes.Equal(mutant, whole.Chunk) {
		return
	}
	c := p.sign(run, p.last, d, mutant)
	if m, err := verify.Change(mutant); err != nil || m.Actor != whole.Actor {
		p.w.forbid(idOf(c), "what no engine makes")
	} else {
		p.w.tally["mutants"]++
	}
	if p.w.chance(2) {
		p.last = c.Link()
	}
	p.send(run, c)
}

// doubles says two things in one place of its chain, and goes on after one.
func (p *pen) doubles(d *document) {
	run := p.announce(nil)
	a, b := p.sign(run, p.last, d, p.body(d, run)), p.sign(run, p.last, d, p.body(d, run))
	if a.ID() == b.ID() {
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
