package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/identity/portrait"
	"corkboard/media"
	"corkboard/share"
)

// crowd is people who are not there: it does what Together promises and keeps what
// it was asked for.
type crowd struct {
	mu       sync.Mutex
	wakes    []func()
	boards   map[doc.ID]app.Sharing
	states   map[doc.ID]app.SyncState
	reach    []app.Reach
	tray     []app.Invitation
	known    []app.Contact
	files    map[doc.ID]app.Arriving
	me       app.Member
	near     app.Nearby
	own      []string
	stores   []app.StoragePeer
	wheres   []func()              // woken when somebody moves
	where    map[app.Person]doc.ID // at which boards they look
	devices  map[app.Person][]app.DeviceInfo
	unseen   bool          // invisible
	did      []string      // what was asked for, one line each
	fails    error         // what everything fails with that blocks
	hold     chan struct{} // Share waits for it; nil: it does not
	renames  doc.ID        // what Share gives; "": the same
	accepted share.Link    // what Accept gives
	several  own
}

var atNoon = time.Date(2026, 3, 11, 12, 0, 0, 0, time.Local)

const (
	ada  = app.Person("ada")
	mira = app.Person("mira")
	ito  = app.Person("ito")
)

func newCrowd() *crowd {
	return &crowd{
		where: map[app.Person]doc.ID{}, devices: map[app.Person][]app.DeviceInfo{},
		boards: map[doc.ID]app.Sharing{}, states: map[doc.ID]app.SyncState{}, files: map[doc.ID]app.Arriving{},
		me: app.Member{Person: "me", Name: "Jo Brandt", Colour: [3]byte{0x33, 0x95, 0xE8}, Me: true},
	}
}

// meet lets a desk have others.
func (d *desk) meet(c *crowd) *crowd {
	d.t.Helper()
	began := time.Now()
	d.w.env.Now = func() time.Time { return atNoon.Add(time.Since(began)) }
	d.w.joinTogether(c)
	d.t.Cleanup(d.w.apart)
	return c
}

// garden opens a board below Home.
func (d *desk) garden() doc.ID {
	d.t.Helper()
	d.w.newBoard()
	d.until("the board is pinned", func() bool { return len(d.cards()) == 2 })
	for _, card := range d.cards() {
		if card.Link.Kind == cards.KindBoard {
			d.w.openCard(d.w.board, card.ID)
			break
		}
	}
	d.w.bar.rename("Garden")
	d.until("it has its title", func() bool { return d.w.bar.title.Text == "Garden" })
	return d.w.boardID()
}

func (c *crowd) change(f func()) {
	c.mu.Lock()
	f()
	wakes := append([]func(){}, c.wakes...)
	c.mu.Unlock()
	for _, wake := range wakes {
		wake()
	}
}

func (c *crowd) asked(line string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.did {
		if d == line {
			return true
		}
	}
	return false
}

func (c *crowd) note(format string, a ...any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.did = append(c.did, fmt.Sprintf(format, a...))
	return c.fails
}

func (c *crowd) Sharing(id doc.ID) app.Sharing {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.boards[id]
}

