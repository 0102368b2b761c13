package docsync

import (
	"errors"
	"slices"
	"testing"
	"time"

	"corkboard/record"
)

// victim is a session that talks with whatever a test writes.
type victim struct {
	*testing.T
	s    *Session
	mine *shelf
	as   *collection // under which a test writes
	now  time.Time
}

func newVictim(t *testing.T, n int) *victim {
	v := &victim{T: t, s: New(Options{}), mine: newShelf(1), now: time.Unix(1, 0)}
	v.mine.things(n, 1, 100)
	v.s.Open(tagA, v.mine, All)
	v.as = &collection{tag: tagA, mode: All}
	return v
}

func (v *victim) says(frame []byte) error { return v.s.Receive(v.now, frame) }

// have says what a side holds that may give and take all.
func (v *victim) have(name byte, last uint64) error {
	return v.says(haveFrame{rights: All, replica: ReplicaID{name}, last: last}.write(v.as))
}

func (v *victim) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

func (v *victim) ids(s span, list ...Entry) []byte { return v.as.writeIDs(s, list) }

func (v *victim) push(s span, raw []byte) []byte {
	w := begin(push, v.as, All)
	s.write(w)
	w.Uint8(uint8(Content))
	w.Fixed(raw)
	return w.B
}

// polls is the kinds of what the victim says, until it rests.
func (v *victim) polls() (kinds []kind, frames [][]byte) {
	for range 1000 {
		list, next := v.s.Poll(v.now)
		for _, f := range list {
			if len(f) > MaxFrame {
				v.Fatalf("a frame of %d bytes", len(f))
			}
			kinds, frames = append(kinds, kind(f[1])), append(frames, f)
		}
		if next.IsZero() || next.After(v.now) {
			return kinds, frames
		}
	}
	v.Fatal("there is no end of what it says")
	return nil, nil
}

func entryOf(place uint64, raw []byte) Entry {
	return Entry{Place: place, Key: keyOf(raw), Sort: Content, Size: len(raw)}
}

