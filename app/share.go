package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"corkboard/access"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/share"
)

// Errors of sharing.
var (
	// ErrNotShared says that a board is this person's alone.
	ErrNotShared = errors.New("the board is not shared")
	// ErrNoMember says that somebody does not share the board.
	ErrNoMember = errors.New("this person does not share the board")
	// ErrLinkGone says that a link cannot be shown again: another device has made it.
	ErrLinkGone = errors.New("the link was made on another device")
	// ErrRemoved says that this person was removed from a board, and that no link lets
	// them in again.
	ErrRemoved = errors.New("this person was removed from the board")
	// ErrNoInvitation says that an invitation is not there any more.
	ErrNoInvitation = errors.New("there is no such invitation")
)

// Share makes a board shared, with all that lies on it, and tells under which id it
// is found from now on; of a board that is shared already, that is its own. Nobody is
// in it before they are invited. What somebody shares already stays where it is. It
// blocks, some milliseconds for each document. Errors: ErrHome, ErrTooMuch, ErrAbsent,
// ErrNotBoard, those of docstore.
func (a *App) Share(ctx context.Context, id doc.ID) (doc.ID, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	id = a.store.Moved(id)
	if id == a.home {
		return "", ErrHome
	}
	if _, shared, err := a.collectionOf(id); err != nil || shared {
		return id, err
	}
	if a.DeviceRemoved() {
		return "", ErrDeviceRemoved
	}
	if err := a.introduceMyself(ctx); err != nil {
		return "", fmt.Errorf("sharing: %w", err)
	}
	c, err := a.store.Found(ctx)
	if err != nil {
		return "", fmt.Errorf("sharing: %w", err)
	}
	if err := a.bring(ctx, []share.Link{{Document: id, Kind: cards.KindBoard}}, c); err != nil {
		return "", fmt.Errorf("sharing: %w", err)
	}
	id = a.store.Moved(id)
	if err := a.store.SetRoot(ctx, c, id, cards.KindBoard); err != nil {
		return "", fmt.Errorf("sharing: %w", err)
	}
	a.lookAround()
	return id, nil
}

// CopyLink is a link to the shared board that a document belongs to, with an
// invitation to a role: the open one of this device, or a new one. For an admin it is
// good once and for a day. It blocks. Errors: ErrNotShared, docstore.ErrNotAllowed.
func (a *App) CopyLink(ctx context.Context, id doc.ID, role share.Role) (string, error) {
	c, err := a.circle(id)
	if err != nil {
		return "", err
	}
	l := share.Link{Document: c.Root, Kind: c.Kind, In: doc.ID(c.ID.String()), Role: role, At: a.meetingPoints(c)}
	if role != share.Admin {
		for _, i := range c.State.Invitations {
			if i.Person != (identity.PersonID{}) || roleOf(i.Role) != role || i.Single {
				continue
			}
			if secret, ok := a.store.Link(c.ID, i.ID); ok {
				l.Secret = share.NewSecret(secret)
				return share.Format(l), nil
			}
		}
	}
	secret, err := a.inviteByLink(ctx, c.ID, role)
	if err != nil {
		return "", err
	}
	l.Secret = share.NewSecret(secret)
	return share.Format(l), nil
}

// meetingPoints is where whoever has a link may look first: at the storage peers of the
// board, or else here.
func (a *App) meetingPoints(c docstore.Collection) (at share.Addresses) {
	var all []string
	stores := a.storage.storesOf(c)
	for _, device := range slices.SortedFunc(maps.Keys(stores), func(x, y identity.DeviceID) int { return bytes.Compare(x[:], y[:]) }) {
		for _, at := range strings.Fields(stores[device]) {
			all = append(all, storageMark+at)
		}
	}
	if len(all) == 0 {
		all = a.Addresses()
	}
	n := 0
	for _, s := range all {
		if n < len(at) && share.ValidAddress(s) && !slices.Contains(at[:n], s) {
			at[n] = s
			n++
		}
	}
	return at
}

func (a *App) inviteByLink(ctx context.Context, c access.RecordID, role share.Role) (secret [16]byte, err error) {
	now, expires := a.opts.Now().UnixMilli(), int64(0)
	if role == share.Admin {
		expires = now + access.AdminInviteLife
	}
	var invite access.RecordID
	err = a.store.Govern(ctx, c, func(r *replica.Replica) (items []replica.Item, err error) {
		before := map[access.RecordID]bool{}
		for _, i := range r.State().Invitations {
			before[i.ID] = true
		}
		secret, items, err = r.InviteByLink(accessRole(role), role == share.Admin, expires, now)
		for _, i := range r.State().Invitations {
			if !before[i.ID] {
				invite = i.ID
			}
		}
		return items, err
	})
	if err != nil {
		return secret, fmt.Errorf("making a link: %w", err)
	}
	a.lookAround()
	return secret, a.store.KeepLink(ctx, c, invite, secret)
}

