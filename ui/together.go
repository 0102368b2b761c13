package ui

import (
	"context"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/share"
)

// Together is what the window asks about those who share boards, and of them. What
// takes no context answers at once, from memory; the rest blocks.
type Together interface {
	Sharing(id doc.ID) app.Sharing
	Share(ctx context.Context, id doc.ID) (doc.ID, error)
	CopyLink(ctx context.Context, id doc.ID, role share.Role) (string, error)
	RevokeLink(ctx context.Context, id doc.ID, link string) error
	Contacts() []app.Contact
	Invite(ctx context.Context, id doc.ID, p app.Person, role share.Role) error
	SetRole(ctx context.Context, id doc.ID, p app.Person, role share.Role) error
	RemoveMember(ctx context.Context, id doc.ID, p app.Person) error
	Leave(ctx context.Context, id doc.ID) error
	Join(ctx context.Context, link string) (share.Link, error)
	Invitations() []app.Invitation
	Accept(ctx context.Context, id string) (share.Link, error)
	Decline(ctx context.Context, id string) error
	SyncState(id doc.ID) app.SyncState
	Reach(id doc.ID) []app.Reach
	Arriving(file doc.ID) (app.Arriving, bool)
	Me() app.Member
	SetProfile(ctx context.Context, name string, colour [3]byte) error
	SetPicture(ctx context.Context, picture string) error
	PictureFrom(ctx context.Context, path string) (string, error)
	Nearby() app.Nearby
	SetNearby(ctx context.Context, on bool) error
	SubscribeTogether(wake func()) (cancel func())
	DialManually(ctx context.Context, address string) error
	Addresses() []string
	AddStoragePeer(ctx context.Context, link string) error
	StoragePeers() []app.StoragePeer
	RemoveStoragePeer(ctx context.Context, id string) error

	OnBoard(id doc.ID, p app.Person) (app.Member, bool)
	DeviceOf(id string) (app.DeviceInfo, bool)
	DevicesOf(p app.Person) []app.DeviceInfo
	PinPerson(ctx context.Context, on doc.ID, p app.Person) (board.CardID, error)
	PinDevice(ctx context.Context, on doc.ID, device string) (board.CardID, error)
	PinStoragePeer(ctx context.Context, on doc.ID, id string) (board.CardID, error)
	Block(p app.Person, on bool) error
	SetInvisible(on bool) error
	Invisible() bool
	Where(p app.Person) (on doc.ID, ok bool)
	SubscribeWhere(wake func()) (cancel func())
	OwnDevices
}

// OwnDevices is what the window asks about the devices of this person, and of them.
type OwnDevices interface {
	Devices() []app.OwnDevice
	DeviceRemoved() bool
	RenameDevice(ctx context.Context, id, name string) error
	RemoveDevice(ctx context.Context, id string) error
	NewDeviceLink(ctx context.Context) (app.Pairing, error)
	Pairing() app.Pairing
	ConfirmDevice(yes bool) error
	CancelDeviceLink()
	BecomeDevice(ctx context.Context, link string, show func(words string)) error
	Fresh(ctx context.Context) bool
}

// togetherPace is the least time between two looks at what others do: it may
// change with every key that somebody presses.
const togetherPace = 250 * time.Millisecond

// joinTogether follows those who share boards; nil is nobody.
func (w *Window) joinTogether(t Together) {
	w.together = t
	if t == nil {
		return
	}
	w.apart = t.SubscribeTogether(w.togetherChanged)
	w.env.Arriving = func(id doc.ID) (renderers.Arriving, bool) {
		a, ok := t.Arriving(id)
		return renderers.Arriving(a), ok
	}
	w.env.Known = known{t, w.sound}
	w.env.ShowPerson = func(p string) { w.showPerson(app.Person(p)) }
	w.bar.people.follow()
	w.bar.own.look()
}

// togetherChanged may be called on any goroutine, as often as it likes.
func (w *Window) togetherChanged() {
	if !w.peopleDue.Swap(true) {
		w.frames.Add(w.followSoon)
	}
}

// followSoon follows others when it is time for that.
func (w *Window) followSoon() {
	wait := togetherPace - w.env.Now().Sub(w.followed)
	if wait <= 0 || wait > togetherPace { // the clock was set back
		w.followTogether()
		return
	}
	time.AfterFunc(wait, func() { w.frames.Add(w.followTogether) })
}

// followTogether looks at everything that others may have changed.
func (w *Window) followTogether() {
	w.peopleDue.Store(false)
	if w.together == nil {
		return
	}
	w.followed = w.env.Now()
	w.bar.people.follow()
	w.bar.saved.again()
	w.waiting.follow()
	if w.modal != nil && w.modal.follow != nil {
		w.modal.follow()
	}
	w.filesMoved()
	w.peopleMoved()
	w.bar.own.look()
	if w.board != nil {
		w.board.KnownMoved()
	}
	w.following.look()
	w.followAnswers()
	w.followRole()
}

// filesMoved looks whether files that were missed have come.
func (w *Window) filesMoved() {
	if w.board != nil {
		w.board.FilesMoved()
	}
	if s := w.full; s != nil {
		if f, ok := s.full.(interface{ FilesMoved() }); ok {
			f.FilesMoved()
		}
	}
}

// peopleMoved looks whether somebody has another name or colour.
func (w *Window) peopleMoved() {
	if w.board != nil {
		w.board.PeopleMoved()
	}
	if s := w.full; s != nil {
		if f, ok := s.full.(interface{ PeopleMoved() }); ok {
			f.PeopleMoved()
		}
	}
	w.comments.follow()
}

// sharing is what is to be said of the board of a document and its people.
func (w *Window) sharing(id doc.ID) app.Sharing {
	if w.together == nil {
		return app.Sharing{}
	}
	return w.together.Sharing(id)
}

// reads reports whether this person may read the board that is shown and not change
// it.
func (w *Window) reads() bool {
	s := w.sharing(w.boardID())
	return s.Shared && (s.Removed || s.Mine == share.Read)
}

// followRole shows what is shown anew when this person may edit it from now on, or
// not any more.
func (w *Window) followRole() {
	if w.modal == nil && w.env.ReadOnly != (w.refusal() != nil || w.reads()) {
		w.show()
	}
}

// moved goes on with the document that has taken another's place.
func (w *Window) moved(old, now doc.ID) {
	if old == now {
		return
	}
	w.app.UpdateDevice(func(d *deviceState) {
		if c, ok := d.Cameras[string(old)]; ok {
			d.Cameras[string(now)] = c
		}
	})
	if v := w.board; v != nil && v.Live.ID() == old {
		camera := v.Session.Camera
		w.app.UpdateDevice(func(d *deviceState) { d.Cameras[string(now)] = camera })
	}
	if w.trail.rename(old, now) {
		w.show()
	}
}
