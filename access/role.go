package access

import "strconv"

// Role is what a person may do in a collection; each includes those below it.
type Role uint8

// The roles, from the least. None is not being a member.
const (
	None    Role = iota
	Store        // keeps sealed bytes, has no keys
	Read         // has the keys
	Comment      // may comment; in this format content needs Write
	Write        // may change documents and rotate keys
	Admin        // may say who is in
)

// String is the role in English.
func (r Role) String() string {
	switch r {
	case None:
		return "none"
	case Store:
		return "store"
	case Read:
		return "read"
	case Comment:
		return "comment"
	case Write:
		return "write"
	case Admin:
		return "admin"
	}
	return "role " + strconv.Itoa(int(r))
}
