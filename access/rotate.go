package access

import (
	"fmt"
	"io"
	"slices"

	"corkboard/identity"
)

// Rotate begins an epoch: it draws a key, seals it to the Recipients of the
// view and the keys of the epochs before under it, signs the record and keeps
// the key. The record is still to be added to the log. Each recipient costs
// about 0.1 ms and 1,200 bytes. Errors: those of Author.Sign, ErrTooLarge for
// more than some 850 recipients.
func (k *Keys) Rotate(random io.Reader, a Author, v *View, at int64) (*Record, error) {
	key, err := drawKey(random)
	if err != nil {
		return nil, err
	}
	p := &Rotate{Commit: key.commit(), Old: k.old(v, key)}
	for _, r := range v.Recipients(at) {
		sealed, err := k.seal(r, p.Commit, key)
		if err != nil {
			return nil, fmt.Errorf("rotate: %w", err)
		}
		p.Sealed = append(p.Sealed, sealed)
	}
	r, err := a.Sign(at, v.Heads(), p)
	if err != nil {
		return nil, err
	}
	k.Put(r.ID, key)
	return r, nil
}

func (k *Keys) seal(to Recipient, commit [32]byte, key Key) (Sealed, error) {
	plain := key.Reveal()
	box, err := identity.Seal(to.KEM, sealInfo(k.collection, commit), plain[:])
	if err != nil {
		return Sealed{}, fmt.Errorf("seal an epoch key: %w", err)
	}
	return Sealed{to.To, box}, nil
}

// old is the known keys of the epochs before, without those that are found
// under one of them: so all can be found from the newest, and a record does not
// grow with their number.
func (k *Keys) old(v *View, key Key) []Old {
	var list []Old
	found := map[RecordID]bool{}
	for _, n := range slices.Backward(v.order) {
		old, have := k.keys[n.ID]
		if n.Kind() != kindRotate || !have || found[n.ID] {
			continue
		}
		list = append(list, Old{n.ID, key.wrap(k.collection, n.ID, old)})
		for todo := []RecordID{n.ID}; len(todo) > 0; todo = todo[1:] {
			if !found[todo[0]] {
				found[todo[0]] = true
				todo = append(todo, k.holds[todo[0]]...)
			}
		}
	}
	slices.SortFunc(list, func(a, b Old) int { return compareIDs(a.Epoch, b.Epoch) })
	return list
}

// SealTo puts the key of the current epoch into an invitation that is not
// signed yet, so that whoever takes it up can read at once. One for a Store
// gets none. Errors: ErrNoEpoch, ErrNoKey, identity.ErrBadKEM.
func (k *Keys) SealTo(p *Invite, v *View) error {
	if p.Role < Read {
		return nil
	}
	s := v.State()
	epoch, err := s.Epoch()
	if err != nil {
		return fmt.Errorf("seal to an invitation: %w", err)
	}
	key, err := k.Key(epoch.ID)
	if err != nil {
		return fmt.Errorf("seal to an invitation: %w", err)
	}
	to := []Recipient{{p.Key, p.KEM}}
	if !p.ByLink() {
		to = v.devicesOf(p.Person, s)
	}
	p.Epoch, p.Sealed = epoch.ID, nil
	for _, r := range to {
		sealed, err := k.seal(r, key.commit(), key)
		if err != nil {
			return err
		}
		p.Sealed = append(p.Sealed, sealed)
	}
	return nil
}
