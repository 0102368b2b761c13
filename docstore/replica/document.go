package replica

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
)

// document is the accepted changes of one document, and what they make.
//
// Which of them fit is a function of the set: each is held against the changes
// that it builds on alone. Only where several changes claim one sequence number
// of an actor the order matters, which then is that of inOrder.
type document struct {
	r        *Replica
	genesis  *chunk.Genesis
	accepted map[[32]byte][]*change // by Automerge's hash; copies have one
	claims   map[claim]int          // accepted hashes that claim it
	rivals   int                    // claims beyond the first
	added    []*change              // accepted since the last settle
	remake   bool
	whole    bool // the next news tell all that counts

	places *verify.Places
	fit    []*change // in the order in which they were applied
	tips   tips
	misfit map[[32]byte]error // accepted, but they do not fit
	poison map[[32]byte]error // the engine failed on them

	engine engine.Doc // nil while nobody asks
	behind []*change  // of fit, not in the engine yet
	mine   [32]byte   // the engine has made it itself
}

type claim struct {
	actor [verify.ActorSize]byte
	seq   uint64
}

func newDocument(r *Replica, g *chunk.Genesis) *document {
	return &document{
		r: r, genesis: g, accepted: map[[32]byte][]*change{}, claims: map[claim]int{}, places: verify.NewPlaces(),
		tips: tips{}, misfit: map[[32]byte]error{}, poison: map[[32]byte]error{},
	}
}

func (d *document) claim(c *change) claim { return claim{c.decoded.Actor, c.decoded.Seq} }

// accept takes in a change that the court has accepted.
func (d *document) accept(c *change) {
	copies := d.accepted[c.Hash]
	d.accepted[c.Hash] = append(copies, c)
	if len(copies) > 0 {
		return
	}
	d.added = append(d.added, c)
	if d.claims[d.claim(c)]++; d.claims[d.claim(c)] > 1 {
		d.rivals++
	}
}

// retract takes a change back.
func (d *document) retract(c *change) {
	left := slices.DeleteFunc(d.accepted[c.Hash], func(o *change) bool { return o == c })
	if d.remake = true; len(left) > 0 {
		d.accepted[c.Hash] = left
		return
	}
	delete(d.accepted, c.Hash)
	if d.claims[d.claim(c)]--; d.claims[d.claim(c)] > 0 {
		d.rivals--
	} else {
		delete(d.claims, d.claim(c))
	}
}

// settle brings what fits up to date; false if nothing came or went.
func (d *document) settle() (News, bool) {
	if len(d.added) == 0 && !d.remake {
		return News{}, false
	}
	n := News{Document: d.genesis.ID(), Remade: d.remake || d.whole || d.rivals > 0 || d.r.opt.trust.lawless}
	was := len(d.fit)
	if n.Remade {
		was = 0
		d.refit()
	} else {
		n.Touched = d.extend(d.added)
	}
	for _, c := range d.fit[was:] {
		n.Added = append(n.Added, Arrival{Item: c.item, Run: c.run, Own: d.r.run.wrote(c), Change: c.decoded})
	}
	d.added, d.remake, d.whole = nil, false, false
	return n, true
}

// refit starts from nothing.
func (d *document) refit() {
	d.closeEngine()
	d.places, d.fit, d.tips, d.misfit = verify.NewPlaces(), nil, tips{}, map[[32]byte]error{}
	list := make([]*change, 0, len(d.accepted))
	for _, copies := range d.accepted {
		list = append(list, slices.MinFunc(copies, func(a, b *change) int { return bytes.Compare(a.ID[:], b.ID[:]) }))
	}
	d.extend(list)
}

// extend adds changes, each after those that it builds on.
func (d *document) extend(list []*change) []doc.Path {
	var touched []doc.Path
	for _, c := range inOrder(list) {
		err := d.poison[c.Hash]
		var paths []doc.Path
		if err == nil {
			paths, err = d.places.Add(c.decoded)
		}
		if err != nil {
			d.misfit[c.Hash] = err
			continue
		}
		d.fit, touched = append(d.fit, c), append(touched, paths...)
		d.tips.add(c)
		if d.engine != nil && c.Hash != d.mine {
			d.behind = append(d.behind, c)
		}
	}
	return touched
}

// inOrder sorts changes so that each comes after what it builds on, and else by
// number in its run, then id: the same for the same set (Kahn, "Topological
// sorting of large networks", 1962).
func inOrder(list []*change) []*change {
	given, upon, lacks := map[[32]byte]bool{}, map[[32]byte][]*change{}, map[*change]int{}
	for _, c := range list {
		given[c.Hash] = true
	}
	var ready []*change
	put := func(c *change) {
		at, _ := slices.BinarySearchFunc(ready, c, compareChanges)
		ready = slices.Insert(ready, at, c)
	}
	for _, c := range list {
		for _, dep := range c.Deps {
			if given[dep] {
				upon[dep] = append(upon[dep], c)
				lacks[c]++
			}
		}
	}
	for _, c := range list {
		if lacks[c] == 0 {
			put(c)
		}
	}
	out := make([]*change, 0, len(list))
	for len(ready) > 0 {
		c := ready[0]
		ready, out = ready[1:], append(out, c)
		for _, next := range upon[c.Hash] {
			if lacks[next]--; lacks[next] == 0 {
				put(next)
			}
		}
	}
	return out
}

func compareChanges(a, b *change) int {
	return cmp.Or(cmp.Compare(a.Number, b.Number), bytes.Compare(a.ID[:], b.ID[:]))
}

// tips is the hashes that no change builds on.
type tips map[[32]byte]bool

func (t tips) add(c *change) {
	for _, dep := range c.Deps {
		delete(t, dep)
	}
	t[c.Hash] = true
}

// heads is the tips as engines tell them.
func (t tips) heads() doc.Heads {
	heads := doc.Heads{}
	for h := range t {
		heads = append(heads, fmt.Sprintf("%x", h))
	}
	slices.Sort(heads)
	return heads
}
