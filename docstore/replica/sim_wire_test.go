package replica

import (
	"errors"
	"maps"
	"slices"
	"time"

	"corkboard/net/docsync"
)

// wires is the network in which nodes exchange what they hold by sessions of
// docsync, over links that are cut and made anew.
type wires struct {
	*world
	shelves []*shelf
	claims  []*docsync.Claims
	links   []*link
	strict  bool // nobody lies and nothing is cut any more
}

// A link joins two nodes until it is cut. It keeps the order of what it carries.
type link struct {
	w    *wires
	ends [2]*wireEnd
	up   bool
}

type wireEnd struct {
	of    *link
	n     *node
	s     *docsync.Session
	given docsync.Rights
	due   bool
	busy  int64 // until then the way from here carries what was sent before
}

var syncTag = docsync.Tag{1}

// wire has a world use sessions from now on.
func (w *world) wire() {
	w.wires = &wires{world: w}
	for _, n := range w.nodes {
		s := newShelf(n, w.seed)
		for _, k := range n.disk.have() {
			i, _ := n.r.Item(k)
			s.count(i)
		}
		w.wires.shelves = append(w.wires.shelves, s)
		w.wires.claims = append(w.wires.claims, docsync.NewClaims())
	}
}

func (w *wires) far(a, b *node) bool {
	return a == b || a.dead || b.dead || w.groups != nil && w.groups[a.at] != w.groups[b.at]
}

// dial has a node look for somebody, if it has few links, and every third time
// fail.
func (w *wires) dial(n *node) {
	w.prune()
	mine := 0
	to := w.other(n)
	for _, l := range w.links {
		if l.ends[0].n == n || l.ends[1].n == n {
			mine++
			if l.ends[0].n == to || l.ends[1].n == to {
				return
			}
		}
	}
	if mine >= 4 || w.far(n, to) || w.chance(3) {
		return
	}
	l := w.join(n, to)
	w.after(500+w.random.Int64N(12_000), l.cut)
}

func (w *wires) join(a, b *node) *link {
	w.tally["links"]++
	l := &link{w: w, up: true}
	for i, n := range []*node{a, b} {
		e := &wireEnd{of: l, n: n, s: docsync.New(docsync.Options{Claims: w.claims[n.at]}), busy: w.now}
		l.ends[i] = e
		e.given = w.rights(n, [2]*node{b, a}[i])
		e.s.Open(syncTag, w.shelves[n.at], e.given)
	}
	w.links = append(w.links, l)
	l.ends[0].wake()
	l.ends[1].wake()
	return l
}

// rights is what one gives the other: records to strangers.
func (w *wires) rights(n, other *node) docsync.Rights {
	if w.shelves[n.at].trusts(other.player.id) {
		return docsync.All
	}
	return docsync.Records
}

func (l *link) cut() {
	if l.up && !l.w.strict {
		l.end()
	}
}

func (l *link) end() {
	l.up = false
	for _, e := range l.ends {
		for _, p := range e.s.Seen() {
			l.w.shelves[e.n.at].cursor[p.Replica] = p.Seen
		}
		e.s.End()
	}
}

func (w *wires) prune() {
	w.links = slices.DeleteFunc(w.links, func(l *link) bool { return !l.up })
}

// cutAll ends all links of which something is true.
func (w *wires) cutAll(which func(*link) bool) {
	for _, l := range w.links {
		if l.up && which(l) {
			w.tally["cut"]++
			l.end()
		}
	}
	w.prune()
}

// restart takes from a node all that is in memory.
func (w *wires) restart(n *node) {
	w.cutAll(func(l *link) bool { return l.ends[0].n == n || l.ends[1].n == n })
	w.claims[n.at] = docsync.NewClaims()
	w.shelves[n.at].cursor = maps.Clone(w.shelves[n.at].written)
}

// stir has the sessions of a node look what is new on its disk.
func (w *wires) stir(n *node) {
	for _, l := range w.links {
		for _, e := range l.ends {
			if l.up && e.n == n {
				e.s.Wake(w.clock(), syncTag)
				e.wake()
			}
		}
	}
}

func (w *wires) clock() time.Time { return time.UnixMilli(1_700_000_000_000 + w.now) }

func (e *wireEnd) wake() {
	if !e.due {
		e.due = true
		e.of.w.after(0, e.poll)
	}
}

// alive ends a link whose device has gone silent.
func (e *wireEnd) alive() bool {
	if e.of.up && (e.of.ends[0].n.dead || e.of.ends[1].n.dead) {
		e.of.end()
	}
	return e.of.up
}

