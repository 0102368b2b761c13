package replica

import (
	"maps"
	"slices"

	"corkboard/access"
	"corkboard/net/docsync"
)

// An image is a device as it was: what is on its disk, and the run in its memory. A
// machine that is put back to one goes on writing where it was then, and says other
// things under names that it has used since.
type image struct {
	kept    map[Key]bool
	run     run
	entries []docsync.Entry
	cursor  map[docsync.ReplicaID]uint64
}

// image takes one of a node that may write, lets it write on, and puts it back later.
// What was written meanwhile is carried to the owner by hand.
func (w *world) image() {
	n := w.nodes[rewound]
	if !w.mayRewind(n) {
		if w.now < playTime {
			w.after(3000, w.image)
		}
		return
	}
	of := w.take(n)
	w.after(500+w.random.Int64N(5000), func() { w.rewind(n, of) })
}

// rewindYet lets it happen if it has not.
func (w *world) rewindYet() {
	n := w.nodes[rewound]
	if w.rewound {
		return
	}
	for _, from := range w.nodes {
		w.pass(from, n)
	}
	if w.takeUp(n); w.mayRewind(n) {
		w.rewind(n, w.take(n))
	}
}

func (w *world) mayRewind(n *node) bool {
	return n.r.State().Role(n.player.id) >= access.Write && len(n.r.Documents()) > 0
}

// take is an image of a node that has written on since, under the same run.
func (w *world) take(n *node) (of image) {
	for range 8 {
		of = w.imageOf(n)
		before := len(n.r.held.order)
		err := w.tryPut(n, n.r.Documents()[0])
		if w.sync(n); err != nil || of.run.said == nil || of.run.nonce != n.r.run.nonce {
			continue
		}
		for _, i := range slices.Clone(n.r.held.order[before:]) {
			w.hear(w.nodes[owner], i)
		}
		w.sync(w.nodes[owner])
		break
	}
	return of
}

func (w *world) imageOf(n *node) image {
	w.sync(n)
	of := image{kept: maps.Clone(n.disk.kept), run: n.r.run}
	if w.wires != nil {
		s := w.wires.shelves[n.at]
		of.entries, of.cursor = slices.Clone(s.entries), maps.Clone(s.cursor)
	}
	return of
}

// rewind puts a node back. What it has said since nobody is promised.
func (w *world) rewind(n *node, to image) {
	w.rewound = true
	w.tally["rewound"]++
	for k, by := range w.made {
		if by == n && !to.kept[k] {
			delete(w.made, k)
		}
	}
	n.disk.kept = maps.Clone(to.kept)
	if w.wires != nil {
		w.wires.shelves[n.at].rewind(to)
	}
	w.reopen(n)
	n.r.Close()
	n.r.run = to.run
	for range 2 {
		if ids := n.r.Documents(); len(ids) > 0 {
			_ = w.tryPut(n, ids[0])
		}
	}
	w.sync(n)
}

// rewind keeps the places that there were.
func (s *shelf) rewind(to image) {
	s.entries, s.written = to.entries, to.cursor
	s.at, s.sorted, s.summing = map[docsync.Key]int{}, nil, nil
	for at, e := range s.entries {
		s.at[e.Key] = at
		s.sorted = append(s.sorted, e.Key)
	}
	slices.SortFunc(s.sorted, compareSynced)
}
