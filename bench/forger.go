package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/internal/attacks"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// warily is how many bad items a node takes on one connection before it leaves their
// device alone: a forger who wants to come again keeps to it.
const warily = 15

// offering is how long a forger stays, which is enough for what they offer.
const offering = 300 * time.Millisecond

// good is something that somebody honest has made, as it travels.
type good struct {
	raw    []byte
	record bool
}

// bag is an index of items, as a liar counts them.
type bag struct {
	name    docsync.ReplicaID
	entries []docsync.Entry
	bytes   map[docsync.Key][]byte
	given   *atomic.Int64 // items that the victim has taken
}

func newBag(list []good, given *atomic.Int64) *bag {
	b := &bag{name: docsync.ReplicaID(attacks.Noise(16)), bytes: map[docsync.Key][]byte{}, given: given}
	for _, g := range list {
		e := docsync.Entry{Place: uint64(len(b.entries) + 1), Key: sha256.Sum256(g.raw), Sort: docsync.Content, Size: len(g.raw)}
		if g.record {
			e.Sort = docsync.Record
		}
		if _, double := b.bytes[e.Key]; !double {
			b.entries, b.bytes[e.Key] = append(b.entries, e), g.raw
		}
	}
	return b
}

var errNotInBag = errors.New("no such item")

// What follows implements docsync.Index.

func (b *bag) Replica() docsync.ReplicaID { return b.name }

func (b *bag) Last() uint64 { return uint64(len(b.entries)) }

func (b *bag) After(place uint64, max int) []docsync.Entry {
	list := b.entries[min(int(place), len(b.entries)):]
	return list[:min(len(list), max)]
}

func (b *bag) Find(k docsync.Key) (docsync.Entry, bool) {
	n := slices.IndexFunc(b.entries, func(e docsync.Entry) bool { return e.Key == k })
	if n < 0 {
		return docsync.Entry{}, false
	}
	return b.entries[n], true
}

func (b *bag) Keys(lo, hi docsync.Key, records bool) (out []docsync.Key) {
	for _, e := range b.entries {
		below := hi == docsync.Key{} || bytes.Compare(e.Key[:], hi[:]) < 0
		if bytes.Compare(e.Key[:], lo[:]) >= 0 && below && (e.Sort == docsync.Record || !records) {
			out = append(out, e.Key)
		}
	}
	slices.SortFunc(out, func(a, b docsync.Key) int { return bytes.Compare(a[:], b[:]) })
	return out
}

func (b *bag) Sum(bool) (sum [8]byte) { return [8]byte(attacks.Noise(8)) }

func (b *bag) Bytes(k docsync.Key) ([]byte, error) {
	if raw, ok := b.bytes[k]; ok {
		b.given.Add(1)
		return raw, nil
	}
	return nil, errNotInBag
}

func (b *bag) Seen(docsync.ReplicaID) uint64 { return 0 }

// offer offers a list of items as one's own, for a moment, and says each frame so many
// times.
func (y *army) offer(list []good, times int) attacks.Attack {
	return func(ctx context.Context, c wire.Conn) {
		defer time.AfterFunc(offering, func() { _ = c.Close() }).Stop()
		attacks.Sync(ctx, c, ctx.Value(tagKey{}).(docsync.Tag), newBag(list, &y.forged), times)
	}
}

// spoiled is a few chunks with one byte changed, of the sort that they had.
func (t traitor) spoiled() (out []good) {
	for range warily {
		g := t.goods[rand.IntN(len(t.goods))]
		raw := bytes.Clone(g.raw)
		raw[len(raw)-1-rand.IntN(len(raw)/2)]++
		out = append(out, good{raw, g.record})
	}
	return out
}

// forgedRecords is records with one byte changed before they were sealed as they
// should be.
func forgedRecords(c access.RecordID, t traitor) (out []good) {
	for _, g := range t.goods {
		if !g.record {
			continue
		}
		kind, raw, err := chunk.OpenRecord(chunk.CollectionID(c), g.raw)
		if err != nil || len(out) == 10*warily {
			continue
		}
		raw = bytes.Clone(raw)
		raw[rand.IntN(len(raw))]++
		if sealed, err := chunk.SealRecord(chunk.CollectionID(c), kind, raw); err == nil {
			out = append(out, good{sealed, true})
		}
	}
	return out
}
