package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/board"
	"corkboard/docstore"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/share"
)

// Join takes up a link to a shared board: it is noted here at once, with a card on
// Home, and fills as soon as somebody who has it is met. Who has left the board comes
// back; ErrRemoved for one who was removed, whom only an invitation by name lets in. It
// blocks on the disk. Errors:
// share.ErrBadLink, ErrPushPin, docstore.ErrReadOnly, ErrLocked, ErrNoKeys, ErrNotSaved.
func (a *App) Join(ctx context.Context, link string) (share.Link, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	l, err := share.Parse(link)
	if err != nil {
		return share.Link{}, err
	}
	if !l.Shared() || !l.Invites() {
		return l.Bare(), nil
	}
	fresh, err := a.takeLink(ctx, l)
	if err != nil {
		return share.Link{}, fmt.Errorf("joining: %w", err)
	}
	if fresh {
		err = a.pinHome(ctx, l.Bare())
	}
	return l.Bare(), err
}

// takeLink notes the collection that a link invites to, and where it may be found.
// fresh is false if it is here already.
func (a *App) takeLink(ctx context.Context, l share.Link) (fresh bool, err error) {
	secret := l.Secret.Reveal()
	fresh, err = a.enter(ctx, l, &secret)
	if err == nil {
		a.company.hint(l.At[:]...)
	}
	return fresh, err
}

// invitedTo is the collection that a link names.
func invitedTo(l share.Link) (access.RecordID, error) {
	id, err := identity.ParsePersonID(string(l.In)) // any id of 32 bytes
	return access.RecordID(id), err
}

// knows reports whether the collection of a link is here.
func (a *App) knows(l share.Link) bool {
	c, err := invitedTo(l)
	if err == nil {
		_, err = a.store.Collection(c)
	}
	return err == nil
}

// enter notes a collection. fresh is false if it is here already; who is out of it is
// about to come back then.
func (a *App) enter(ctx context.Context, l share.Link, secret *[16]byte) (fresh bool, err error) {
	c, err := invitedTo(l)
	if err != nil {
		return false, err
	}
	if a.DeviceRemoved() {
		return false, ErrDeviceRemoved
	}
	if err := a.introduceMyself(ctx); err != nil {
		return false, err
	}
	err = a.store.Join(ctx, docstore.Invited{
		Collection: c, Root: l.Document, Kind: l.Kind, Secret: secret,
		At: slices.DeleteFunc(slices.Clone(l.At[:]), func(at string) bool { return at == "" }),
	})
	if errors.Is(err, docstore.ErrHere) {
		return false, a.comeBack(ctx, c, secret)
	}
	a.lookAround()
	return err == nil, err
}

// out reports whether this person was on a board and is not any more.
func (a *App) out(c docstore.Collection) bool {
	return c.Spoken && c.State.Role(a.store.Person()) == access.None
}

// comeBack takes up an invitation to a collection that is here, if this person is out
// of it. Until the invitation's record has come that is remembered, but not beyond the
// end of the program.
func (a *App) comeBack(ctx context.Context, id access.RecordID, secret *[16]byte) error {
	c, err := a.store.Collection(id)
	if err != nil || !a.out(c) {
		return err
	}
	a.circles.mu.Lock()
	if a.circles.returning == nil {
		a.circles.returning = map[access.RecordID]*[16]byte{}
	}
	a.circles.returning[id] = secret
	delete(a.circles.refused, id)
	a.circles.mu.Unlock()
	a.takeUp(ctx)
	a.lookAround()
	c, err = a.store.Collection(id)
	if _, waits := a.returning(id); err == nil && !waits && a.out(c) {
		return ErrRemoved
	}
	return err
}

// returning reports whether this person wants to come back to a collection, and by
// which link; nil by name.
func (a *App) returning(id access.RecordID) (secret *[16]byte, wanted bool) {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	secret, wanted = a.circles.returning[id]
	return secret, wanted
}

// pinHome puts a card on the Home board, where there is room.
func (a *App) pinHome(ctx context.Context, l share.Link) error {
	at, err := a.FreePlace(ctx, a.home)
	if err == nil {
		_, err = a.pin(ctx, a.home, "", board.Pin{Link: l, At: at})
	}
	return err
}

// takeUp takes up invitations whose collections have come so far, once: who was
// removed comes back only if they want to. It is called whenever records have come.
func (a *App) takeUp(ctx context.Context) {
	list, err := a.store.Collections()
	if err != nil {
		return
	}
	me := a.store.Person()
	for _, c := range list {
		if c.Home || len(c.State.Members) == 0 {
			continue
		}
		if c.State.Role(me) != access.None {
			a.taken(c.ID, 0, nil)
			continue
		}
		by, back := a.returning(c.ID)
		if c.Spoken && !back {
			continue
		}
		sh, err := a.store.Shelf(c.ID)
		if err != nil {
			continue
		}
		last := sh.Last()
		if !a.mayTake(c.ID, last) {
			continue
		}
		err = a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) {
			now := a.opts.Now().UnixMilli()
			if r.State().Role(me) != access.None { // meanwhile
				return nil, replica.ErrNoInvitation
			}
			if by != nil {
				return r.Join(*by, now)
			}
			if secret, ok := a.store.CameBy(c.ID); ok && !back {
				return r.Join(secret, now)
			}
			for _, i := range r.Invitations() {
				return r.Accept(i.ID, now)
			}
			return nil, replica.ErrNoInvitation
		})
		a.taken(c.ID, last, err)
		if err != nil && !errors.Is(err, replica.ErrNoInvitation) {
			a.opts.Log.Warn("an invitation cannot be taken up", "err", err)
		}
	}
}

// mayTake reports whether anything has come to a collection since an invitation to it
// was not open.
func (a *App) mayTake(id access.RecordID, last uint64) bool {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	return a.circles.refused[id] != last || last == 0
}

// taken notes how it went to take up an invitation, as of a place of the collection's
// items: once it was said, it is not said again.
func (a *App) taken(id access.RecordID, place uint64, err error) {
	a.circles.mu.Lock()
	before := a.circles.refused[id]
	if a.circles.refused == nil {
		a.circles.refused = map[access.RecordID]uint64{}
	}
	delete(a.circles.refused, id)
	if errors.Is(err, replica.ErrNoInvitation) {
		a.circles.refused[id] = place
	} else {
		delete(a.circles.returning, id)
	}
	changed := (before > 0) != (a.circles.refused[id] > 0)
	a.circles.mu.Unlock()
	if changed {
		a.company.Wake()
	}
}

// rotate makes new keys where they are due: somebody has gone, or one who has come
// lacks a key.
func (a *App) rotate(ctx context.Context) {
	list, err := a.store.Collections()
	if err != nil {
		return
	}
	for _, c := range list {
		if !a.mayRotate(c) {
			continue
		}
		now := a.opts.Now().UnixMilli()
		if !a.store.RotationDue(c.ID, now) {
			continue
		}
		err := a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) { return r.Rotate(now) })
		if err != nil && !errors.Is(err, context.Canceled) {
			a.opts.Log.Warn("keys cannot be made anew", "err", err)
		}
	}
}
