package access

import (
	"corkboard/identity"
	"corkboard/record"
)

// Kind tells payloads apart, in the first byte of a body.
type Kind uint8

const (
	kindGenesis Kind = iota + 1
	kindInvite
	kindInviteRevoke
	kindJoin
	kindAccept
	kindLeave
	kindRemove
	kindSetRole
	kindRotate
	kindAddStore
	kindRemoveStore
	kindSetPolicy
	kindMoved
	kindTombstone
	kindReroot

	lastKind = kindReroot
)

var kindNames = [...]string{
	"nothing", "genesis", "invite", "revoke", "join", "accept", "leave", "remove", "set role",
	"rotate", "add store", "remove store", "set policy", "moved", "tombstone", "reroot",
}

// String is the kind in English.
func (k Kind) String() string { return kindNames[min(int(k), int(lastKind))] }

// Limits of what records hold.
const (
	MaxName  = 256     // bytes of a policy's or a store's name
	MaxValue = 4 << 10 // bytes of a policy's value
)

// A Payload is what a record says; one of the pointer types of this package.
type Payload interface {
	kind() Kind
	write(*record.Writer)
	read(*record.Reader)
}

type (
	// Genesis founds a collection; its author is the owner.
	Genesis struct{ Nonce [16]byte }

	// InviteRevoke ends an invitation.
	InviteRevoke struct{ Invite RecordID }

	// Join takes up an invitation by link; made by InviteKeys.Join.
	Join struct {
		Invite    RecordID
		Key       identity.DeviceID // of the invitation
		Signature [identity.SignatureSize]byte
	}

	// Accept takes up an invitation by name.
	Accept struct{ Invite RecordID }

	// Leave ends the author's membership. Of their changes that others do not
	// know of yet, those within the frontier count.
	Leave struct{ Frontier Frontier }

	// Remove ends the membership of a person, or leaves one device of theirs
	// behind for good. Of their changes those within the frontier count.
	Remove struct {
		Person   identity.PersonID
		Device   identity.DeviceID // zero: the whole person
		Frontier Frontier
	}

	// SetRole changes the role of a member: up, or if Lowers is set down. Only
	// who loses Write has a frontier.
	SetRole struct {
		Person   identity.PersonID
		Role     Role
		Lowers   bool
		Frontier Frontier
	}

	// AddStore names a storage peer of the collection.
	AddStore struct {
		Store identity.DeviceID
		Name  string // how to find it; at most MaxName bytes
	}

	// RemoveStore takes a storage peer away.
	RemoveStore struct{ Store identity.DeviceID }

	// SetPolicy sets a named rule of the collection; later ones replace it.
	SetPolicy struct {
		Name  string
		Value []byte
	}

	// Moved says that a document has gone to another collection.
	Moved struct {
		Document DocumentID
		To       RecordID
	}

	// Tombstone says that a document is deleted, everywhere.
	Tombstone struct{ Document DocumentID }

	// Reroot starts a new generation of a document, from the state Root.
	Reroot struct {
		Document   DocumentID
		Generation uint64 // larger than any before
		Root       [32]byte
	}
)

func newPayload(k Kind) Payload {
	switch k {
	case kindGenesis:
		return &Genesis{}
	case kindInvite:
		return &Invite{}
	case kindInviteRevoke:
		return &InviteRevoke{}
	case kindJoin:
		return &Join{}
	case kindAccept:
		return &Accept{}
	case kindLeave:
		return &Leave{}
	case kindRemove:
		return &Remove{}
	case kindSetRole:
		return &SetRole{}
	case kindRotate:
		return &Rotate{}
	case kindAddStore:
		return &AddStore{}
	case kindRemoveStore:
		return &RemoveStore{}
	case kindSetPolicy:
		return &SetPolicy{}
	case kindMoved:
		return &Moved{}
	case kindTombstone:
		return &Tombstone{}
	}
	return &Reroot{}
}

func readPayload(in *record.Reader, k Kind) Payload {
	p := newPayload(k)
	p.read(in)
	return p
}

func joinBody(invite RecordID, person identity.PersonID, device identity.DeviceID) []byte {
	b := make([]byte, 0, 3*32)
	b = append(b, invite[:]...)
	b = append(b, person[:]...)
	return append(b, device[:]...)
}
