package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"corkboard/access"
	"corkboard/cards"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/node"
	"corkboard/net/wire"
	"corkboard/share"
)

// The bounds of the tray, and of what is remembered of it.
const (
	maxOffers   = 64
	maxDeclined = 256
)

// errStranger says that a device is not known to be of the person it names.
var errStranger = errors.New("not known to be whom they say")

// errTrayFull says that too many invitations wait.
var errTrayFull = errors.New("too many invitations wait")

// offer is an invitation by name, as it is kept on this device.
type offer struct {
	Link   string // without secret
	Invite string // record in the collection's log
	From   string // person
	Name   string // of them, as it was then
	Title  string
	Role   share.Role
	At     int64 // ms since 1970 UTC
}

func (o offer) collection() doc.ID {
	l, _ := share.Parse(o.Link)
	return l.In
}

// tray is what the network asks of invitations by name.
type tray struct{ a *App }

// Take implements node.Invitations.
func (t tray) Take(from wire.Who, i node.Invitation) error {
	a := t.a
	if !a.vouches(from) {
		return errStranger
	}
	if a.blocked(from.Person) {
		return nil // without a word: they are not to find out
	}
	l := share.Link{Document: doc.NewID(i.Document), Kind: i.Kind, In: doc.ID(i.Collection.String())}
	switch c, err := a.store.Collection(i.Collection); {
	case err == nil && !a.out(c):
		return nil // here already
	case err != nil && !errors.Is(err, docstore.ErrNoCollection):
		return err
	}
	invite := i.Invite.String()
	if slices.Contains(a.Device().Declined, invite) {
		return nil
	}
	o := offer{
		Link: share.Format(l), Invite: invite, From: from.Person.String(), Name: a.nameOfInviter(from.Person), Title: cards.CleanName(i.Title),
		Role: i.Role, At: a.opts.Now().UnixMilli(),
	}
	full := false
	a.UpdateDevice(func(d *Device) {
		d.Offers = slices.DeleteFunc(d.Offers, func(old offer) bool { return old.collection() == l.In })
		if full = len(d.Offers) >= maxOffers; !full {
			d.Offers = append(d.Offers, o)
		}
	})
	a.company.Wake()
	if full {
		return errTrayFull
	}
	return a.device.flush()
}

// nameOfInviter is how somebody is called who invites: they may be known from nearby
// alone.
func (a *App) nameOfInviter(person identity.PersonID) string {
	if p, here := a.nearby.who(person); here {
		return contactOf(p).Name
	}
	return a.memberAnywhere(person).Name
}

// Pending implements node.Invitations.
func (t tray) Pending(to wire.Who) []node.Invitation {
	a := t.a
	a.circles.mu.Lock()
	list := maps.Clone(a.circles.byID)
	a.circles.mu.Unlock()
	var out []node.Invitation
	for id, c := range list {
		root, err := chunk.ParseDocumentID(c.Root)
		if c.Home || err != nil || !c.People[to.Person].Active(to.Device) {
			continue
		}
		for _, i := range c.State.Invitations {
			if i.Person == to.Person {
				out = append(out, node.Invitation{
					Collection: id, Invite: i.ID, Document: access.DocumentID(root), Kind: c.Kind, Role: roleOf(i.Role), Title: a.titleOf(c.Root),
				})
			}
		}
	}
	return out
}

// vouches reports whether a shared board knows a device as one of a person's, or
// whether they are nearby and have shown it.
func (a *App) vouches(who wire.Who) bool {
	for _, c := range a.sharedCircles() {
		if c.State.Role(who.Person) != access.None && c.People[who.Person].Active(who.Device) {
			return true
		}
	}
	return a.nearby.vouches(who)
}

// titleOf is the title of a board, as much of it as fits an invitation; "" if it cannot
// be read at once.
func (a *App) titleOf(id doc.ID) string {
	ctx, cancel := context.WithTimeout(a.ctx, time.Second)
	defer cancel()
	b, err := a.readBoard(ctx, id)
	if err != nil {
		return ""
	}
	title := cards.CleanName(b.Title)
	for len(title) > node.MaxTitle {
		_, last := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-last]
	}
	return title
}

// Delivered implements node.Invitations.
func (t tray) Delivered(_ wire.Who, i node.Invitation) {
	id := i.Invite.String()
	if slices.Contains(t.a.Device().Delivered, id) {
		return
	}
	t.a.UpdateDevice(func(d *Device) { d.Delivered = newestOnly(append(slices.Clone(d.Delivered), id)) })
	t.a.company.Wake()
}

// reached reports whether an invitation of this person has come to a device of whom it
// is for.
func (a *App) reached(invite access.RecordID) bool {
	return slices.Contains(a.Device().Delivered, invite.String())
}

// newestOnly is the end of what is remembered of invitations.
func newestOnly(ids []string) []string { return ids[max(0, len(ids)-maxDeclined):] }

// Invitations are those by name that wait, the newest first. At once.
func (a *App) Invitations() []Invitation {
	var out []Invitation
	for _, o := range a.Device().Offers {
		from := Member{Person: Person(o.From), Name: o.Name}
		if p, err := identity.ParsePersonID(o.From); err == nil {
			from = a.memberAnywhere(p)
			if o.Name != "" {
				from.Name = o.Name
			}
		}
		out = append(out, Invitation{ID: string(o.collection()), From: from, Title: o.Title, Role: o.Role, At: time.UnixMilli(o.At)})
	}
	slices.Reverse(out)
	return out
}

// Accept takes up an invitation by name, as Join does one by link. It blocks on the
// disk. Errors: ErrNoInvitation, those of Join.
func (a *App) Accept(ctx context.Context, id string) (share.Link, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	o, ok := a.offer(id)
	if !ok {
		return share.Link{}, ErrNoInvitation
	}
	l, err := share.Parse(o.Link)
	if err != nil {
		return share.Link{}, err
	}
	fresh, err := a.enter(ctx, l, nil)
	if err != nil {
		return share.Link{}, err
	}
	if fresh {
		if err := a.pinHome(ctx, l); err != nil {
			return share.Link{}, err
		}
	}
	return l, a.clearOffer(id, false)
}

// Decline takes an invitation out of the tray, where the same one does not appear again;
// whoever has sent it is not told. Errors: the system's.
func (a *App) Decline(_ context.Context, id string) error { return a.clearOffer(id, true) }

func (a *App) clearOffer(id string, declined bool) error {
	a.UpdateDevice(func(d *Device) {
		kept := []offer{}
		for _, o := range d.Offers {
			switch {
			case string(o.collection()) != id:
				kept = append(kept, o)
			case declined:
				d.Declined = newestOnly(append(slices.Clone(d.Declined), o.Invite))
			}
		}
		d.Offers = kept
	})
	a.company.Wake()
	return a.device.flush()
}

func (a *App) offer(id string) (offer, bool) {
	for _, o := range a.Device().Offers {
		if string(o.collection()) == id {
			return o, true
		}
	}
	return offer{}, false
}
