package share

// Role is what an invitation in a link gives, as its letter in the link; 0 is
// no invitation.
type Role byte

// The roles that a link can give.
const (
	Read  Role = 'r'
	Write Role = 'w'
	Admin Role = 'a' // once, within a day
	Store Role = 's' // keeps sealed bytes that it cannot read
)

// String is the name of a role in English, "" for none.
func (r Role) String() string {
	switch r {
	case Read:
		return "read"
	case Write:
		return "write"
	case Admin:
		return "admin"
	case Store:
		return "store"
	}
	return ""
}

func (r Role) valid() bool { return r.String() != "" }
