package app

import (
	"context"
	"os/user"
	"strings"

	"corkboard/cards"
	"corkboard/identity"
)

// SetProfile says how this person is shown to others from now on; their picture stays. It
// blocks on the disk. Errors: record.ErrMalformed for a name that is too long, those of
// docstore.
func (a *App) SetProfile(ctx context.Context, name string, colour [3]byte) error {
	return a.setProfile(ctx, func(me Member) (identity.Profile, bool) {
		return identity.Profile{Name: cards.CleanName(name), Colour: colour, Picture: me.Picture}, true
	})
}

// SetPicture gives this person a picture, as PictureFrom makes it; "" takes it away. It
// blocks on the disk. Errors: those of SetProfile.
func (a *App) SetPicture(ctx context.Context, picture string) error {
	return a.setProfile(ctx, func(me Member) (identity.Profile, bool) {
		return identity.Profile{Name: me.Name, Colour: me.Colour, Picture: picture}, true
	})
}

// setProfile changes what this person says of themselves, if they want to: one change
// after the other, each of what the one before has made.
func (a *App) setProfile(ctx context.Context, change func(me Member) (p identity.Profile, wanted bool)) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	a.naming.Lock()
	defer a.naming.Unlock()
	a.lookAround()
	p, wanted := change(a.Me())
	if !wanted {
		return nil
	}
	err := a.store.SetProfile(ctx, p)
	a.lookAround()
	if err == nil && a.Nearby().On {
		err = a.nearby.renew()
	}
	return err
}

// Me is how others see this person: until they have said it, as the system calls them.
func (a *App) Me() Member {
	m := a.memberAnywhere(a.store.Person())
	if a.nameless() {
		m.Name = systemName(m.Name)
	}
	return m
}

// nameless reports whether this person has not said what they are called.
func (a *App) nameless() bool {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	return a.circles.byID[a.store.HomeCollection()].People[a.store.Person()].Profile.Name == ""
}

// introduceMyself gives a person a name before others see them.
func (a *App) introduceMyself(ctx context.Context) error {
	return a.setProfile(ctx, func(me Member) (identity.Profile, bool) {
		return identity.Profile{Name: cards.CleanName(me.Name), Colour: me.Colour, Picture: me.Picture}, a.nameless()
	})
}

// systemName is what the system calls whoever is here.
func systemName(otherwise string) string {
	u, err := user.Current()
	if err != nil {
		return otherwise
	}
	name, _, _ := strings.Cut(u.Name, ",")
	if name = cards.CleanName(name); name == "" {
		name = cards.CleanName(u.Username[strings.LastIndexByte(u.Username, '\\')+1:])
	}
	if name == "" {
		return otherwise
	}
	return name
}