// collectionOf is where a document belongs, and whether others may have it too. It may
// ask the disk. Errors: ErrAbsent.
func (a *App) collectionOf(id doc.ID) (of access.RecordID, shared bool, err error) {
	of, err = a.store.CollectionOf(id)
	if err != nil {
		return of, false, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	return of, of != a.store.HomeCollection(), nil
}

// ExpectOthers is called when something is about to be shared or joined: what takes a
// while is begun then. At once.
func (a *App) ExpectOthers() {
	if a.ReadOnly() == nil {
		a.store.ExpectOthers()
	}
}

// circle is the shared collection of a document. It may ask the disk.
func (a *App) circle(id doc.ID) (docstore.Collection, error) {
	of, shared, err := a.collectionOf(id)
	if err != nil {
		return docstore.Collection{}, err
	}
	if !shared {
		return docstore.Collection{}, ErrNotShared
	}
	return a.store.Collection(of)
}

// govern runs a command on the members of the collection of a document.
func (a *App) govern(ctx context.Context, doing string, id doc.ID, command func(r *replica.Replica, now int64) ([]replica.Item, error)) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	c, err := a.circle(id)
	if err == nil {
		now := a.opts.Now().UnixMilli()
		err = a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) { return command(r, now) })
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	a.lookAround()
	return nil
}

// RevokeLink ends an invitation by link: who has not taken it up cannot any more. It
// blocks. Errors: ErrNotShared, ErrNoInvitation, docstore.ErrNotAllowed.
func (a *App) RevokeLink(ctx context.Context, id doc.ID, link string) error {
	return a.govern(ctx, "revoking a link", id, func(r *replica.Replica, now int64) ([]replica.Item, error) {
		for _, i := range r.State().Invitations {
			if i.ID.String() == link {
				return r.Revoke(i.ID, now)
			}
		}
		return nil, ErrNoInvitation
	})
}

// Invite offers a role to somebody by name. Nothing happens until they accept. It
// blocks. Errors: identity.ErrBadID, ErrNotShared, docstore.ErrNotAllowed.
func (a *App) Invite(ctx context.Context, id doc.ID, p Person, role share.Role) error {
	person, err := identity.ParsePersonID(string(p))
	if err != nil {
		return err
	}
	if err := a.introduce(ctx, id, person); err != nil {
		return err
	}
	err = a.govern(ctx, "inviting", id, func(r *replica.Replica, now int64) ([]replica.Item, error) {
		_, items, err := r.Invite(person, accessRole(role), now)
		return items, err
	})
	if err == nil {
		a.company.deliver()
	}
	return err
}

// introduce gives a collection the log of a person who is known from another one.
func (a *App) introduce(ctx context.Context, id doc.ID, person identity.PersonID) error {
	c, err := a.circle(id)
	if err != nil {
		return err
	}
	log, err := a.store.PersonLog(person)
	if err != nil {
		return fmt.Errorf("inviting: %w", err)
	}
	if p, here := a.nearby.who(person); here { // they may be new, or have said more since
		log = append(log, p.Log...)
	}
	var items []replica.Item
	for _, raw := range log {
		items = append(items, replica.Item{Sort: replica.PersonRecord, Raw: raw})
	}
	return errors.Join(a.store.Receive(ctx, c.ID, items...)...)
}

// SetRole raises or lowers somebody. It blocks. Errors as Invite, ErrNoMember.
func (a *App) SetRole(ctx context.Context, id doc.ID, p Person, role share.Role) error {
	return a.onMember(ctx, "setting a role", id, p, func(r *replica.Replica, who identity.PersonID, now int64) ([]replica.Item, error) {
		return r.SetRole(who, accessRole(role), now)
	})
}

// RemoveMember ends somebody's membership, or takes back that they were asked: they
// keep what they had until now, and nothing new can be read by them. It blocks. Errors as
// SetRole.
func (a *App) RemoveMember(ctx context.Context, id doc.ID, p Person) error {
	return a.onMember(ctx, "removing somebody", id, p, func(r *replica.Replica, who identity.PersonID, now int64) ([]replica.Item, error) {
		for _, i := range r.State().Invitations {
			if i.Person == who {
				return r.Revoke(i.ID, now)
			}
		}
		return r.Remove(who, now)
	})
}

func (a *App) onMember(ctx context.Context, doing string, id doc.ID, p Person, command func(*replica.Replica, identity.PersonID, int64) ([]replica.Item, error)) error {
	who, err := identity.ParsePersonID(string(p))
	if err != nil {
		return err
	}
	return a.govern(ctx, doing, id, func(r *replica.Replica, now int64) ([]replica.Item, error) {
		asked := false
		for _, i := range r.State().Invitations {
			asked = asked || i.Person == who
		}
		if _, member := r.State().Members[who]; !member && !asked {
			return nil, ErrNoMember
		}
		return command(r, who, now)
	})
}

// Leave ends this person's own membership. What is here stays readable here. It
// blocks. Errors: ErrNotShared, docstore.ErrNotAllowed for the only owner.
func (a *App) Leave(ctx context.Context, id doc.ID) error {
	return a.govern(ctx, "leaving", id, func(r *replica.Replica, now int64) ([]replica.Item, error) { return r.Leave(now) })
}