func (c *crowd) Share(ctx context.Context, id doc.ID) (doc.ID, error) {
	if c.hold != nil {
		select {
		case <-c.hold:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	if err := c.note("share %s", id); err != nil {
		return "", err
	}
	now := id
	if c.renames != "" {
		now = c.renames
	}
	c.change(func() {
		c.boards[now] = app.Sharing{Shared: true, Root: now, Title: "Garden", Mine: share.Admin, Members: []app.Member{owner(c.me)}}
	})
	return now, nil
}

func owner(m app.Member) app.Member {
	m.Owner, m.Role = true, share.Admin
	return m
}

func (c *crowd) CopyLink(_ context.Context, id doc.ID, role share.Role) (string, error) {
	if err := c.note("link %s", role); err != nil {
		return "", err
	}
	return share.Format(invitationTo(id, role)), nil
}

func invitationTo(id doc.ID, role share.Role) share.Link {
	return share.Link{Document: id, Kind: "board", In: doc.NewID([32]byte{7}), Role: role, Secret: share.NewSecret([16]byte{1, 2, 3})}
}

func (c *crowd) RevokeLink(_ context.Context, _ doc.ID, link string) error {
	return c.note("revoke %s", link)
}

func (c *crowd) Contacts() []app.Contact {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known
}

func (c *crowd) Invite(_ context.Context, _ doc.ID, p app.Person, role share.Role) error {
	return c.note("invite %s %s", p, role)
}

func (c *crowd) SetRole(_ context.Context, _ doc.ID, p app.Person, role share.Role) error {
	return c.note("role %s %s", p, role)
}

func (c *crowd) RemoveMember(_ context.Context, _ doc.ID, p app.Person) error {
	return c.note("remove %s", p)
}
func (c *crowd) Leave(context.Context, doc.ID) error { return c.note("leave") }

func (c *crowd) Join(_ context.Context, link string) (share.Link, error) {
	l, err := share.Parse(link)
	if err != nil {
		return share.Link{}, err
	}
	if err := c.note("join %s", l.Role); err != nil {
		return share.Link{}, err
	}
	c.change(func() {
		c.boards[l.Document] = app.Sharing{Shared: true, Root: l.Document, Mine: l.Role, Waiting: true}
	})
	return l.Bare(), nil
}

func (c *crowd) Invitations() []app.Invitation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tray
}

func (c *crowd) Accept(_ context.Context, id string) (share.Link, error) {
	return c.accepted, c.note("accept %s", id)
}

func (c *crowd) Decline(_ context.Context, id string) error {
	err := c.note("decline %s", id)
	c.change(func() { c.tray = nil })
	return err
}

func (c *crowd) SyncState(id doc.ID) app.SyncState {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.states[id]
}

func (c *crowd) Reach(doc.ID) []app.Reach {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reach
}

func (c *crowd) Arriving(file doc.ID) (app.Arriving, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.files[file]
	return a, ok
}

func (c *crowd) Me() app.Member {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.me
}

func (c *crowd) SetProfile(_ context.Context, name string, colour [3]byte) error {
	err := c.note("profile %s %x", name, colour)
	c.change(func() { c.me.Name, c.me.Colour = name, colour })
	return err
}

func (c *crowd) SetPicture(_ context.Context, picture string) error {
	err := c.note("picture of %d bytes", len(picture))
	c.change(func() { c.me.Picture = picture })
	return err
}

func (c *crowd) PictureFrom(_ context.Context, path string) (string, error) {
	if filepath.Ext(path) != ".png" {
		return "", media.ErrUnsupported
	}
	return strings.Repeat("\x80", portrait.Size), nil
}

func (c *crowd) Nearby() app.Nearby {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.near
}

func (c *crowd) SetNearby(_ context.Context, on bool) error {
	err := c.note("nearby %v", on)
	if err == nil {
		c.change(func() { c.near.On, c.near.Until = on, atNoon.Add(app.NearbyTime) })
	}
	return err
}

func (c *crowd) SubscribeTogether(wake func()) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wakes = append(c.wakes, wake)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.wakes = nil
	}
}

func (c *crowd) DialManually(_ context.Context, address string) error {
	return c.note("dial %s", address)
}

func (c *crowd) Addresses() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.own
}

func (c *crowd) AddStoragePeer(ctx context.Context, link string) error {
	if c.hold != nil {
		select {
		case <-c.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return c.note("storage %s", link)
}

func (c *crowd) StoragePeers() []app.StoragePeer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stores
}

func (c *crowd) RemoveStoragePeer(_ context.Context, id string) error {
	err := c.note("forget %s", id)
	c.change(func() { c.stores = nil })
	return err
}

var _ Together = (*crowd)(nil)

// everybody is a board with all kinds of people on it.
func everybody(c *crowd, id doc.ID) app.Sharing {
	return app.Sharing{
		Shared: true, Root: id, Title: "Garden", Mine: share.Admin,
		Members: []app.Member{
			owner(c.me),
			{Person: ada, Name: "Ada Lovelace", Colour: [3]byte{0xF8, 0x70, 0x60}, Role: share.Write, Here: true},
			{Person: mira, Name: "Mira", Colour: [3]byte{0xFF, 0xC9, 0x19}, Role: share.Read, Seen: atNoon.Add(-20 * time.Hour)},
			{Person: ito, Name: "Ito", Colour: [3]byte{0x47, 0x00, 0xD8}, Role: share.Write, Invited: true, Reached: true},
		},
		Links:   []app.OpenLink{{ID: "l1", Role: share.Write, Created: atNoon.Add(-time.Hour)}, {ID: "l2", Role: share.Read, Created: atNoon.AddDate(0, -1, 0)}},
		Backups: []app.Backup{{ID: "b", Name: "Attic", Here: true}},
	}
}

// tapOn taps the button of the open sheet that says so.
func (d *desk) tapOn(words string) {
	d.t.Helper()
	if b := d.buttonOf(words); b != nil {
		b.Tapped(nil)
		return
	}
	d.t.Fatalf("no button says %q on: %s", words, saidBy(d.w.modal.inside))
}

// laidOut is everything on the open sheet.
func (d *desk) laidOut() []fyne.CanvasObject { return test.LaidOutObjects(d.w.modal.inside) }

// entryOnSheet is the first entry of the open sheet.
func (d *desk) entryOnSheet() *escEntry {
	d.t.Helper()
	for _, o := range d.laidOut() {
		if e, ok := o.(*escEntry); ok {
			return e
		}
	}
	d.t.Fatal("the sheet has no entry")
	return nil
}
