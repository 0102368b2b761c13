package replica

import (
	"errors"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/doc/doctest"
)

// The parts that some players have; the others come and go.
const (
	owner      = 0 // never goes
	adminB     = 1
	adminC     = 2
	adminD     = 3
	rewound    = 4 // its disk and memory are put back to what they were some time ago
	forker     = 5 // has a second replica with the same device and run
	backdater  = 6 // writes on after it was removed, and hears nothing
	liar       = 7 // a reader who writes
	copycat    = 8 // writes under the names of others, and what no engine makes
	firstComer = 10
)

// Four of the last five replicas are of two players with two devices each.
func (w *world) singles() int { return w.size - 5 }
func (w *world) lostOne() int { return w.size - 2 }
func (w *world) twin() int    { return w.size - 1 }

// slower is how much more rarely each does something than in a world of few, so that all
// together make about as much.
func (w *world) slower(ms int64) int64 { return ms * int64(w.size) / few }

// faster is for what happens to all together.
func (w *world) faster(ms int64) int64 { return ms * few / int64(w.size) }

// seat makes the replicas. All but the owner's know nothing but the
// collection's id and their own person.
func (w *world) seat(size int) {
	w.size = size
	all := somePlayers(w.t, max(size, lastDouble+1))
	for i := 0; len(w.nodes) < w.singles(); i++ {
		if i < firstDouble || i > lastDouble {
			w.nodes = append(w.nodes, &node{player: all[i]})
		}
	}
	for _, p := range all[firstDouble : firstDouble+2] {
		w.nodes = append(w.nodes, &node{player: p}, &node{player: p, device: 1})
	}
	w.nodes = append(w.nodes, &node{player: all[forker]})
	for i, n := range w.nodes {
		n.at, n.disk = i, newDisk(n)
		w.setClock(n)
		n.hostile, n.steady = i == liar || i == copycat || i == backdater, i < rewound || i == firstComer-1
		o := w.options(n)
		if i == owner {
			r, items, err := Found(o, n.player.records, w.time(n))
			if err != nil {
				w.t.Fatal(err)
			}
			n.r, w.collection = r, r.Collection()
			w.does(n, items, nil)
			w.sync(n)
			continue
		}
		w.open(n, o)
		w.sync(n)
	}
	for _, n := range w.nodes {
		w.every(800, func() { w.gossip(n) })
	}
}

// setClock lets a clock jump: it is ten years off at most.
func (w *world) setClock(n *node) {
	const year = 365 * 24 * 60 * 60 * 1000
	n.clock = w.random.Int64N(20*year) - 10*year
	w.tally["jumps"]++
}

func (w *world) options(n *node) Options {
	nth := n.at
	if nth == w.twin() {
		nth = forker // draws the same run
	}
	o := Options{
		Person: n.player.id, Device: n.player.devices[n.device], Engine: w.engine,
		Random: stream(11, w.seed, uint64(nth)),
	}
	if n.at == liar {
		o.trust.forges, o.trust.lawless = true, true
	}
	return o
}

func (w *world) open(n *node, o Options) {
	r, err := Open(o, w.collection)
	if err != nil {
		w.t.Fatal(err)
	}
	n.r = r
	for _, raw := range n.player.records {
		if err := r.Receive(PersonRecord, raw); err != nil {
			w.t.Fatal(err)
		}
	}
}

// schedule lays out what happens before the network heals.
func (w *world) schedule() {
	a := w.nodes[owner]
	w.after(1, func() { w.newDocument(a); w.sync(a) })
	for i, n := range w.nodes[1:w.singles()] {
		role := []access.Role{access.Admin, access.Admin, access.Admin, access.Write}[min(i, 3)]
		if n.at == liar || n.at == w.singles()-1 {
			role = access.Read
		}
		within := int64(15_000)
		if n.plots() {
			within = 3000
		}
		w.after(500+w.random.Int64N(within), func() { w.invite(a, n, role); w.sync(a) })
	}
	for _, n := range []*node{w.nodes[w.singles()], w.nodes[w.singles()+2]} {
		w.after(500+w.random.Int64N(15_000), func() { w.invite(a, n, access.Write) })
	}
	for _, n := range w.nodes {
		w.every(1500, func() { w.takeUp(n) })
		w.every(w.slower(6000), func() { w.edit(n) })
	}
	w.every(w.faster(9000), func() { w.crash(w.anybody()) })
	w.every(w.faster(9000), func() { w.setClock(w.anybody()) })
	w.every(12_000, w.part)
	w.every(20_000, func() { w.newDocument(w.anybody()) })
	w.every(w.faster(2500), w.meddle)
	w.every(1000, w.forge)
	w.after(30_000+w.random.Int64N(30_000), w.backdate)
	w.after(20_000+w.random.Int64N(40_000), w.image)
	if w.chance(2) {
		w.after(50_000+w.random.Int64N(20_000), w.mutual)
	}
	if w.chance(2) {
		w.after(50_000+w.random.Int64N(20_000), w.readd)
	}
	if w.chance(2) {
		w.after(30_000+w.random.Int64N(40_000), w.loseDevice)
	}
}

