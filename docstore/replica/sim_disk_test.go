package replica

import "maps"

// disk is what a node would come back with. What its replica takes in is there a little
// later, all that has come by then at once; only then it is told to others, and what came
// from them acknowledged.
type disk struct {
	n     *node
	of    *Replica // as far as that was looked through
	upTo  int
	gone  int
	kept  map[Key]bool
	waits []func() // what is done when all of now is there
	due   bool
}

func newDisk(n *node) *disk { return &disk{n: n, kept: map[Key]bool{}} }

// have is the keys of what is there and was not let go since, in the order of the replica.
func (d *disk) have() []Key {
	var keys []Key
	for _, k := range d.n.r.Have() {
		if d.kept[k] {
			keys = append(keys, k)
		}
	}
	return keys
}

// lacks is how many items are in memory alone.
func (d *disk) lacks() (n int) {
	for _, k := range d.n.r.Have() {
		if !d.kept[k] {
			n++
		}
	}
	return n
}

// restart forgets what was not written.
func (d *disk) restart() { d.waits = nil }

// save has what a node holds written, and something done after that.
func (w *world) save(n *node, then func()) {
	d := n.disk
	if then != nil {
		d.waits = append(d.waits, then)
	}
	if !d.due {
		d.due = true
		w.after(1+w.random.Int64N(300), func() { w.sync(n) })
	}
}

// sync writes at once.
func (w *world) sync(n *node) {
	d, held := n.disk, &n.r.held
	if d.of != n.r || held.gone < d.gone || d.upTo > len(held.order) {
		d.of, d.upTo = n.r, 0
	}
	if w.wires != nil {
		s := w.wires.shelves[n.at]
		s.written = maps.Clone(s.cursor)
	}
	grown := false
	for _, i := range held.order[d.upTo:] {
		if i.Sort == 0 || d.kept[i.Key] {
			continue
		}
		d.kept[i.Key], grown = true, true
		if w.wires != nil {
			w.wires.shelves[n.at].count(i)
		}
	}
	d.upTo, d.gone, d.due = len(held.order), held.gone, false
	waits := d.waits
	d.waits = nil
	for _, do := range waits {
		do()
	}
	if grown && w.wires != nil {
		w.wires.stir(n)
	}
}

func (w *world) syncAll() {
	for _, n := range w.nodes {
		w.sync(n)
	}
}
