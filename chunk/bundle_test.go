package chunk

import (
	"bytes"
	"errors"
	"math/rand"
	"reflect"
	"slices"
	"testing"
)

// history is what some runs have written in two documents, and the facts and
// decoded changes of the first of them.
type history struct {
	w       *world
	changes []*Change
	facts   []Facts
	save    map[ActorID][]Decoded
}

// newHistory lets a few runs write in turn, sometimes in another document and
// sometimes with new access heads.
func newHistory(t testing.TB, seed int64, n int) *history {
	w := newWorld(t, seed)
	h := &history{w: w, save: map[ActorID][]Decoded{}}
	other := Document{ID: DocumentID(draw(w.random))}
	runs := []*Run{w.run, w.newRun(w.run.Person, newNonce(w.random)), w.newRun(w.run.Person, newNonce(w.random), draw(w.random))}
	links := make([]Link, len(runs))
	for i := range n {
		k := w.random.Intn(len(runs))
		if w.random.Intn(8) == 0 {
			runs[k] = w.newRun(w.run.Person, runs[k].Nonce, draw(w.random))
		}
		d := w.doc
		if i > 0 && w.random.Intn(6) == 0 {
			d = other
		}
		data := make([]byte, w.random.Intn(60))
		w.random.Read(data)
		c := w.changeOf(runs[k], links[k], d, data)
		links[k] = c.Link()
		if d == w.doc {
			h.add(c)
		}
	}
	return h
}

func (h *history) add(c *Change) {
	d := decoded(c)
	f, err := c.Facts(d)
	if err != nil {
		h.w.t.Fatal(err)
	}
	h.changes, h.facts = append(h.changes, c), append(h.facts, f)
	h.save[c.Actor()] = append(h.save[c.Actor()], d)
}

func (h *history) segments(random *rand.Rand) (out []Segment) {
	for _, c := range h.changes {
		out = append(out, c.Segment())
	}
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// travel signs, seals, opens and joins a bundle.
func (w *world) travel(b *Bundle) *Bundle {
	w.t.Helper()
	pieces, err := SignBundle(w.device, w.run, b)
	if err != nil {
		w.t.Fatal(err)
	}
	var got []*Piece
	for _, p := range pieces {
		got = append(got, w.open(w.seal(p)).Item.(*Piece))
	}
	w.random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	out, err := JoinPieces(append(got, got[0]))
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func sorted(facts []Facts) []Facts {
	facts = slices.Clone(facts)
	slices.SortFunc(facts, func(a, b Facts) int { return compare(a.ID, b.ID) })
	return facts
}

func TestABundleKeepsWhoMadeWhat(t *testing.T) {
	for seed := range int64(60) {
		h := newHistory(t, seed, 1+int(seed)*2)
		b := h.w.travel(&Bundle{
			Document: h.w.doc, Segments: h.segments(h.w.random),
			Superseded: []ID{{9}, {3}, {9}}, Save: []byte("save"),
		})
		if !reflect.DeepEqual(b.Superseded, []ID{{3}, {9}}) || string(b.Save) != "save" || b.Document != h.w.doc {
			t.Fatalf("seed %d: got %v", seed, b)
		}
		v, err := b.Verify(h.save)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !reflect.DeepEqual(sorted(v.Facts), sorted(h.facts)) || len(v.Unsigned) > 0 {
			t.Fatalf("seed %d: other facts come back", seed)
		}
		if len(h.changes) > 20 && len(v.Segments) >= len(h.changes) {
			t.Errorf("seed %d: %d changes in %d segments", seed, len(h.changes), len(v.Segments))
		}
	}
}

func TestBundlesOfBundles(t *testing.T) {
	for seed := range int64(30) {
		h := newHistory(t, seed, 60)
		half := len(h.changes) / 2
		whole, first := h.segments(h.w.random), &history{w: h.w, save: map[ActorID][]Decoded{}}
		for _, c := range h.changes[:half] {
			first.add(c)
		}
		b := h.w.travel(&Bundle{Document: h.w.doc, Segments: first.segments(h.w.random), Save: []byte("half")})
		v, err := b.Verify(first.save)
		if err != nil {
			t.Fatal(err)
		}
		mixed := v.Segments // the old bundle, and loose changes, some of which it has
		for _, c := range h.changes[half/2:] {
			mixed = append(mixed, c.Segment())
		}
		if got, want := Join(mixed), Join(whole); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %d segments, want %d", seed, len(got), len(want))
		}
	}
}

func TestForgedSavesAreRefused(t *testing.T) {
	h := newHistory(t, 70, 40)
	b := h.w.travel(&Bundle{Document: h.w.doc, Segments: h.segments(h.w.random), Save: []byte("save")})
	actor := h.changes[0].Actor()
	for name, c := range map[string]struct {
		spoil func(list []Decoded) []Decoded
		want  error
	}{
		"another change":    {func(l []Decoded) []Decoded { l[0].Hash[0] ^= 1; return l }, ErrBadSignature},
		"another last":      {func(l []Decoded) []Decoded { l[len(l)-1].Hash[0] ^= 1; return l }, ErrBadSignature},
		"two swapped":       {func(l []Decoded) []Decoded { l[0], l[1] = l[1], l[0]; return l }, ErrBadSignature},
		"one left out":      {func(l []Decoded) []Decoded { return l[:len(l)-1] }, ErrMalformed},
		"one added":         {func(l []Decoded) []Decoded { return append(l, l[0]) }, ErrMalformed},
		"all left out":      {func([]Decoded) []Decoded { return nil }, ErrMalformed},
		"of another writer": {func(l []Decoded) []Decoded { l[0].Actor = []byte("somebody else…"); return l }, ErrForeign},
	} {
		save := map[ActorID][]Decoded{}
		for a, list := range h.save {
			save[a] = slices.Clone(list)
		}
		save[actor] = c.spoil(save[actor])
		if _, err := b.Verify(save); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	save := map[ActorID][]Decoded{{1}: {{Hash: [32]byte{2}}, {Hash: [32]byte{1}}}}
	for a, list := range h.save {
		save[a] = list
	}
	v, err := b.Verify(save)
	if err != nil || len(v.Unsigned) != 2 || v.Unsigned[0].Hash[0] != 1 || len(v.Facts) != len(h.facts) {
		t.Errorf("changes of nobody: %v, %d facts, %v", v.Unsigned, len(v.Facts), err)
	}
}

func TestABundleInManyPieces(t *testing.T) {
	w := newWorld(t, 71)
	save := make([]byte, 3*PieceSize)
	w.random.Read(save)
	in := &Bundle{Document: w.doc, Segments: []Segment{w.change(Link{}, 9).Segment()}, Save: save}
	if got := w.travel(in); !bytes.Equal(got.Save, save) {
		t.Error("another save comes back")
	}
	pieces, err := SignBundle(w.device, w.run, in)
	if err != nil {
		t.Fatal(err)
	}
	another, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Save: []byte("x")})
	if err != nil {
		t.Fatal(err)
	}
	wrong := *pieces[1]
	wrong.data = another[0].data
	for name, c := range map[string]struct {
		in   []*Piece
		want error
	}{
		"none":             {nil, ErrIncomplete},
		"the last is away": {pieces[:len(pieces)-1], ErrIncomplete},
		"of two bundles":   {append(slices.Clone(pieces), another...), ErrMalformed},
		"with other bytes": {append(slices.Clone(pieces), &wrong), ErrMalformed},
	} {
		if _, err := JoinPieces(c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Save: make([]byte, MaxBundle)}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a huge bundle: %v", err)
	}
}

