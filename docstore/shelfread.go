package docstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
)

// Replica names this counting: a restored backup counts anew under another name.
func (sh *Shelf) Replica() [16]byte { return sh.replica }

// read runs f on what is on disk; with nothing if that cannot be read.
func (sh *Shelf) read(f func()) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if err := sh.load(); err != nil {
		sh.c.s.opt.Log.Error("the items of a collection cannot be counted", "err", err)
	}
	f()
}

// Last is the newest place, 0 if there is nothing.
func (sh *Shelf) Last() (last uint64) {
	sh.read(func() {
		if n := len(sh.entries); n > 0 {
			last = sh.entries[n-1].Place
		}
	})
	return last
}

// After is the first max entries beyond a place, ascending.
func (sh *Shelf) After(place uint64, max int) (out []Entry) {
	sh.read(func() {
		from, _ := slices.BinarySearchFunc(sh.entries, place+1, func(e Entry, p uint64) int { return int(int64(e.Place) - int64(p)) })
		out = slices.Clone(sh.entries[from:min(len(sh.entries), from+max)])
	})
	return out
}

// Find is the entry of an item.
func (sh *Shelf) Find(key [32]byte) (e Entry, ok bool) {
	sh.read(func() {
		var n int
		if n, ok = sh.at[key]; ok {
			e = sh.entries[n]
		}
	})
	return e, ok
}

// Keys is all keys from lo (included) to hi (excluded; zero: to the end), ascending;
// of records only, if so asked. They are not to be changed.
func (sh *Shelf) Keys(lo, hi [32]byte, records bool) (out [][32]byte) {
	sh.read(func() {
		n := which(records)
		if sh.sorted[n] == nil {
			sh.sorted[n] = sh.keys(records)
		}
		list := sh.sorted[n]
		compare := func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) }
		from, _ := slices.BinarySearchFunc(list, lo, compare)
		to := len(list)
		if hi != ([32]byte{}) {
			to, _ = slices.BinarySearchFunc(list, hi, compare)
		}
		out = list[from:max(from, to)]
	})
	return out
}

// Sum is the first 8 bytes of all keys, or of those of records, XORed.
func (sh *Shelf) Sum(records bool) (sum [8]byte) {
	sh.read(func() { sum = sh.sums[which(records)] })
	return sum
}

func which(records bool) int {
	if records {
		return 1
	}
	return 0
}

func (sh *Shelf) keys(records bool) [][32]byte {
	out := [][32]byte{}
	for _, e := range sh.entries {
		if e.Record || !records {
			out = append(out, e.Key)
		}
	}
	slices.SortFunc(out, func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
	return out
}

// Bytes is an item as it travels, not to be changed. It reads the disk, unless the item
// was written here lately. ErrAbsent if it is not here.
func (sh *Shelf) Bytes(key [32]byte) ([]byte, error) {
	e, ok := sh.Find(key)
	if !ok {
		return nil, fmt.Errorf("reading an item: %w", ErrAbsent)
	}
	sh.mu.Lock()
	body, here := sh.recent.raw[key]
	sh.mu.Unlock()
	if here {
		return body, nil
	}
	c := sh.c
	var sort int64
	err := c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		if e.Record {
			return tx.Row([]any{&sort, &body}, "SELECT sort, body FROM records WHERE id = ?", int64(e.Place))
		}
		return tx.Row([]any{&body}, "SELECT body FROM chunks WHERE id = ?", int64(e.Place))
	})
	if err == nil && e.Record {
		body, err = c.sealRecord(replica.Item{Sort: replica.Sort(sort), Raw: body})
	}
	if err == nil && !bytes.Equal(bodyHash(body), key[:]) {
		err = ErrDamaged
	}
	if errors.Is(err, sqlite.ErrNoRows) {
		err = ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("reading an item: %w", err)
	}
	return body, nil
}

// Seen is up to which place of another's replica everything is here.
func (sh *Shelf) Seen(replica [16]byte) (seen uint64) {
	sh.read(func() { seen = sh.peers[replica].Seen })
	return seen
}

// Peers is what others have said, in no order.
func (sh *Shelf) Peers() (out []PeerReplica) {
	sh.read(func() {
		for _, p := range sh.peers {
			out = append(out, p)
		}
	})
	return out
}

// Newest is the place of the newest item of a document; 0 if it has none. It reads the
// disk.
func (sh *Shelf) Newest(id doc.ID) (place uint64, err error) {
	var n int64
	err = sh.c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&n}, "SELECT coalesce(max(id), 0) FROM chunks WHERE document = ?", string(sh.c.s.Moved(id)))
	})
	if err != nil {
		return 0, fmt.Errorf("looking for a document's items: %w", err)
	}
	return uint64(n), nil
}

// Subscribe calls wake when items may have come, on any goroutine; wake must return at
// once.
func (sh *Shelf) Subscribe(wake func()) (cancel func()) { return sh.subs.Subscribe(wake) }

// SubscribeShown calls wake when documents show what has come, likewise.
func (sh *Shelf) SubscribeShown(wake func()) (cancel func()) { return sh.shown.Subscribe(wake) }
