package access

// owner is the number of the person who founded the collection.
const owner = 0

// entitle says whether the author of a record may make it, by what its own
// past says, and notes what it needs, gives, ends and stands on.
func (v *View) entitle(st *standings, n *node) Fault {
	if st.left.has(n.seat) {
		return LeftBehind
	}
	switch p := n.Payload.(type) {
	case *Genesis:
		n.level, n.granted = Admin, n.author
		return Sound
	case *Invite:
		return v.entitleInvite(st, n, p)
	case *InviteRevoke:
		return v.entitleRevoke(st, n, p)
	case *Join:
		return v.entitleJoin(st, n, p)
	case *Accept:
		return v.entitleAccept(st, n, p)
	case *Leave:
		n.ends = v.linksBy(st, n.author)
		return n.asMember(st)
	case *Remove:
		return v.entitleRemove(st, n, p)
	case *SetRole:
		return v.entitleSetRole(st, n, p)
	case *Rotate:
		return n.as(st, Write)
	default: // stores, policy, documents
		return n.as(st, Admin)
	}
}

// as asks for a role of the author and stands on what gave it.
func (n *node) as(st *standings, role Role) Fault {
	by, ok := st.support(n.author, role)
	if !ok {
		return NotEntitled
	}
	n.need = role
	n.stands = append(n.stands, by)
	return Sound
}

// asMember asks for any role; nobody is hindered by losing some of it.
func (n *node) asMember(st *standings) Fault {
	if st.role(n.author) == None {
		return NotMember
	}
	return Sound
}

func (v *View) entitleInvite(st *standings, n *node, p *Invite) Fault {
	n.offer, n.level = len(v.offers), p.Role
	v.offers = append(v.offers, n)
	if !p.ByLink() {
		n.granted = v.personNumber(p.Person)
	}
	return n.as(st, Admin)
}

func (v *View) entitleRevoke(st *standings, n *node, p *InviteRevoke) Fault {
	invite, ok := v.offerIn(st, n, p.Invite)
	if !ok {
		return NoInvite
	}
	n.offer, n.ends = invite.offer, []int{invite.offer}
	if invite.granted == n.author {
		return Sound // who is named declines
	}
	return n.as(st, Admin)
}

// offerIn is an invitation in the past of n that was sound there.
func (v *View) offerIn(st *standings, n *node, id RecordID) (*node, bool) {
	invite := v.byID[id]
	ok := invite != nil && invite.Kind() == kindInvite && n.past.has(invite.at) &&
		invite.fault == Sound && !st.void.has(invite.at)
	return invite, ok
}

func (v *View) entitleJoin(st *standings, n *node, p *Join) Fault {
	invite, ok := v.offerIn(st, n, p.Invite)
	if !ok || !v.invite(invite.offer).ByLink() || v.invite(invite.offer).Key != p.Key {
		return NoInvite
	}
	if st.of(n.author).banned {
		return Banned
	}
	return n.take(st, invite)
}

func (v *View) entitleAccept(st *standings, n *node, p *Accept) Fault {
	invite, ok := v.offerIn(st, n, p.Invite)
	if !ok || invite.granted != n.author {
		return NoInvite
	}
	return n.take(st, invite)
}

// take takes up an invitation, if it is open, unused and not late.
func (n *node) take(st *standings, invite *node) Fault {
	n.offer, n.level, n.granted = invite.offer, invite.level, n.author
	n.stands = append(n.stands, invite)
	p, o := invite.Payload.(*Invite), st.offer(invite.offer)
	late := p.Expires != 0 && n.Time > p.Expires
	if !o.open || late || o.used && (p.Single || !p.ByLink()) {
		return InviteOver
	}
	return Sound
}

func (v *View) entitleRemove(st *standings, n *node, p *Remove) Fault {
	n.subject = v.personNumber(p.Person)
	if p.person() {
		n.ends = v.linksOf(st, n.subject)
		switch {
		case n.subject == owner && !st.ownerGone:
			return Protected
		case n.subject == n.author:
			return NotEntitled // Leave is for that
		}
		return n.as(st, Admin)
	}
	n.lost = v.seatNumber(p.Person, p.Device)
	switch {
	case n.subject == n.author:
		return Sound
	case n.subject == owner && !st.ownerGone:
		return Protected
	}
	return n.as(st, Admin)
}

func (v *View) entitleSetRole(st *standings, n *node, p *SetRole) Fault {
	n.subject = v.personNumber(p.Person)
	has := st.role(n.subject)
	if p.Lowers {
		n.ends = v.linksBy(st, n.subject)
	}
	switch {
	case has == None:
		return NotMember
	case n.subject == owner && !st.ownerGone:
		return Protected
	case p.Lowers != (p.Role < has) || p.Role == has:
		return NotEntitled
	}
	if !p.Lowers {
		n.level, n.granted = p.Role, n.subject
		member, _ := st.support(n.subject, Store)
		n.stands = append(n.stands, member)
	}
	return n.as(st, Admin)
}

// linksBy is the open invitations by link that a person has made: such a link
// ends with the standing of who made it.
func (v *View) linksBy(st *standings, person int) []int {
	var offers []int
	for i, o := range st.offers {
		if o.open && v.offers[i].author == person && v.invite(i).ByLink() {
			offers = append(offers, i)
		}
	}
	return offers
}

// linksOf is what ends when a person is removed: links that they made or came
// by, since they have the secrets, and what invites them by name.
func (v *View) linksOf(st *standings, person int) []int {
	offers := v.linksBy(st, person)
	for _, i := range st.of(person).joined {
		if st.offer(i).open {
			offers = append(offers, i)
		}
	}
	for i, o := range st.offers {
		if o.open && v.offers[i].granted == person {
			offers = append(offers, i)
		}
	}
	return offers
}
