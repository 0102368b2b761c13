package docsync

import (
	"encoding/binary"
	"testing"
	"time"

	"corkboard/internal/lean"
)

// FuzzReceive gives a session frames, each with its length before it, and keeps
// what arrives.
func FuzzReceive(f *testing.F) {
	c := &collection{tag: tagA, mode: All}
	add := func(frames ...[]byte) {
		all := haveFrame{rights: All, replica: ReplicaID{2}, last: 400}.write(c)
		all = append(binary.BigEndian.AppendUint16(nil, uint16(len(all))), all...)
		for _, frame := range frames {
			all = append(binary.BigEndian.AppendUint16(all, uint16(len(frame))), frame...)
		}
		f.Add(all)
	}
	raw := thing(9, 1, 40)
	p := begin(push, c, All)
	span{0, 3}.write(p)
	p.Uint8(uint8(Record))
	p.Fixed(raw)
	s := begin(since, c, All)
	s.Uint(4)
	add(s.B, seenFrame{of: [4]byte{1}, seen: 9, span: span{0, 2}}.write(c))
	add(p.B, p.B)
	add(c.writeIDs(span{0, 400}, []Entry{entryOf(3, raw), entryOf(9, thing(9, 2, 40))}))
	add(writeKeys(want, c, []Key{{1}, keyOf(thing(1, 1, 40))}), writeKeys(missing, c, []Key{{2}}))
	at := node{}.child(3)
	add(question{1, []part{{form: byHashes, hashes: &hashes{}}}}.write(c), question{2, nil}.write(c))
	add(question{1, []part{{node: at, form: byKeys, keys: []Key{at.lo, at.lo}}}}.write(c))
	add(question{1, []part{{node: at, form: ofItems, items: []Entry{{Key: at.lo, Sort: Record, Size: 9}}}}}.write(c))
	a := begin(answer, c, All)
	a.Uint(1)
	a.Uint(3)
	a.Bool(false)
	a.Bool(true)
	(&hashes{}).write(a)
	add(a.B)
	mine := newShelf(1)
	mine.things(400, 1, 40)
	f.Fuzz(lean.One(func(t *testing.T, in []byte) {
		now := time.Unix(1, 0)
		v := New(Options{})
		v.Open(tagA, mine, All)
		for len(in) > 2 {
			n := min(len(in)-2, int(binary.BigEndian.Uint16(in)))
			frame := in[2 : 2+n]
			in = in[2+n:]
			if v.Receive(now, frame) != nil {
				return
			}
			for _, a := range v.Arrivals() {
				if keyOf(a.Raw) != a.Key {
					t.Fatal("an item arrives under another name")
				}
				v.Kept(now, a.Tag, a.Key, errGone)
			}
			frames, _ := v.Poll(now)
			bytes := 0
			for _, f := range frames {
				if bytes += len(f); len(f) > MaxFrame {
					t.Fatalf("a frame of %d bytes", len(f))
				}
			}
			if bytes > maxOut+MaxFrame {
				t.Fatalf("%d bytes at a time", bytes)
			}
			c := v.by[tagA]
			if s := v.Status(tagA); s.Outstanding < 0 || s.Seen > s.Last || c.asked < 0 || c.askedFor < 0 || c.unkept != 0 || c.loose < 0 {
				t.Fatalf("%+v", s)
			}
			now = now.Add(300 * time.Millisecond)
		}
	}))
}
