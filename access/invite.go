package access

import (
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// AdminInviteLife is how long an invitation by link that makes an admin may
// last, in ms, by the times that records state.
const AdminInviteLife = 24 * 60 * 60 * 1000

// Invite offers a role: to a person by name, or to whoever has the secret of a
// link. It gives nothing until it is taken up by Accept or Join.
type Invite struct {
	Role    Role
	Single  bool  // one Join at most; by name always so
	Expires int64 // ms since 1970 UTC; what is taken up later, as it says itself, is void. 0: never
	Person  identity.PersonID
	Key     identity.DeviceID // of a link: verifies Joins. Only without a Person
	KEM     []byte            // of a link: keys are sealed to it; none for a Store
	Epoch   RecordID          // whose key is sealed; zero: none
	Sealed  []Sealed          // to the person's devices, or to the link itself
}

// ByLink says whether the secret of a link is all that it takes.
func (p *Invite) ByLink() bool { return p.Person == identity.PersonID{} }

func (p *Invite) write(w *record.Writer) {
	w.Uint8(uint8(p.Role))
	w.Bool(p.Single)
	w.Uint(uint64(p.Expires))
	w.Fixed(p.Person[:])
	if p.ByLink() {
		w.Fixed(p.Key[:])
		w.Bytes(p.KEM)
	}
	w.Fixed(p.Epoch[:])
	writeSealed(w, p.Sealed)
}

func (p *Invite) read(in *record.Reader) {
	p.Role, p.Single, p.Expires, p.Person = readRole(in), in.Bool(), int64(in.Uint(maxTime)), in.Hash()
	if p.ByLink() {
		p.Key, p.KEM = in.Hash(), in.Bytes(identity.KEMSize)
	}
	p.Epoch, p.Sealed = in.Hash(), readSealed(in)
	switch {
	case p.ByLink() && (len(p.KEM) == 0) != (p.Role == Store):
		in.Fail("a link has a sealing key unless it is for a store")
	case !p.ByLink() && p.Single:
		in.Fail("an invitation by name is single without saying so")
	case len(p.Sealed) > 0 && (p.Epoch == RecordID{} || p.Role == Store):
		in.Fail("keys of no epoch, or for a store")
	case p.ByLink() && (len(p.Sealed) > 1 || len(p.Sealed) == 1 && p.Sealed[0].To != p.Key):
		in.Fail("a link seals keys to itself")
	}
}

// check holds links that make admins to a single use within a day.
func (p *Invite) check(at int64) error {
	if !p.ByLink() {
		return nil
	}
	if p.Role == Admin && (!p.Single || p.Expires == 0 || p.Expires > at+AdminInviteLife) {
		return fmt.Errorf("invite: %w: a link for admins is single and lasts a day", record.ErrMalformed)
	}
	if p.Role == Store {
		return nil
	}
	if err := identity.CheckKEM(p.KEM); err != nil {
		return fmt.Errorf("invite: %w", err)
	}
	return nil
}
