package access

import (
	"slices"

	"corkboard/identity"
)

// An opener has what keys are sealed to: an identity.Device or Former, a link's InviteKeys.
type opener interface {
	ID() identity.DeviceID
	Open(sealed, info []byte) ([]byte, error)
}

// Keys is the keyring of one device for one collection. It prints nothing of
// its keys.
type Keys struct {
	collection RecordID
	openers    []opener
	keys       map[RecordID]Key
	holds      map[RecordID][]RecordID // epochs whose keys were found under an epoch's key
	tried      map[RecordID]bool       // records that were opened, or cannot be
}

// NewKeys is an empty keyring.
func NewKeys(collection RecordID, device *identity.Device) *Keys {
	return &Keys{
		collection: collection, openers: []opener{device},
		keys: map[RecordID]Key{}, holds: map[RecordID][]RecordID{}, tried: map[RecordID]bool{},
	}
}

// Use adds the keys of a link; the next Learn opens with them, too.
func (k *Keys) Use(link *InviteKeys) {
	k.openers = append(k.openers, link.device)
	clear(k.tried)
}

// Succeed adds what opens that which was sealed to a device before this one; the next
// Learn opens with it, too.
func (k *Keys) Succeed(former *identity.Former) {
	k.openers = append(k.openers, former)
	clear(k.tried)
}

// Put adds a key that is known from elsewhere, such as another device.
func (k *Keys) Put(epoch RecordID, key Key) { k.keys[epoch] = key }

// Key is that of an epoch. ErrNoKey.
func (k *Keys) Key(epoch RecordID) (Key, error) {
	if key, ok := k.keys[epoch]; ok {
		return key, nil
	}
	return Key{}, ErrNoKey
}

// Epochs is whose keys are here, ascending.
func (k *Keys) Epochs() []RecordID {
	ids := make([]RecordID, 0, len(k.keys))
	for id := range k.keys {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

// Learn opens what the records of a log have for this keyring, and what is
// sealed under keys so found; it returns how many keys are new. Void records
// count, too: what was sealed with their keys is to be read. A key that is not
// the one that its Rotate promised is passed over.
func (k *Keys) Learn(l *Log) int {
	before := len(k.keys)
	for _, e := range l.inserted {
		if !k.tried[e.ID] {
			k.tried[e.ID] = k.try(l, e.Record)
		}
	}
	k.dig(l)
	return len(k.keys) - before
}

// try opens what a record has sealed; false if it should be tried again.
func (k *Keys) try(l *Log, r *Record) bool {
	switch p := r.Payload.(type) {
	case *Rotate:
		k.open(r.ID, p.Commit, p.Sealed)
	case *Invite:
		if len(p.Sealed) == 0 {
			return true
		}
		epoch, ok := rotateOf(l, p.Epoch)
		if !ok {
			return false
		}
		k.open(p.Epoch, epoch.Commit, p.Sealed)
	}
	return true
}

func rotateOf(l *Log, id RecordID) (*Rotate, bool) {
	r, ok := l.Get(id)
	if !ok {
		return nil, false
	}
	p, ok := r.Payload.(*Rotate)
	return p, ok
}

func (k *Keys) open(epoch RecordID, commit [32]byte, sealed []Sealed) {
	for _, s := range sealed {
		for _, o := range k.openers {
			if _, have := k.keys[epoch]; have || o.ID() != s.To {
				continue
			}
			plain, err := o.Open(s.Box, sealInfo(k.collection, commit))
			if err == nil && len(plain) == KeySize {
				k.keep(epoch, commit, NewKey([KeySize]byte(plain)))
			}
		}
	}
}

func (k *Keys) keep(epoch RecordID, commit [32]byte, key Key) bool {
	if key.commit() != commit {
		return false
	}
	k.keys[epoch] = key
	return true
}

// dig opens keys that are sealed under known ones, newest first, until no more
// come out.
func (k *Keys) dig(l *Log) {
	for again := true; again; {
		again = false
		for _, e := range slices.Backward(l.inserted) {
			p, ok := e.Payload.(*Rotate)
			key, have := k.keys[e.ID]
			if !ok || !have || k.holds[e.ID] != nil {
				continue
			}
			k.holds[e.ID] = []RecordID{}
			for _, o := range p.Old {
				epoch, here := rotateOf(l, o.Epoch)
				if !here { // look again when it has come
					delete(k.holds, e.ID)
					break
				}
				again = k.digOne(e.ID, key, o, epoch) || again
			}
		}
	}
}

// digOne says whether a new key came out.
func (k *Keys) digOne(under RecordID, key Key, o Old, epoch *Rotate) bool {
	old, ok := key.unwrap(k.collection, o.Epoch, o.Box[:])
	if !ok {
		return false
	}
	_, had := k.keys[o.Epoch]
	if !had && !k.keep(o.Epoch, epoch.Commit, old) || had && !old.Equal(k.keys[o.Epoch]) {
		return false
	}
	k.holds[under] = append(k.holds[under], o.Epoch)
	return !had
}
