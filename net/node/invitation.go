package node

import (
	"fmt"

	"corkboard/access"
	"corkboard/net/wire"
	"corkboard/record"
	"corkboard/share"
)

// MaxTitle is the longest title of an invitation in bytes.
const MaxTitle = 256

const (
	invitationVersion = 1
	maxKind           = 32
	// maxInvitation is more than any invitation takes.
	maxInvitation = 512
)

// An Invitation offers a board to somebody by name. What makes it valid is in the
// collection's own log, which whoever is invited can find with it.
type Invitation struct {
	Collection access.RecordID
	Invite     access.RecordID // the record in the collection's log
	Document   access.DocumentID
	Kind       string // content type of the document
	Role       share.Role
	Title      string // at most MaxTitle bytes
}

// Invitations is where offers come from and go to. Its methods are called on the
// node's goroutines and must not wait for the node. Of a wire.Who the device is proven;
// whether it is that person's is for them to ask.
type Invitations interface {
	// Take is called with what somebody whose device is proven offers. It returns
	// once the offer is on disk; an error has it offered again later.
	Take(from wire.Who, offer Invitation) error
	// Pending is what is to be offered to somebody, at most 32.
	Pending(to wire.Who) []Invitation
	// Delivered notes that somebody has an offer.
	Delivered(to wire.Who, offer Invitation)
}

func encodeInvitation(i Invitation) []byte {
	var w record.Writer
	w.Uint8(invitationVersion)
	w.Fixed(i.Collection[:])
	w.Fixed(i.Invite[:])
	w.Fixed(i.Document[:])
	w.String(i.Kind)
	w.Uint8(uint8(i.Role))
	w.String(i.Title)
	return w.B
}

// decodeInvitation reads what encodeInvitation wrote; else record.ErrMalformed.
func decodeInvitation(b []byte) (i Invitation, err error) {
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v != invitationVersion {
		r.Fail("version")
	}
	i.Collection = r.Hash()
	i.Invite = r.Hash()
	i.Document = r.Hash()
	i.Kind = r.String(maxKind)
	i.Role = share.Role(r.Uint8())
	i.Title = r.String(MaxTitle)
	if r.Err() == nil && (!share.ValidKind(i.Kind) || i.Role.String() == "") {
		r.Fail("kind or role")
	}
	if err := r.Close(); err != nil {
		return Invitation{}, fmt.Errorf("read an invitation: %w", err)
	}
	return i, nil
}