func (e *wireEnd) poll() {
	w := e.of.w
	e.due = false
	if !e.alive() {
		return
	}
	other := e.of.ends[0]
	if other == e {
		other = e.of.ends[1]
	}
	if r := w.rights(e.n, other.n); r != e.given {
		e.given = r
		w.tally["raised"]++
		e.s.SetRights(syncTag, r)
	}
	frames, next := e.s.Poll(w.clock())
	for _, f := range frames {
		e.send(other, f)
	}
	for _, p := range e.s.Seen() {
		w.shelves[e.n.at].cursor[p.Replica] = p.Seen
	}
	if !next.IsZero() {
		w.after(max(0, next.UnixMilli()-w.clock().UnixMilli())+1, e.wake)
	}
}

func (e *wireEnd) send(to *wireEnd, frame []byte) {
	w := e.of.w
	w.tally["frames"]++
	w.tally["bytes"] += len(frame)
	if e.n.hostile && !w.strict && w.chance(40) {
		frame = w.scrambled(frame)
		w.tally["scrambled"]++
	}
	if e.busy < w.now {
		e.busy = w.now
	}
	e.busy += w.random.Int64N(30)
	w.after(e.busy-w.now+5+int64(e.n.at), func() { to.receive(e.n, frame) })
}

func (e *wireEnd) receive(from *node, frame []byte) {
	w := e.of.w
	if !e.alive() {
		return
	}
	if err := e.s.Receive(w.clock(), frame); err != nil {
		e.refuse(from, err)
		return
	}
	for _, a := range e.s.Arrivals() {
		i, err := newItem(Sort(a.Raw[0]), a.Raw[1:])
		if (i.Sort != Chunk) != (a.Sort == docsync.Record) {
			e.refuse(from, ErrSort)
			return
		}
		if err == nil {
			w.tally["arrivals"]++
			w.hear(e.n, i)
		}
		w.save(e.n, func() { e.kept(a, i.Key, err) })
	}
	e.wake()
}

// kept tells the session that what has come is on disk, or refused.
func (e *wireEnd) kept(a docsync.Arrival, k Key, err error) {
	if !e.alive() {
		return
	}
	if err == nil && !e.n.r.held.has(k) {
		err = errUnheard
	}
	e.s.Kept(e.of.w.clock(), a.Tag, a.Key, err)
	e.wake()
}

// refuse ends a link because of what came over it.
func (e *wireEnd) refuse(from *node, err error) {
	w := e.of.w
	if !from.hostile || w.strict {
		w.fail("%s takes %s for a liar: %w", e.n, from, err)
	}
	w.tally["refused links"]++
	e.of.end()
}

var errUnheard = errors.New("not heard")

// exchange joins all in a circle, with some more links, until nobody has anything
// more to say. Then whatever one has, its neighbours have or have refused.
func (w *wires) exchange() {
	if !w.strict {
		w.strict = true
		w.joinAll()
	}
	w.syncAll()
	for rounds := 0; w.failure == nil; rounds++ {
		before := w.tally["arrivals"]
		w.run(w.now + 4000)
		if before == w.tally["arrivals"] && w.rest() {
			break
		} else if rounds > 60 {
			w.fail("there is no end of what they say")
		}
	}
	for _, l := range w.links {
		if w.failure == nil {
			w.hold(l.ends[0], l.ends[1])
			w.hold(l.ends[1], l.ends[0])
		}
	}
}

func (w *wires) joinAll() {
	w.cutAll(func(*link) bool { return true })
	var there []*node
	for _, at := range w.random.Perm(len(w.nodes)) {
		if n := w.nodes[at]; !n.dead && n.at != backdater {
			there = append(there, n)
		}
	}
	for i, n := range there {
		w.join(n, there[(i+1)%len(there)])
	}
	for range len(there) / 2 {
		if a, b := w.anybody(), w.anybody(); !w.far(a, b) {
			w.join(a, b)
		}
	}
	if b := w.nodes[backdater]; !b.dead {
		w.join(b, w.nodes[owner])
	}
}

// honest says whether a link has two ends that keep the rules.
func (l *link) honest() bool { return l.up && !l.ends[0].n.hostile && !l.ends[1].n.hostile }

// rest says whether all the honest have followed each other to the end.
func (w *wires) rest() bool {
	for _, l := range w.links {
		for i, e := range l.ends {
			s, last := e.s.Status(syncTag), l.ends[1-i].s.Status(syncTag).Last
			if l.honest() && (s.Seen != s.Last || s.Acknowledged < last || s.Outstanding > 0 || s.Comparing) {
				return false
			}
		}
	}
	return true
}

// hold wants one end of a link to have what it is shown of the other's, or to have
// refused it.
func (w *wires) hold(e, other *wireEnd) {
	rights := e.s.Status(syncTag).Rights
	for _, i := range other.n.r.held.order {
		shown := i.Sort != 0 && (rights == docsync.All || i.Sort != Chunk)
		if e.of.honest() && shown && !e.n.r.held.has(i.Key) && !e.n.r.held.refused[i.Key] {
			w.fail("%s lacks a %v of %s: %+v", e.n, i.Sort, other.n, e.s.Status(syncTag))
		}
	}
}
