package access

import (
	"cmp"
	"slices"

	"corkboard/identity"
)

// RotationAge is after how long a key is replaced even if nobody went: 90 days in ms.
const RotationAge = 90 * 24 * 60 * 60 * 1000

// Epoch is a key of a collection, as far as the records tell.
type Epoch struct {
	ID     RecordID
	By     identity.PersonID
	Time   int64 // as its author's clock had it
	Depth  int   // of its record in the graph
	Behind int   // how many departures it does not know of
	Void   bool  // made by one who was removed; to read with only
}

// epochs puts the one to seal with first: not void, then that which knows of
// most departures, then the deepest, then the smaller id.
func epochs(all, force []*node, st *standings) []Epoch {
	var gone []*node
	for _, n := range force {
		if n.departure() {
			gone = append(gone, n)
		}
	}
	var out []Epoch
	for _, n := range all {
		if n.Kind() != kindRotate || n.fault != Sound {
			continue
		}
		e := Epoch{ID: n.ID, By: n.Author, Time: n.Time, Depth: n.depth, Void: st.void.has(n.at)}
		for _, d := range gone {
			if !n.past.has(d.at) {
				e.Behind++
			}
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Epoch) int {
		if a.Void != b.Void {
			if b.Void {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Behind, b.Behind), cmp.Compare(b.Depth, a.Depth), compareIDs(a.ID, b.ID))
	})
	return out
}

// departure says whether somebody who has keys has gone with a record.
func (n *node) departure() bool {
	p, lowers := n.Payload.(*SetRole)
	return n.removal() && (!lowers || p.Role < Read)
}

// Epoch is the one to seal with. ErrNoEpoch if there is none yet.
func (s *State) Epoch() (Epoch, error) {
	if len(s.Epochs) == 0 || s.Epochs[0].Void {
		return Epoch{}, ErrNoEpoch
	}
	return s.Epochs[0], nil
}

// Need is why a new key is needed.
type Need uint8

// Needs, from the most urgent.
const (
	NoNeed   Need = iota
	NeedKey       // there is no key, or only such as removed persons made
	NeedGone      // Remove, Leave or InviteRevoke since
	NeedLost      // the key was sealed to one who is none of the recipients now
	NeedAge       // it is older than RotationAge
)

// String is the need in English.
func (n Need) String() string {
	return [...]string{"no need", "no key yet", "somebody has gone", "a device has gone", "old"}[min(int(n), 4)]
}

// NeedsRotation says whether any writer should make a new key now: until then
// nothing that those who went must not read should be sealed. Now is in ms.
func (v *View) NeedsRotation(now int64) Need {
	e, err := v.State().Epoch()
	switch {
	case err != nil:
		return NeedKey
	case e.Behind > 0:
		return NeedGone
	}
	allowed := map[identity.DeviceID]bool{}
	for _, r := range v.Recipients(now) {
		allowed[r.To] = true
	}
	for _, to := range v.holders(e.ID) {
		if !allowed[to] {
			return NeedLost
		}
	}
	if now-e.Time > RotationAge {
		return NeedAge
	}
	return NoNeed
}

// holders is whom the key of an epoch was sealed to, by its record or by
// invitations.
func (v *View) holders(epoch RecordID) []identity.DeviceID {
	var out []identity.DeviceID
	for _, n := range v.nodes {
		var sealed []Sealed
		switch p := n.Payload.(type) {
		case *Rotate:
			if n.ID == epoch {
				sealed = p.Sealed
			}
		case *Invite:
			if p.Epoch == epoch && n.fault == Sound {
				sealed = p.Sealed
			}
		}
		for _, s := range sealed {
			out = append(out, s.To)
		}
	}
	return out
}

// Recipient is who gets a new key, and the public key that it is sealed to.
type Recipient struct {
	To  identity.DeviceID // or the key of an invitation by link
	KEM []byte
}

// Recipients of a new key, ascending: devices of members and of persons who are
// invited by name, and links that can be taken up, all for Read and more. Now,
// in ms, is for links that have expired.
func (v *View) Recipients(now int64) []Recipient {
	s := v.State()
	var out, links []Recipient
	persons := map[identity.PersonID]bool{}
	for id, role := range s.Members {
		persons[id] = role >= Read
	}
	for _, i := range s.Invitations {
		switch late := i.Expires != 0 && now > i.Expires; {
		case late || i.Role < Read:
		case i.Person != identity.PersonID{}:
			persons[i.Person] = true
		default:
			p := v.byID[i.ID].Payload.(*Invite)
			links = append(links, Recipient{p.Key, p.KEM})
		}
	}
	for id, reads := range persons {
		if reads {
			out = append(out, v.devicesOf(id, s)...)
		}
	}
	out = append(out, links...)
	slices.SortStableFunc(out, func(a, b Recipient) int { return slices.Compare(a.To[:], b.To[:]) })
	return slices.CompactFunc(out, func(a, b Recipient) bool { return a.To == b.To })
}

// devicesOf is a person's devices that belong, ascending.
func (v *View) devicesOf(person identity.PersonID, s *State) []Recipient {
	var out []Recipient
	log, _ := v.dir(person)
	for id, d := range log.Devices {
		if !d.Removed && !s.Left[Seat{person, id}] {
			out = append(out, Recipient{id, d.KEM})
		}
	}
	slices.SortFunc(out, func(a, b Recipient) int { return slices.Compare(a.To[:], b.To[:]) })
	return out
}
