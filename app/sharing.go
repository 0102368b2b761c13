package app

import (
	"time"

	"corkboard/doc"
	"corkboard/share"
)

// Person names somebody by the id of their log, as text.
type Person string

// Member is somebody who shares a board.
type Member struct {
	Person  Person
	Name    string // as they call themselves; never empty
	Colour  [3]byte
	Picture string // as in identity.Profile; may be empty
	Role    share.Role
	Owner   bool
	Me      bool
	Invited bool // has been asked by name and has not answered
	Reached bool // of one who is Invited: the invitation has come to a device of theirs
	Here    bool // connected now; not said of one who is Invited
	Seen    time.Time
	Blocked bool // by this person
}

// OpenLink is an invitation by link that can still be taken up.
type OpenLink struct {
	ID      string
	Role    share.Role
	Created time.Time
	Expires time.Time // zero: never
}

// Backup is a storage peer that keeps a board.
type Backup struct {
	ID   string
	Name string // host and port
	Here bool
}

// Sharing is what is to be said of a board and those who share it.
type Sharing struct {
	Shared  bool
	Root    doc.ID // the board that was shared: what the link names
	Title   string // of that board
	Mine    share.Role
	Members []Member // the owner first, then by name
	Links   []OpenLink
	Backups []Backup
	Waiting bool // joined, and what makes it readable has not come yet
	Refused bool // Waiting, and as far as is known in vain: the invitation is not open
	Removed bool // this person is out; what is here stays readable here
}

// Invitation is an offer by name that waits in the tray.
type Invitation struct {
	ID    string
	From  Member
	Title string // of the board; "" if nobody told
	Role  share.Role
	At    time.Time
}

// SyncState says where a document is besides this device.
type SyncState struct {
	Words   string // for a person: "Only on this device", "On 1 of 2 other devices · backed up"
	Devices int    // other devices of those who share it,
	Have    int    // of them that have all of it
	Backed  bool   // a storage peer has all of it
	Waiting string // "Waiting for Ada since 14:05", or ""
	Shared  bool
}

// Reach says how somebody is reached now: "local network", "direct", "relayed"; ""
// if not.
type Reach struct {
	Person Person
	Step   string
	Even   bool // both sides have said that they hold the same of the board
}

// Arriving says how far a file has come that others have.
type Arriving struct {
	Done, Total int64  // bytes
	From        string // a name, or "" while nobody who has it is here
	Since       time.Time
}