func TestLiesAboutItems(t *testing.T) {
	good := thing(2, 1, 300)
	for name, c := range map[string]struct {
		listed Entry
		sent   []byte
	}{
		"other bytes": {entryOf(1, good), thing(2, 2, 300)},
		"shorter":     {Entry{1, keyOf(good), Content, 301}, good},
		"longer":      {Entry{1, keyOf(good), Content, 1}, good},
		"other sort":  {Entry{1, keyOf(good), Record, 300}, good},
	} {
		v := newVictim(t, 0)
		v.must(v.have(2, 1))
		v.must(v.says(v.ids(span{0, 1}, c.listed)))
		if kinds, _ := v.polls(); !slices.Contains(kinds, want) {
			t.Fatalf("%s: it is not asked for: %v", name, kinds)
		}
		w := begin(item, v.as, All)
		w.Fixed(c.listed.Key[:])
		w.Uint8(uint8(Content))
		w.Fixed(c.sent)
		if err := v.says(w.B); !errors.Is(err, ErrLiar) || len(v.s.Arrivals()) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	v := newVictim(t, 0)
	v.must(v.have(2, 1))
	v.must(v.says(v.ids(span{0, 1}, Entry{1, keyOf(good), Content, 299})))
	if err := v.says(v.push(span{1, 2}, good)); !errors.Is(err, ErrLiar) {
		t.Errorf("pushed with another size than listed: %v", err)
	}
}

func TestPlacesThatFall(t *testing.T) {
	v := newVictim(t, 0)
	v.must(v.have(2, 10))
	if err := v.have(2, 9); !errors.Is(err, ErrLiar) {
		t.Errorf("a last place that falls: %v", err)
	}
	v = newVictim(t, 0)
	v.must(v.have(2, 10))
	v.must(v.says(v.ids(span{0, 10})))
	v.must(v.have(3, 5)) // another counting
	if s := v.s.Status(tagA); s.Replica != (ReplicaID{3}) || s.Seen != 0 || s.Last != 5 {
		t.Errorf("under another name: %+v", s)
	}
}

// What does not join the list before it moves no cursor, and is asked for anew.
func TestListsWithAGap(t *testing.T) {
	raw := thing(2, 9, 300)
	v := newVictim(t, 0)
	v.must(v.have(2, 9))
	v.polls()
	v.must(v.says(v.ids(span{5, 8})))
	v.must(v.says(v.push(span{8, 9}, raw)))
	v.must(v.says(seenFrame{span: span{8, 9}}.write(v.as)))
	v.s.Kept(v.now, tagA, keyOf(raw), nil)
	if s := v.s.Status(tagA); s.Seen != 0 || s.Last != 9 {
		t.Errorf("%+v", s)
	}
	v.must(v.says(v.ids(span{0, 9}, entryOf(9, raw))))
	v.mine.put(Content, raw)
	v.s.Kept(v.now, tagA, keyOf(raw), nil)
	if s := v.s.Status(tagA); s.Seen != 9 || s.Outstanding != 0 {
		t.Errorf("%+v", s)
	}
}

func TestItemsThatNobodyWants(t *testing.T) {
	v := newVictim(t, 3)
	v.must(v.have(2, 0))
	raw := thing(2, 1, 300)
	k := keyOf(raw)
	w := begin(item, v.as, All)
	w.Fixed(k[:])
	w.Uint8(uint8(Content))
	w.Fixed(raw)
	v.must(v.says(w.B))
	v.must(v.says(v.push(span{0, 1}, thing(1, 1, 100)))) // is here
	if list := v.s.Arrivals(); len(list) > 0 {
		t.Errorf("%d items arrive", len(list))
	}
	v.must(v.says(v.push(span{1, 2}, raw)))
	v.must(v.says(v.push(span{1, 2}, raw)))
	if list := v.s.Arrivals(); len(list) != 1 {
		t.Errorf("%d items arrive of one", len(list))
	}
	if s := v.s.Status(tagA); s.Seen != 1 {
		t.Errorf("seen is %d before it is kept", s.Seen)
	}
	v.s.Kept(v.now, tagA, k, nil)
	if s := v.s.Status(tagA); s.Seen != 2 || s.Outstanding != 0 {
		t.Errorf("%+v", s)
	}
}

func TestWhatIsUnknownIsMissing(t *testing.T) {
	v := newVictim(t, 3)
	v.must(v.have(2, 0))
	v.polls()
	keys := []Key{{1}, {2}, v.mine.order[0].Key, {2}}
	v.must(v.says(writeKeys(want, v.as, keys)))
	if kinds, _ := v.polls(); !slices.Equal(kinds, []kind{missing, missing, item}) {
		t.Errorf("it answers %v", kinds)
	}
}

// What may be asked at a time is bounded, and so is what is kept of what was said.
func TestFloods(t *testing.T) {
	v := newVictim(t, 0)
	v.must(v.have(2, 0))
	var err error
	for i := 0; err == nil && i < 100; i++ {
		keys := make([]Key, maxIDs)
		for j := range keys {
			keys[j] = Key{byte(i), byte(j), byte(j >> 8), 1}
		}
		err = v.says(writeKeys(want, v.as, keys))
	}
	if !errors.Is(err, ErrFlood) {
		t.Errorf("wants without end: %v", err)
	}
	v = newVictim(t, 0)
	v.must(v.have(2, 0))
	v.polls()
	for n := range 100 {
		v.must(v.says(question{uint64(n + 1), []part{{form: byHashes, hashes: &hashes{}}}}.write(v.as)))
	}
	if kinds, list := v.polls(); !slices.Equal(kinds, []kind{answer}) || list[0][11] != 100 {
		t.Errorf("to many questions at a time it says %v", kinds)
	}
}

func TestListsAndPushesWithoutEnd(t *testing.T) {
	v := newVictim(t, 0)
	v.must(v.have(2, 0))
	for i := uint64(0); i < 60; i++ {
		var list []Entry
		for j := uint64(1); j <= maxIDs; j++ {
			list = append(list, entryOf(i*maxIDs+j, thing(byte(i), int(j), 40)))
		}
		v.must(v.says(v.ids(span{i * maxIDs, (i + 1) * maxIDs}, list...)))
		v.polls()
	}
	c := v.s.by[tagA]
	if len(c.pending) > maxPending || len(c.order) > maxPending || len(c.theirs.all) > maxTheirs || len(c.theirs.ring) > maxTheirs {
		t.Errorf("it remembers %d of %d", len(c.pending), 60*maxIDs)
	}
	v = newVictim(t, 0)
	v.must(v.have(2, 0))
	for i := range 200 {
		v.must(v.says(v.push(span{uint64(i), uint64(i + 1)}, thing(2, i, 100_000))))
	}
	bytes := 0
	for _, a := range v.s.Arrivals() {
		bytes += len(a.Raw)
	}
	if bytes > maxUnkept {
		t.Errorf("%d bytes are handed on", bytes)
	}
	if s := v.s.Status(tagA); s.Seen != 0 {
		t.Errorf("seen is %d", s.Seen)
	}
	for i := range 1000 {
		v.must(v.says(haveFrame{rights: All}.write(&collection{tag: Tag{byte(i), byte(i >> 8), 9}})))
	}
	if len(v.s.early) > maxEarly {
		t.Errorf("%d collections are remembered that nobody has opened", len(v.s.early))
	}
}

func TestFramesThatAreNone(t *testing.T) {
	head := func(k kind) *record.Writer { return begin(k, &collection{tag: tagA}, All) }
	long := head(ids)
	span{0, 5}.write(long)
	long.Uint(maxIDs + 1)
	lie := head(ids)
	span{0, 5}.write(lie)
	lie.Uint(maxIDs)
	back := head(ids)
	span{0, 5}.write(back)
	back.Uint(1)
	back.Uint(6)
	writeEntry(back, Entry{Sort: Content})
	few := head(want)
	few.Uint(3)
	few.Fixed(make([]byte, 64))
	deep := head(ranges)
	deep.Uint(1)
	deep.Uint(1)
	deep.Uint8(maxDepth)
	one := node{}.child(1)
	twice := question{1, []part{{node: one, form: byKeys}, {node: one.child(2), form: byKeys}}}
	outside := question{1, []part{{node: one, form: ofItems, items: []Entry{{Sort: Record, Size: 1}}}}}
	keyOutside := question{1, []part{{node: one, form: byKeys, keys: []Key{{}}}}}
	noForm := question{1, []part{{node: one}}}
	for name, frame := range map[string][]byte{
		"nothing":          nil,
		"another version":  {version + 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2},
		"no such kind":     head(answer + 1).B,
		"no such rights":   begin(have, &collection{tag: tagA}, All+1).B,
		"too long":         make([]byte, MaxFrame+1),
		"cut short":        head(have).B,
		"more than a have": append(haveFrame{}.write(&collection{}), 0),
		"too many entries": long.B,
		"fewer than said":  lie.B,
		"beyond the list":  back.B,
		"other number":     few.B,
		"too deep":         deep.B,
		"ranges overlap":   twice.write(&collection{tag: tagA, mode: All}),
		"item elsewhere":   outside.write(&collection{tag: tagA, mode: All}),
		"key elsewhere":    keyOutside.write(&collection{tag: tagA, mode: All}),
		"no such form":     noForm.write(&collection{tag: tagA, mode: All}),
		"an empty push":    head(push).B,
	} {
		v := newVictim(t, 3)
		v.must(v.have(2, 0))
		if err := v.says(frame); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
