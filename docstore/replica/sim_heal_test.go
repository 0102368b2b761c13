package replica

import (
	"errors"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
)

// heal makes the network whole, lets everybody hear everything and carry out
// what is due, and shows that who may write still can.
func (w *world) heal() {
	w.groups = nil
	w.syncAll()
	w.queue = nil
	w.fork()
	w.exchange()
	w.backdateMore()
	w.handOutKeys()
	w.everybodyWrites()
	w.lastWord()
}

// fork lets all equivocators do so if they have not yet.
func (w *world) fork() {
	w.rewindYet()
	if p := w.penOf(w.nodes[copycat]); len(w.pairs) == 0 && p.n.r.State().Role(p.n.player.id) >= access.Write {
		if d := p.someDocument(); d != nil {
			p.doubles(d)
		}
	}
	a, b := w.nodes[forker], w.nodes[w.twin()]
	if a.r.run.nonce != b.r.run.nonce { // one has come back under another run
		b.r.Close()
		b.r.run = run{nonce: a.r.run.nonce, me: a.r.run.me}
	}
	for _, n := range []*node{a, b} {
		if ids := n.r.Documents(); len(ids) > 0 {
			_ = w.tryPut(n, ids[0])
		}
	}
}

// exchange brings everybody all that the others hold, without loss, until
// nothing is wanted.
func (w *world) exchange() {
	if w.wires != nil {
		w.wires.exchange()
		return
	}
	for round := 0; w.failure == nil; round++ {
		moved := false
		for _, at := range w.random.Perm(len(w.nodes)) {
			for _, from := range w.random.Perm(len(w.nodes)) {
				moved = w.pass(w.nodes[from], w.nodes[at]) || moved
			}
		}
		w.syncAll()
		if !moved {
			return
		}
		if round > 40 {
			w.fail("there is no end of what they want")
		}
	}
}

// pass says whether a node has taken in something of another's.
func (w *world) pass(from, to *node) (moved bool) {
	if from.dead || to.dead || from == to {
		return false
	}
	keys := to.r.Want(from.r.Have())
	w.random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for _, k := range keys {
		i, held := from.r.Item(k)
		if held {
			w.hear(to, i)
		}
		moved = moved || to.r.held.has(k)
	}
	return moved
}

// backdateMore lets the backdater write on when all others have heard of the
// removal: nobody can vouch by mistake.
func (w *world) backdateMore() {
	b := w.nodes[backdater]
	if !w.removed {
		return
	}
	for _, id := range b.r.Documents() {
		tree, err := b.r.Tree(id)
		if err != nil {
			w.fail("%s: %w", b, err)
			return
		}
		items, _ := b.r.Edit(id, w.edits(tree), "late", w.time(b))
		for _, i := range items {
			if id, is := changeIn(b.r, i); is {
				w.never[id] = "by the backdater, when all knew"
				w.tally["late"]++
			}
		}
	}
	w.exchange()
}

// handOutKeys carries out the rotations that are due, one at a time, by whoever
// finds so.
func (w *world) handOutKeys() {
	for range 3 * w.size {
		var by *node
		for _, at := range w.random.Perm(len(w.nodes)) {
			n := w.nodes[at]
			if w.plays(n) && w.writes(n) && n.r.RotationDue(w.time(w.nodes[owner])) {
				by = n
				break
			}
		}
		if by == nil || w.failure != nil {
			return
		}
		w.tally["rotated"]++
		items, err := by.r.Rotate(w.time(w.nodes[owner]))
		w.does(by, items, err)
		w.exchange()
	}
	w.fail("there is no end of rotations")
}

// plays says whether a node keeps the rules and is there.
func (w *world) plays(n *node) bool { return !n.hostile && !n.dead }

func (w *world) role(n *node) access.Role { return w.nodes[owner].r.State().Role(n.player.id) }

func (w *world) writes(n *node) bool { return w.role(n) >= access.Write }

// everybodyWrites wants an edit of everybody who may, and none of others.
func (w *world) everybodyWrites() {
	docs := w.nodes[owner].r.Documents()
	for _, n := range w.nodes {
		if !w.plays(n) || w.failure != nil {
			continue
		}
		id := docs[w.random.IntN(len(docs))]
		err := w.tryPut(n, id)
		if w.writes(n) && err != nil {
			w.fail("%s may write and cannot: %w", n, err)
		}
		if !w.writes(n) && !errors.Is(err, ErrNotAllowed) && !errors.Is(err, ErrNoDocument) {
			w.fail("%s may not write, but: %v", n, err)
		}
	}
	w.exchange()
}

// tryPut makes one change, under a new run if the one before has been spoiled.
func (w *world) tryPut(n *node, id chunk.DocumentID) error {
	var err error
	tries := 2
	if n.at == forker || n.at == w.twin() { // draws the names of runs that the other has used
		tries = 6
	}
	for range tries {
		var items []Item
		items, err = n.r.Edit(id, []doc.Edit{doc.Put{Path: doc.At(n.String()), Value: w.random.Int64()}}, "last", w.time(n))
		w.does(n, items, err)
		if err == nil || !n.r.run.broken {
			return err
		}
	}
	return err
}

// lastWord is a change of the owner that those who have left must not read.
func (w *world) lastWord() {
	a := w.nodes[owner]
	before := len(a.r.Have())
	if err := w.tryPut(a, a.r.Documents()[0]); err != nil {
		w.fail("the owner cannot write: %w", err)
		return
	}
	w.exchange()
	for _, n := range w.nodes {
		if w.role(n) >= access.Read || w.invited(n) {
			continue
		}
		w.tally["locked"]++
		for _, k := range a.r.Have()[before:] {
			i, _ := a.r.Item(k)
			if _, is := changeIn(n.r, i); is {
				w.fail("%s has gone and reads on", n)
			}
		}
	}
}

// invited says whether somebody has a key because they may still come, or hold
// the secret of a link that is open.
func (w *world) invited(n *node) bool {
	return slices.ContainsFunc(w.nodes[owner].r.State().Invitations, func(i access.Invitation) bool {
		return isFor(w.nodes[owner].r, i, n)
	})
}

// isFor says whether a node can take up an invitation that a replica has.
func isFor(r *Replica, i access.Invitation, n *node) bool {
	record, ok := r.log.Get(i.ID)
	if i.Person == n.player.id || !ok {
		return i.Person == n.player.id
	}
	p := record.Payload.(*access.Invite)
	return slices.ContainsFunc(n.secrets, func(secret [16]byte) bool {
		link, err := access.NewInviteKeys(secret)
		return err == nil && link.Fits(p)
	})
}
