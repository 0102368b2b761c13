package access

// A trait is what a record can be struck by: its author, its device, whom it
// gives a role, the invitation that it takes up.
type trait struct {
	what byte
	n    int
}

const (
	byAuthor byte = iota
	bySeat
	byGranted
	byOffer
)

// traits of a record.
func (n *node) traits() []trait {
	t := []trait{{byAuthor, n.author}, {bySeat, n.seat}}
	if n.granted >= 0 {
		t = append(t, trait{byGranted, n.granted})
	}
	if n.taker() && n.offer >= 0 {
		t = append(t, trait{byOffer, n.offer})
	}
	return t
}

// strikes is the traits of the records that a record may strike.
func (n *node) strikes(v *View) []trait {
	var t []trait
	for _, offer := range n.ends {
		t = append(t, trait{byOffer, offer})
	}
	switch p := n.Payload.(type) {
	case *Remove:
		if !p.person() {
			return append(t, trait{bySeat, n.lost})
		}
		t = append(t, trait{byAuthor, n.subject}, trait{byGranted, n.subject})
	case *SetRole:
		if p.Lowers {
			t = append(t, trait{byAuthor, n.subject}, trait{byGranted, n.subject})
		}
	case *Leave:
		t = append(t, trait{byGranted, n.author})
	case *Join:
		if n.singleJoin(v) {
			t = append(t, trait{byOffer, n.offer})
		}
	}
	return t
}

// link finds who strikes a new record and whom it strikes. Of those in its
// past the void ones count: were they in force, the author would not have been
// entitled.
func (v *View) link(n *node, st *standings) {
	for _, t := range n.traits() {
		for _, s := range v.strikers[t] {
			if (!n.past.has(s.at) || st.void.has(s.at)) && s.hits(v, n) {
				n.strickenBy(s)
			}
		}
		v.having[t] = append(v.having[t], n)
	}
	for _, t := range n.strikes(v) {
		for _, x := range v.having[t] {
			if !n.past.has(x.at) && n != x && n.hits(v, x) {
				x.strickenBy(n)
			}
		}
		v.strikers[t] = append(v.strikers[t], n)
	}
}

func (n *node) strickenBy(s *node) {
	for _, have := range n.struck {
		if have == s {
			return
		}
	}
	n.struck = append(n.struck, s)
}

// person says whether a Remove is about a person, not one device.
func (p *Remove) person() bool { return p.Device == [32]byte{} }
