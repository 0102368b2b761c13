package replica

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/identity"
)

const tagInfo = "corkboard/replica/tags/1"

// learn opens keys that records have brought, and the ring with the first one.
func (r *Replica) learn() {
	r.keys.Learn(r.log)
	if r.ring == nil && !r.openRing() {
		return
	}
	for _, id := range r.keys.Epochs() {
		key, err := r.keys.Key(id)
		if err != nil || r.known[id] {
			continue
		}
		r.known[id] = true
		e := chunk.NewEpoch(id, key.Reveal())
		r.ring.AddEpoch(e)
		n := need{what: anEpoch}
		ref := e.Ref()
		copy(n.id[:], ref[:])
		r.arrived(n)
	}
}

// openRing makes the ring as soon as the key of the first epoch is here: that
// from which the secret of all tags is derived, for life (HKDF-SHA256 without
// salt). It is the first sound Rotate on nothing but the genesis, which only the
// owner can have made.
func (r *Replica) openRing() bool {
	first, ok := r.firstEpoch()
	if !ok {
		return false
	}
	key, err := r.keys.Key(first)
	if err != nil {
		return false
	}
	b := key.Reveal()
	secret, err := hkdf.Key(sha256.New, b[:], nil, tagInfo, 32)
	if err != nil {
		return false
	}
	ring := chunk.NewRing(chunk.CollectionID(r.collection), [32]byte(secret))
	r.ring = &ring
	return true
}

func (r *Replica) firstEpoch() (access.RecordID, bool) {
	r.view.Extend()
	s := r.view.State()
	for _, record := range r.log.All() {
		_, rotates := record.Payload.(*access.Rotate)
		_, void := s.Void[record.ID]
		known := slices.ContainsFunc(s.Epochs, func(e access.Epoch) bool { return e.ID == record.ID })
		if rotates && known && !void && slices.Equal(record.Parents, []access.RecordID{r.collection}) {
			return record.ID, true
		}
	}
	return access.RecordID{}, false
}

// Rotate makes a new key for all who may read now. ErrNotAllowed below Write.
func (r *Replica) Rotate(now int64) ([]Item, error) {
	return r.command("rotate", func() error {
		if err := r.allowed(access.Write); err != nil {
			return err
		}
		return r.rotate(now)
	})
}

func (r *Replica) rotate(now int64) error {
	record, err := r.keys.Rotate(r.opt.Random, r.author, r.view, now)
	if err != nil {
		return err
	}
	if err := r.put(AccessRecord, record.Raw); err != nil {
		return err
	}
	r.settle()
	return nil
}

// rotateIfNeeded sees to it that what is sealed next is sealed for those who
// may read it, and nobody else.
func (r *Replica) rotateIfNeeded(now int64) error {
	r.settle()
	e, err := r.view.State().Epoch()
	if err == nil {
		_, err = r.keys.Key(e.ID)
	}
	if err == nil && r.view.NeedsRotation(now) == access.NoNeed {
		return nil
	}
	return r.rotate(now)
}

// epoch is the key to seal with.
func (r *Replica) epoch() (chunk.Epoch, error) {
	e, err := r.view.State().Epoch()
	if err != nil {
		return chunk.Epoch{}, err
	}
	key, err := r.keys.Key(e.ID)
	if err != nil {
		return chunk.Epoch{}, err
	}
	if r.ring == nil {
		return chunk.Epoch{}, ErrNotReady
	}
	return chunk.NewEpoch(e.ID, key.Reveal()), nil
}

// RotationDue says whether somebody who may write should Rotate even if there is
// nothing to seal: access asks for it, or a member lacks a key that is here.
// Of several who find so one is enough; whoever calls spreads them over time.
func (r *Replica) RotationDue(now int64) bool {
	r.settle()
	return r.view.NeedsRotation(now) != access.NoNeed || r.memberLacksKey(now)
}

// memberLacksKey looks for a device that may read and that has no way to a key
// which is here: made by somebody who did not know of them, and not passed on
// since.
func (r *Replica) memberLacksKey(now int64) bool {
	reach, owners := r.reach(), r.owners()
	for _, to := range r.view.Recipients(now) {
		if _, member := owners[to.To]; !member {
			continue
		}
		for _, epoch := range r.keys.Epochs() {
			if !reach[epoch][to.To] {
				return true
			}
		}
	}
	return false
}

// owners is the devices of all members.
func (r *Replica) owners() map[identity.DeviceID]identity.PersonID {
	out := map[identity.DeviceID]identity.PersonID{}
	for person := range r.view.State().Members {
		s, _ := r.people.directory(person)
		for d := range s.Devices {
			out[d] = person
		}
	}
	return out
}

// reach tells of every epoch which devices find its key: it was sealed to them,
// or to a link that they came by, or lies under a key that they find.
func (r *Replica) reach() map[access.RecordID]map[identity.DeviceID]bool {
	out := map[access.RecordID]map[identity.DeviceID]bool{}
	came := r.cameBy()
	give := func(epoch access.RecordID, to identity.DeviceID) {
		if out[epoch] == nil {
			out[epoch] = map[identity.DeviceID]bool{}
		}
		out[epoch][to] = true
		for _, d := range came[to] {
			out[epoch][d] = true
		}
	}
	all := r.log.All()
	for _, record := range all {
		switch p := record.Payload.(type) {
		case *access.Rotate:
			for _, s := range p.Sealed {
				give(record.ID, s.To)
			}
		case *access.Invite:
			for _, s := range p.Sealed {
				give(p.Epoch, s.To)
			}
		}
	}
	for _, record := range slices.Backward(all) { // what lies under a key is older
		p, rotates := record.Payload.(*access.Rotate)
		if !rotates {
			continue
		}
		for _, old := range p.Old {
			for d := range out[record.ID] {
				give(old.Epoch, d)
			}
		}
	}
	return out
}

// cameBy is the devices that have joined by a link, by the link's key.
func (r *Replica) cameBy() map[identity.DeviceID][]identity.DeviceID {
	out := map[identity.DeviceID][]identity.DeviceID{}
	for _, record := range r.log.All() {
		if p, ok := record.Payload.(*access.Join); ok {
			out[p.Key] = append(out[p.Key], record.Device)
		}
	}
	return out
}

// allowed asks for a role of this device.
func (r *Replica) allowed(role access.Role) error {
	r.settle()
	s := r.view.State()
	if r.opt.trust.forges {
		return nil
	}
	if s.Role(r.opt.Person) < role || s.Left[access.Seat{Person: r.opt.Person, Device: r.opt.Device.ID()}] {
		return fmt.Errorf("it takes the role %v: %w", role, ErrNotAllowed)
	}
	return nil
}
