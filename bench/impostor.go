package main

import (
	"crypto/hkdf"
	"crypto/sha256"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/internal/attacks"
)

// tagInfo is by what the secret of all tags comes from the key of the first epoch, as
// in docstore/replica.
const tagInfo = "corkboard/replica/tags/1"

// forgeries is a few changes that somebody else has made, copied by a member with
// every key: in the name of their author, signed with the member's own device, sealed
// as they should be.
func (y *army) forgeries(t traitor) (out []good) {
	ring, epoch, ok := y.ring(t)
	if !ok {
		return nil
	}
	changes := opened(ring, t.goods)
	for n := 0; n < len(changes) && len(out) < 2*warily; n++ {
		of := changes[(n+int(y.turn.Load()))%len(changes)]
		run, err := chunk.SignRun(t.self.Device, chunk.Run{
			Collection: chunk.CollectionID(y.collection), Person: of.Run.Person, Nonce: chunk.Nonce(attacks.Noise(16)), Cites: of.Run.Cites,
		})
		if err != nil {
			continue
		}
		c, err := chunk.SignChange(t.self.Device, run, chunk.Link{}, of.Document, of.Automerge())
		if err != nil {
			continue
		}
		for _, i := range []chunk.Item{run, c} {
			if raw, err := ring.Seal(epoch, i); err == nil {
				out = append(out, good{raw, false})
			}
		}
	}
	return out
}

// ring is the keys of a member, as the records of the board give them.
func (y *army) ring(t traitor) (ring chunk.Ring, newest chunk.Epoch, ok bool) {
	keys, log := access.NewKeys(y.collection, t.self.Device), access.NewLog(y.collection)
	if link, err := access.NewInviteKeys(y.link.Secret.Reveal()); err == nil {
		keys.Use(link)
	}
	for range 2 { // parents may come later
		for _, g := range t.goods {
			if kind, raw, err := chunk.OpenRecord(chunk.CollectionID(y.collection), g.raw); g.record && err == nil && kind == chunk.KindAccess {
				_, _ = log.Add(raw) // what does not fit is not needed
			}
		}
	}
	keys.Learn(log)
	for _, r := range log.All() {
		key, err := keys.Key(r.ID)
		if err != nil {
			continue
		}
		b := key.Reveal()
		if !ok && slices.Equal(r.Parents, []access.RecordID{y.collection}) {
			secret, err := hkdf.Key(sha256.New, b[:], nil, tagInfo, sha256.Size)
			if err != nil {
				return ring, newest, false
			}
			ring, ok = chunk.NewRing(chunk.CollectionID(y.collection), [32]byte(secret)), true
		}
		if ok {
			newest = chunk.NewEpoch(r.ID, b)
			ring.AddEpoch(newest)
		}
	}
	return ring, newest, ok
}

// opened is the changes that a ring opens.
func opened(ring chunk.Ring, list []good) (out []*chunk.Change) {
	for range 2 { // a run may stand behind its first change
		out = nil
		for _, g := range list {
			o, err := ring.Open(g.raw)
			if err != nil {
				continue
			}
			switch i := o.Item.(type) {
			case *chunk.Genesis:
				ring.AddDocument(i.Document())
			case *chunk.Run:
				_ = ring.AddRun(i) // of this collection: it has opened
			case *chunk.Change:
				out = append(out, i)
			}
		}
	}
	return out
}
