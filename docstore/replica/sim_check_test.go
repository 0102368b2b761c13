package replica

import (
	"bytes"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/identity"
)

// check holds the honest against each other, and what they show against what
// was done.
func (w *world) check() {
	for _, check := range []func(){
		w.checkEqual, w.checkHeld, w.checkRoles, w.checkForged, w.checkLate, w.checkForks, w.checkHonest, w.count,
	} {
		if check(); w.failure != nil {
			return
		}
	}
}

// members is those who keep the rules and may read.
func (w *world) members() (list []*node) {
	for _, n := range w.nodes {
		if w.plays(n) && w.role(n) >= access.Read {
			list = append(list, n)
		}
	}
	return list
}

// checkEqual: all members show the same and refuse the same, and those who have
// left know who is there.
func (w *world) checkEqual() {
	a := w.nodes[owner]
	want, err := a.r.Hash()
	if err != nil {
		w.fail("%s: %w", a, err)
		return
	}
	refused := refusals(a.r)
	for _, n := range w.members() {
		got, err := n.r.Hash()
		if err != nil || got != want {
			w.fail("%s is not equal (%v):\n%s\n%s", n, err, describe(n.r), describe(a.r))
			return
		}
		if list := refusals(n.r); !slices.Equal(list, refused) {
			w.fail("%s refuses other things: %v\n%v", n, list, refused)
			return
		}
		if !sameProofs(n.r, a.r) {
			w.fail("%s proves other things", n)
			return
		}
		w.tally["members"]++
	}
	for _, n := range w.nodes {
		if w.plays(n) && n.r.AccessHash() != a.r.AccessHash() {
			w.fail("%s takes others for members:\n%s\n%s", n, describe(n.r), describe(a.r))
			return
		}
		if w.plays(n) && w.role(n) < access.Read {
			w.tally["left"]++
		}
	}
	fmt.Fprintf(w.record, "%x", want)
}

// refusals is a quarantine in words. Which copy holds a change may differ.
func refusals(r *Replica) (list []string) {
	for _, f := range r.Quarantine() {
		list = append(list, fmt.Sprintf("%v in %v by %v: %v %v %v", f.Change, f.Document, f.Device, f.Reason, f.By, f.Err))
	}
	return list
}

func sameProofs(a, b *Replica) bool {
	return slices.EqualFunc(a.Proofs(), b.Proofs(), func(p, q *chunk.Proof) bool { return bytes.Equal(p.Encode(), q.Encode()) })
}

// checkHeld: what those made who keep the rules is everywhere, unless it went with
// the lost device, and no member has it unread.
func (w *world) checkHeld() {
	for k, by := range w.made {
		for _, n := range w.nodes {
			switch {
			case !w.plays(n) || by.dead && !w.nodes[owner].r.held.has(k) || w.withheld(k, n):
			case !n.r.held.has(k):
				w.fail("%s lacks an item of %s", n, by)
			case w.role(n) >= access.Read && n.r.parked.has(k) && !by.dead: // which may have kept its run to itself
				i, _ := n.r.Item(k)
				w.fail("%s cannot read a %v of %s: it waits for %v", n, i.Sort, by, n.r.parked.all[k].what)
			}
		}
	}
}

// withheld says whether an item is content that a stranger is not shown.
func (w *world) withheld(k Key, n *node) bool {
	i, _ := w.nodes[owner].r.Item(k)
	return w.wires != nil && i.Sort == Chunk && !w.wires.shelves[owner].trusts(n.player.id)
}

// checkRoles: who was removed by those who had the right is out, and nobody made
// themselves more than they are.
func (w *world) checkRoles() {
	for _, n := range w.nodes {
		if why, out := w.out[n.player.id]; out && w.role(n) > access.None {
			w.fail("%s is %v, though %s", n, w.role(n), why)
		}
	}
	for at, most := range map[int]access.Role{liar: access.Read, copycat: access.Write} {
		if n := w.nodes[at]; w.role(n) > most {
			w.fail("%s has become %v", n, w.role(n))
		}
	}
	for _, id := range w.usurped {
		r := w.nodes[owner].r
		record, here := r.log.Get(id)
		if _, void := r.State().Void[id]; here && !void {
			w.fail("%v has force, whose author had no right to it", record.Kind())
		}
		w.tally["usurped"]++
	}
	if w.role(w.nodes[owner]) != access.Admin {
		w.fail("the owner is %v", w.role(w.nodes[owner]))
	}
}

