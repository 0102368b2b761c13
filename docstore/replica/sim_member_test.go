package replica

import (
	"corkboard/access"
	"corkboard/identity"
)

// meddle is what admins, and those who come and go, do about membership.
func (w *world) meddle() {
	by, of := w.nodes[w.random.IntN(adminD+1)], w.comer()
	person := of.player.id
	role := by.r.State().Role(person)
	var items []Item
	var err error
	switch what := w.random.IntN(8); {
	case what < 3 && role == access.None:
		w.invite(by, of, []access.Role{access.Read, access.Comment, access.Write, access.Write}[w.random.IntN(4)])
		return
	case what == 3 && role != access.None:
		items, err = by.r.Remove(person, w.time(by))
	case what == 4 && role != access.None:
		items, err = by.r.SetRole(person, []access.Role{access.Read, access.Write, access.Comment}[w.random.IntN(3)], w.time(by))
	case what == 5 && w.chance(2) && !of.dead && of.r.State().Role(person) != access.None:
		by = of
		items, err = of.r.Leave(w.time(of))
	case what == 6:
		items, err = by.r.Rotate(w.time(by))
	case what == 7:
		open := by.r.State().Invitations
		if len(open) == 0 {
			return
		}
		i := open[w.random.IntN(len(open))]
		for _, n := range w.nodes { // who takes it up meanwhile is out again
			if isFor(by.r, i, n) && n.plots() {
				return
			}
			n.steady = n.steady && !isFor(by.r, i, n)
		}
		items, err = by.r.Revoke(i.ID, w.time(by))
	}
	w.does(by, items, err)
}

// mutual lets two admins remove each other at the same time.
func (w *world) mutual() {
	c, d := w.nodes[adminC], w.nodes[adminD]
	c.steady, d.steady = false, false
	fromC, errC := c.r.Remove(d.player.id, w.time(c))
	fromD, errD := d.r.Remove(c.player.id, w.time(d))
	if w.does(c, fromC, errC) && w.does(d, fromD, errD) {
		w.out[c.player.id], w.out[d.player.id] = "removed by D", "removed by C"
		w.tally["mutual"]++
	}
	w.sync(c)
	w.sync(d)
}

// readd lets an admin add themselves again while they are removed.
func (w *world) readd() {
	a, b := w.nodes[owner], w.nodes[adminB]
	b.steady = false
	removed, errA := a.r.Remove(b.player.id, w.time(a))
	id, invited, errB := b.r.Invite(b.player.id, access.Admin, w.time(b))
	if w.does(a, removed, errA) {
		w.out[b.player.id] = "removed by the owner"
	}
	if w.does(b, invited, errB) {
		items, err := b.r.Accept(id, w.time(b))
		if w.does(b, items, err) && errA == nil {
			w.tally["readded"]++
		}
	}
	w.sync(a)
	w.sync(b)
}

// loseDevice takes a device from a person's log, and leaves it behind in the
// collection.
func (w *world) loseDevice() {
	n, gone := w.nodes[w.lostOne()-1], w.nodes[w.lostOne()]
	log := identity.NewLog(n.player.id)
	for _, raw := range n.player.records {
		if err := log.Add(raw); err != nil {
			w.fail("%w", err)
		}
	}
	raw, err := log.RemoveDevice(n.player.devices[0], w.time(n), gone.player.devices[1].ID())
	if err == nil {
		err = n.r.Receive(PersonRecord, raw)
	}
	if err != nil {
		w.fail("%w", err)
		return
	}
	items, err := n.r.RemoveDevice(n.player.id, gone.player.devices[1].ID(), w.time(n))
	w.does(n, items, err)
	w.sync(n)
	gone.dead = true
}

// backdate takes the backdater's ears and removes them, if they are a member by
// now; else it is tried again.
func (w *world) backdate() {
	b, by := w.nodes[backdater], w.nodes[owner]
	if by.r.State().Role(b.player.id) == access.None || b.r.State().Role(b.player.id) == access.None {
		if w.now < playTime {
			w.after(5000, w.backdate)
		}
		return
	}
	b.deaf = true
	items, err := by.r.Remove(b.player.id, w.time(by))
	if w.does(by, items, err) {
		w.removed, w.out[b.player.id] = true, "removed by the owner"
	}
	w.sync(by)
}
