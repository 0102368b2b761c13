package access

// A node is a record in the graph of a View, with what follows from its own
// past and never changes, and who strikes it.
type node struct {
	*entry
	at      int // index in View.nodes; parents come before their children
	up      []*node
	past    set   // all that it builds on, without itself
	base    *node // nearest record that all in its past, but the base's own past, build on
	steps   int   // number of bases below it
	author  int   // number of the person
	seat    int   // number of the author's device
	subject int   // number of the person whom it is about, or -1
	lost    int   // number of the seat that it leaves behind, or -1

	fault   Fault   // why its author was not entitled to it
	need    Role    // what its author needed
	level   Role    // what it gives, or offers
	granted int     // number of the person who gets it, or -1
	offer   int     // number of the invitation that it makes, takes up or revokes, or -1
	ends    []int   // numbers of the invitations that it ends
	stands  []*node // void if one of these is
	struck  []*node // void if one of these is in force
}

// Fault says why a record is void.
type Fault uint8

// Faults. All but Struck follow from a record's own past and hold for ever.
const (
	Sound       Fault = iota
	NotEntitled       // the author had not the role that it needs
	NotMember         // there is nothing to leave, to lower or to raise
	Protected         // the owner leaves only by themselves
	LeftBehind        // the device was left behind in this collection
	NoInvite          // there is no such invitation for the author
	InviteOver        // the invitation was used, revoked or late
	Banned            // removed persons come back by name only
	Struck            // voided by a concurrent removal, or standing on what is
)

var faultNames = [...]string{
	"sound", "not entitled", "not a member", "owner is protected", "device was left behind",
	"no such invitation", "invitation is over", "removed before", "voided by a concurrent removal",
}

// String is the fault in English.
func (f Fault) String() string { return faultNames[min(int(f), len(faultNames)-1)] }

func (n *node) before(o *node) bool { return n.entry.before(o.entry) }

// removal says whether a record takes a standing, a device or an invitation away.
func (n *node) removal() bool {
	switch p := n.Payload.(type) {
	case *Remove, *Leave, *InviteRevoke:
		return true
	case *SetRole:
		return p.Lowers
	}
	return false
}

// taker says whether a record takes up an invitation.
func (n *node) taker() bool {
	k := n.Kind()
	return k == kindJoin || k == kindAccept
}

// singleJoin says whether a record uses up an invitation by link.
func (n *node) singleJoin(v *View) bool {
	return n.Kind() == kindJoin && n.offer >= 0 && v.invite(n.offer).Single
}

// hits says whether s, in force, would void x if the two are concurrent.
func (s *node) hits(v *View, x *node) bool {
	if x.taker() && x.offer >= 0 {
		for _, offer := range s.ends {
			if offer == x.offer {
				return true
			}
		}
	}
	switch p := s.Payload.(type) {
	case *Remove:
		if !p.person() {
			return x.seat == s.lost
		}
		return x.above(s.subject, None)
	case *SetRole:
		return p.Lowers && x.above(s.subject, p.Role)
	case *Leave:
		return x.granted == s.author && x.Kind() != kindInvite
	case *Join:
		return x.Kind() == kindJoin && x.offer == s.offer && s.singleJoin(v) && s.before(x)
	}
	return false
}

// above says whether a record needs or gives a person more than a role.
func (n *node) above(person int, role Role) bool {
	return n.author == person && n.need > role || n.granted == person && n.level > role
}