// applied is the changes of all documents.
func applied(r *Replica) map[access.ChangeID]*change {
	out := map[access.ChangeID]*change{}
	for _, id := range r.Documents() {
		for _, c := range r.Applied(id) {
			out[c] = r.changes[c]
		}
	}
	return out
}

// checkForged: what must not count does so nowhere, and is kept.
func (w *world) checkForged() {
	for _, n := range w.members() {
		counts := applied(n.r)
		for id, why := range w.never {
			if counts[id] != nil {
				w.fail("%s applies a change %s", n, why)
			}
		}
		for id := range w.never {
			_, refused := n.r.refusals[id]
			_, judged := n.r.changes[id]
			if kept := refused || judged; kept != w.knows(id) {
				w.fail("%s keeps a change %s: %v", n, w.never[id], kept)
			}
		}
	}
}

// knows says whether the owner has read a change.
func (w *world) knows(id access.ChangeID) bool {
	r := w.nodes[owner].r
	_, refused := r.refusals[id]
	return refused || r.changes[id] != nil
}

// checkLate: of what the backdater wrote after the removal only that counts which
// an honest writer had built on before they knew.
func (w *world) checkLate() {
	counts := applied(w.nodes[owner].r)
	byHash := map[access.ChangeHash]*change{}
	for _, c := range counts {
		byHash[c.Hash] = c
	}
	vouched := map[*change]bool{}
	var vouch func(*change)
	vouch = func(c *change) {
		for _, h := range c.Deps {
			if d := byHash[h]; d != nil && !vouched[d] {
				vouched[d] = true
				vouch(d)
			}
		}
	}
	for _, c := range counts {
		if c.Author != w.nodes[backdater].player.id {
			vouch(c)
		}
	}
	for id := range w.late {
		if c := counts[id]; c != nil && vouched[c] {
			w.tally["vouched"]++
		} else if c != nil {
			w.fail("a change by the backdater counts, and nobody built on it")
		}
	}
}

// checkForks: of two changes in one place one counts at most, and every member
// can prove it of both who did so.
func (w *world) checkForks() {
	for _, n := range w.members() {
		counts, proven := applied(n.r), map[place]bool{}
		for _, p := range n.r.Proofs() {
			proven[place{p.Kept.Run.Person, p.Kept.Run.Device, access.RunID(p.Kept.Run.Nonce), p.Number}] = true
		}
		places := map[place]access.ChangeID{}
		for id, c := range counts {
			at := place{c.Author, c.Device, c.Run, c.Number}
			if other, taken := places[at]; taken {
				w.fail("%s applies two changes in one place: %v and %v", n, id, other)
			}
			places[at] = id
		}
		for _, pair := range w.pairs {
			a, b := n.r.changes[pair[0]], n.r.changes[pair[1]]
			if a != nil && b != nil && !proven[place{a.Author, a.Device, a.Run, a.Number}] {
				w.fail("%s has no proof against the copycat", n)
			}
		}
		if n.at == owner {
			w.countForks(proven)
		}
	}
}

func (w *world) countForks(proven map[place]bool) {
	by := map[identity.DeviceID]bool{}
	for at := range proven {
		by[at.device] = true
		w.tally["forks"]++
	}
	for _, at := range []int{rewound, forker, copycat} {
		if by[w.nodes[at].player.devices[0].ID()] {
			w.tally["equivocators"]++
			delete(by, w.nodes[at].player.devices[0].ID())
		} else {
			w.fail("%s has not equivocated", w.nodes[at])
		}
	}
	for d := range by {
		w.fail("%v is said to have equivocated", d)
	}
}

// checkHonest: what honest writers wrote whose role nobody took counts, unless
// they had built on what an equivocator said.
func (w *world) checkHonest() {
	r := w.nodes[owner].r
	counts := applied(r)
	for id, by := range w.wrote {
		c := r.changes[id]
		switch {
		case !by.steady || counts[id] != nil:
		case c == nil:
			w.fail("a change by %s is lost", by)
		case r.court.Verdict(id).Reason == access.BuildsOn:
			w.tally["dragged"]++
		default:
			w.fail("a change by %s does not count: %v %v", by, r.court.Verdict(id), c.doc.misfit[c.Hash])
		}
	}
}

func (w *world) count() {
	r := w.nodes[owner].r
	w.tally["accepted"] = len(applied(r))
	w.tally["quarantined"] = len(r.Quarantine())
	w.tally["documents"] = len(r.Documents())
	w.tally["items"] = len(r.Have())
}
