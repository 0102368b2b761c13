package replica

import (
	"fmt"
	"io"

	"corkboard/access"
	"corkboard/identity"
)

// say signs a record on all that is known, and takes it in. It fails if the
// collection gives it no force.
func (r *Replica) say(now int64, p access.Payload) (*access.Record, error) {
	record, err := r.author.Sign(now, r.view.Heads(), p)
	if err != nil {
		return nil, err
	}
	return record, r.publish(record)
}

func (r *Replica) publish(record *access.Record) error {
	if err := r.put(AccessRecord, record.Raw); err != nil {
		return err
	}
	r.settle()
	if fault, void := r.view.State().Void[record.ID]; void {
		return fmt.Errorf("%v: %v: %w", record.Kind(), fault, ErrNotAllowed)
	}
	return nil
}

// Invite offers a role to a person, whose log should be here so that keys can be
// sealed to their devices. Nothing happens until they Accept.
func (r *Replica) Invite(person identity.PersonID, role access.Role, now int64) (id access.RecordID, items []Item, err error) {
	items, err = r.command("invite", func() error {
		id, err = r.invite(&access.Invite{Role: role, Person: person}, now)
		return err
	})
	return id, items, err
}

// InviteByLink offers a role to whoever has the secret, which it draws. For a
// single use and until a time if expires, in ms, is not 0; admins always so.
func (r *Replica) InviteByLink(role access.Role, single bool, expires, now int64) (secret [16]byte, items []Item, err error) {
	items, err = r.command("invite by link", func() error {
		if _, err := io.ReadFull(r.opt.Random, secret[:]); err != nil {
			return fmt.Errorf("draw a secret: %w", err)
		}
		link, err := access.NewInviteKeys(secret)
		if err != nil {
			return err
		}
		p := link.Invite(role)
		p.Single, p.Expires = single, expires
		_, err = r.invite(p, now)
		return err
	})
	return secret, items, err
}

func (r *Replica) invite(p *access.Invite, now int64) (access.RecordID, error) {
	if err := r.allowed(access.Admin); err != nil {
		return access.RecordID{}, err
	}
	r.matters(p.Person)
	r.receiveReleased()
	if err := r.rotateIfNeeded(now); err != nil {
		return access.RecordID{}, err
	}
	if err := r.keys.SealTo(p, r.view); err != nil {
		return access.RecordID{}, err
	}
	record, err := r.say(now, p)
	if err != nil {
		return access.RecordID{}, err
	}
	return record.ID, nil
}

// Revoke ends an invitation: that of an admin, or one to this person, who declines.
func (r *Replica) Revoke(invitation access.RecordID, now int64) ([]Item, error) {
	return r.command("revoke an invitation", func() error {
		r.settle()
		if _, err := r.say(now, &access.InviteRevoke{Invite: invitation}); err != nil {
			return err
		}
		return r.rotateIfAllowed(now)
	})
}

// Invitations are those by name that wait for this person.
func (r *Replica) Invitations() []access.Invitation {
	r.settle()
	var mine []access.Invitation
	for _, i := range r.view.State().Invitations {
		if i.Person == r.opt.Person {
			mine = append(mine, i)
		}
	}
	return mine
}

// Accept takes up an invitation by name. ErrNoInvitation if there is none.
func (r *Replica) Accept(invitation access.RecordID, now int64) ([]Item, error) {
	return r.command("accept", func() error {
		for _, i := range r.Invitations() {
			if i.ID == invitation {
				_, err := r.say(now, &access.Accept{Invite: invitation})
				return err
			}
		}
		return ErrNoInvitation
	})
}

// Join takes up an invitation by link. ErrNoInvitation if no open one is here
// that fits the secret. Keep the secret as one of Options.Links.
func (r *Replica) Join(secret [16]byte, now int64) ([]Item, error) {
	return r.command("join", func() error {
		link, err := access.NewInviteKeys(secret)
		if err != nil {
			return err
		}
		r.settle()
		for _, i := range r.view.State().Invitations {
			record, _ := r.log.Get(i.ID)
			if p, ok := record.Payload.(*access.Invite); !ok || !link.Fits(p) {
				continue
			}
			r.useLink(secret, link)
			join, err := link.Join(r.author, now, r.view.Heads(), i.ID)
			if err != nil {
				return err
			}
			return r.publish(join)
		}
		return ErrNoInvitation
	})
}

func (r *Replica) useLink(secret [16]byte, link *access.InviteKeys) {
	r.opt.Links = append(r.opt.Links, secret)
	r.keys.Use(link)
	r.learn()
	r.receiveReleased()
}

// Remove ends a person's membership. Of their changes those count that are
// accepted here now. A new key is made at once.
func (r *Replica) Remove(person identity.PersonID, now int64) ([]Item, error) {
	return r.remove(person, identity.DeviceID{}, now)
}

// RemoveDevice leaves one device of a person behind, for good.
func (r *Replica) RemoveDevice(person identity.PersonID, device identity.DeviceID, now int64) ([]Item, error) {
	return r.remove(person, device, now)
}

func (r *Replica) remove(person identity.PersonID, device identity.DeviceID, now int64) ([]Item, error) {
	return r.command("remove", func() error {
		if own := person == r.opt.Person && device != (identity.DeviceID{}); !own {
			if err := r.allowed(access.Admin); err != nil {
				return err
			}
		}
		r.settle()
		p := &access.Remove{Person: person, Device: device, Frontier: r.court.Frontier(person, device)}
		if _, err := r.say(now, p); err != nil {
			return err
		}
		return r.rotateIfAllowed(now)
	})
}

// SetRole raises or lowers a member.
func (r *Replica) SetRole(person identity.PersonID, role access.Role, now int64) ([]Item, error) {
	return r.command("set a role", func() error {
		if err := r.allowed(access.Admin); err != nil {
			return err
		}
		p := &access.SetRole{Person: person, Role: role, Lowers: role < r.view.State().Role(person)}
		if p.Lowers && role < access.Write {
			p.Frontier = r.court.Frontier(person, identity.DeviceID{})
		}
		if _, err := r.say(now, p); err != nil {
			return err
		}
		return r.rotateIfAllowed(now)
	})
}

// Leave ends this person's membership. What they have written stays.
func (r *Replica) Leave(now int64) ([]Item, error) {
	return r.command("leave", func() error {
		r.settle()
		_, err := r.say(now, &access.Leave{Frontier: r.court.Frontier(r.opt.Person, identity.DeviceID{})})
		return err
	})
}

// rotateIfAllowed makes a new key if one is needed and this device may.
func (r *Replica) rotateIfAllowed(now int64) error {
	if r.allowed(access.Write) != nil {
		return nil
	}
	return r.rotateIfNeeded(now)
}

// AddStore names a storage peer of the collection, and where it is found.
func (r *Replica) AddStore(store identity.DeviceID, at string, now int64) ([]Item, error) {
	return r.command("add a storage peer", func() error {
		if err := r.allowed(access.Admin); err != nil {
			return err
		}
		_, err := r.say(now, &access.AddStore{Store: store, Name: at})
		return err
	})
}

// RemoveStore takes a storage peer away.
func (r *Replica) RemoveStore(store identity.DeviceID, now int64) ([]Item, error) {
	return r.command("remove a storage peer", func() error {
		if err := r.allowed(access.Admin); err != nil {
			return err
		}
		_, err := r.say(now, &access.RemoveStore{Store: store})
		return err
	})
}