// plots says whether a node has a part. Those are let in soon and surely, so that
// there is time for what they are up to.
func (n *node) plots() bool { return n.at >= rewound && n.at <= copycat }

func (w *world) anybody() *node { return w.nodes[w.random.IntN(len(w.nodes))] }

// comer is one of those who come and go.
func (w *world) comer() *node { return w.nodes[firstComer+w.random.IntN(w.twin()-firstComer)] }

func (w *world) invite(by, n *node, role access.Role) {
	if w.chance(3) && role < access.Admin && !n.plots() {
		expires := int64(0)
		if w.chance(3) {
			expires = w.time(by) + 20_000
		}
		secret, items, err := by.r.InviteByLink(role, w.chance(2), expires, w.time(by))
		if w.does(by, items, err) {
			n.links, n.secrets = append(n.links, secret), append(n.secrets, secret)
		}
		return
	}
	_, items, err := by.r.Invite(n.player.id, role, w.time(by))
	w.does(by, items, err)
}

// takeUp takes up what a node is invited to.
func (w *world) takeUp(n *node) {
	if n.dead || n.deaf || n.r.State().Role(n.player.id) > access.None {
		return
	}
	for _, i := range n.r.Invitations() {
		items, err := n.r.Accept(i.ID, w.time(n))
		w.does(n, items, err)
		return
	}
	for _, secret := range n.links {
		items, err := n.r.Join(secret, w.time(n))
		if w.does(n, items, err) || errors.Is(err, ErrNotAllowed) { // who was removed cannot join by any
			w.sync(n)
			w.shareLinks(n)
			return
		}
	}
}

// shareLinks gives the secrets of links that the forker has used to its twin:
// who has a copy of the device has these, too.
func (w *world) shareLinks(n *node) {
	n.links = nil
	if n.at == forker || n.at == w.twin() {
		of := w.nodes[forker+w.twin()-n.at]
		w.sync(of)
		of.r.opt.Links = append(of.r.opt.Links, n.secrets...)
		w.reopen(of)
	}
}

func (w *world) newDocument(n *node) {
	if n.dead || n.hostile {
		return
	}
	id, items, err := n.r.NewDocument(w.time(n))
	if w.does(n, items, err) {
		w.docs = append(w.docs, id)
	}
}

// edit makes one to three changes of one document.
func (w *world) edit(n *node) {
	if n.dead || n.at == liar || n.at == copycat || len(w.docs) == 0 {
		return
	}
	id := w.docs[w.random.IntN(len(w.docs))]
	for range 1 + w.random.IntN(3) {
		if !w.change(n, id) {
			return
		}
	}
}

func (w *world) change(n *node, id chunk.DocumentID) bool {
	tree, err := n.r.Tree(id)
	if err != nil {
		return w.does(n, nil, err)
	}
	if w.does(n, nil, n.r.allowed(access.Write)) {
		items, err := n.r.Edit(id, w.edits(tree), "edit", w.time(n))
		return w.does(n, items, err)
	}
	return false
}

// edits is a legal action: a card is moved or put on a board, or anything at all
// happens while the document is small.
func (w *world) edits(tree doc.Map) []doc.Edit {
	if w.chance(2) && len(doctest.Show(tree)) < 2000 {
		return doctest.RandomEdits(w.random, tree)
	}
	card := doc.At("card" + string(rune('0'+w.random.IntN(5))))
	if _, ok := tree[card[0]].(doc.Map); !ok {
		return []doc.Edit{doc.Put{Path: card, Value: doc.Map{"x": int64(1), "title": doc.Text("card")}}}
	}
	return []doc.Edit{doc.Put{Path: append(card, "x"), Value: w.random.Int64N(1000)}}
}