func TestSegmentsThatContradictEachOther(t *testing.T) {
	w := newWorld(t, 72)
	a := w.change(Link{}, 9)
	b, c := w.change(a.Link(), 9), w.change(Link{}, 8)
	long := Join([]Segment{a.Segment(), b.Segment()})
	if len(long) != 1 || long[0].Count != 2 {
		t.Fatalf("got %v", long)
	}
	if got := Join(append(long, c.Segment())); !reflect.DeepEqual(got, long) {
		t.Errorf("the second change 1 is in %v", got)
	}
	late := w.change(b.Link(), 9)
	overlap := Segment{Run: w.run, First: 2, Count: 2, Prev: ChangeID{1}, Signature: late.signature}
	if _, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Segments: append(long, overlap)}); !errors.Is(err, ErrMalformed) {
		t.Errorf("segments that overlap: %v", err)
	}
	other := newWorld(t, 73)
	if _, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Segments: []Segment{other.change(Link{}, 3).Segment()}}); !errors.Is(err, ErrForeign) {
		t.Errorf("a segment of another collection: %v", err)
	}
	if _, err := SignBundle(other.device, w.run, &Bundle{Document: w.doc}); !errors.Is(err, ErrForeign) {
		t.Errorf("under another's run: %v", err)
	}
}

func TestEveryDamagedByteOfAContentIsSeen(t *testing.T) {
	h := newHistory(t, 74, 6)
	b := &Bundle{Document: h.w.doc, Segments: h.segments(h.w.random), Superseded: []ID{{1}}, Save: []byte("s")}
	content, err := b.encode()
	if err != nil {
		t.Fatal(err)
	}
	rest := len(ID{}) + len("\x01s") // what no author has signed: the pieces do
	for i := range len(content) - rest {
		bit := 8*i + h.w.random.Intn(8)
		got, err := readBundle(flip(content, bit))
		if err == nil {
			got.Document = h.w.doc
			_, err = got.Verify(h.save)
		}
		if err == nil || known(err) != nil {
			t.Fatalf("bit %d of byte %d of %d: %v", bit%8, i, len(content), err)
		}
	}
}
