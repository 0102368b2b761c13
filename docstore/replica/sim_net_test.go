package replica

import (
	"fmt"
	"slices"
)

// The network: 30 % of all messages are lost, 20 % come twice, each takes its
// own time, so that they overtake each other.

func (w *world) send(from, to *node, deliver func()) {
	if w.groups != nil && w.groups[from.at] != w.groups[to.at] {
		return
	}
	copies := 1
	if w.chance(5) {
		copies = 2
	}
	for range copies {
		if w.random.IntN(100) < 30 {
			continue
		}
		w.tally["messages"]++
		w.after(5+w.random.Int64N(400), func() {
			if !to.dead && !from.dead {
				deliver()
			}
		})
	}
}

// push sends new items to some others at once.
func (w *world) push(n *node, items []Item) {
	if len(items) == 0 {
		return
	}
	if w.wires != nil {
		return // sessions are told of what is on disk
	}
	for range 3 {
		to := w.other(n)
		for _, i := range items {
			w.send(n, to, func() { w.hear(to, i) })
		}
	}
}

func (w *world) other(n *node) *node {
	for {
		if to := w.nodes[w.random.IntN(len(w.nodes))]; to != n {
			return to
		}
	}
}

// gossip tells another node what one has; that one says what it wants, and gets it.
func (w *world) gossip(n *node) {
	if w.wires != nil {
		w.wires.dial(n)
		return
	}
	to := w.other(n)
	have := n.disk.have()
	w.send(n, to, func() {
		want := to.r.Want(have)
		if len(want) > 300 {
			want = want[:300]
		}
		if len(want) == 0 {
			return
		}
		w.send(to, n, func() {
			for _, k := range want {
				if i, ok := n.r.Item(k); ok && n.disk.kept[k] {
					w.send(n, to, func() { w.hear(to, i) })
				}
			}
		})
	})
}

// hear gives an item to a node.
func (w *world) hear(n *node, i Item) {
	if n.deaf && i.Sort == AccessRecord {
		return
	}
	fmt.Fprintf(w.record, "%d %d %x\n", w.now, n.at, i.Key)
	if err := n.r.Receive(i.Sort, i.Raw); err != nil && w.made[i.Key] != nil && !n.hostile {
		w.fail("%s refuses an honest %v: %w", n, i.Sort, err)
	}
	w.save(n, nil)
}

// part splits the network, for some time.
func (w *world) part() {
	w.groups = make([]int, len(w.nodes))
	for i := range w.groups {
		w.groups[i] = w.random.IntN(2 + w.random.IntN(2))
	}
	if w.wires != nil {
		w.wires.cutAll(func(l *link) bool { return w.wires.far(l.ends[0].n, l.ends[1].n) })
	}
	w.after(3000+w.random.Int64N(12_000), func() { w.groups = nil })
}

// crash takes the memory of a node: it comes back with what was on its disk, in any
// order, under another run, and must show the same if that was all.
func (w *world) crash(n *node) {
	if n.dead || n.hostile || n.deaf {
		return
	}
	w.tally["crashes"]++
	if w.chance(2) { // with something on the way to the disk
		w.edit(n)
	}
	if lacks := n.disk.lacks(); lacks > 0 {
		w.tally["torn"]++
		w.tally["unsaved"] += lacks
		w.reopen(n)
		return
	}
	before, err := n.r.Hash()
	if err != nil {
		w.fail("%s: %w", n, err)
		return
	}
	was := n.r
	w.reopen(n)
	after, err := n.r.Hash()
	if err != nil || after != before || !slices.Equal(refusals(n.r), refusals(was)) || !sameProofs(n.r, was) {
		w.fail("%s comes back as another: %v\n%s\n%s", n, err, describe(was), describe(n.r))
	}
}

// reopen makes a replica anew of what is on its disk.
func (w *world) reopen(n *node) {
	if w.wires != nil {
		w.wires.restart(n)
	}
	keys := n.disk.have()
	w.random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	again, err := Open(n.r.opt, w.collection)
	if err != nil {
		w.fail("%s: %w", n, err)
		return
	}
	for _, k := range keys {
		i, _ := n.r.Item(k)
		if err := again.Receive(i.Sort, i.Raw); err != nil {
			w.fail("%s comes back and refuses what it held: %w", n, err)
			return
		}
	}
	n.r.Close()
	n.r = again
	n.disk.restart()
}
