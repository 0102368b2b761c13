package chunk

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"corkboard/identity"
	"corkboard/record"
)

func TestParseRefuses(t *testing.T) {
	w := newWorld(t, 110)
	good := w.seal(w.change(Link{}, 100))
	with := func(i int, b byte) []byte {
		c := bytes.Clone(good)
		c[i] = b
		return c
	}
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"good":            {good, nil},
		"nothing":         {nil, ErrMalformed},
		"a head alone":    {good[:outerSize], ErrMalformed},
		"a byte too few":  {good[:len(good)-1], ErrMalformed},
		"a byte too many": {append(bytes.Clone(good), 0), ErrMalformed},
		"version 0":       {with(0, 0), ErrMalformed},
		"version 2":       {with(0, 2), ErrNewer},
		"kind 0":          {with(1, 0), ErrMalformed},
		"kind 7":          {with(1, 7), ErrNewer},
		"huge":            {append(with(0, 2), make([]byte, MaxChunk)...), ErrTooLarge},
		"the next size":   {append(bytes.Clone(good), make([]byte, bucket(MaxChunk+1)-len(good))...), ErrTooLarge},
	} {
		if s, err := Parse(c.in); !errors.Is(err, c.want) || (err == nil) != (s.Bytes() != nil) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// A member has the key, and can seal whatever they like.
func (w *world) openAs(kind Kind, d Document, inner []byte) error {
	w.t.Helper()
	key, tag := w.ring.r.scope(), d.scope().tag(w.ring.r.secret)
	switch kind {
	case KindRun:
		tag = w.ring.Tag()
	case KindChange, KindPiece:
		key = d.scope()
	}
	b, err := seal(w.epoch, key, kind, tag, inner)
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = w.ring.Open(b)
	return err
}

func TestMembersWhoSealWhatIsWrong(t *testing.T) {
	w, other := newWorld(t, 111), newWorld(t, 112)
	change := func(number uint64, prev ChangeID, after ...byte) []byte {
		c := *w.change(Link{}, 20)
		c.Number, c.Prev = number, prev
		c.signature = w.device.Sign(domainChange, c.body())
		return append(rawOf(&c), after...)
	}
	for name, c := range map[string]struct {
		kind  Kind
		doc   Document
		inner []byte
		want  error
	}{
		"another collection's genesis": {KindGenesis, other.doc, rawOf(other.genesis), ErrForeign},
		"another collection's run":     {KindRun, w.doc, rawOf(other.run), ErrForeign},
		"another document's genesis":   {KindGenesis, other.doc, rawOf(w.genesis), ErrForeign},
		"change 1":                     {KindChange, w.doc, change(1, ChangeID{}), nil},
		"change 0":                     {KindChange, w.doc, change(0, ChangeID{}), ErrMalformed},
		"a first one after something":  {KindChange, w.doc, change(1, ChangeID{1}), ErrMalformed},
		"a second one after nothing":   {KindChange, w.doc, change(2, ChangeID{}), ErrMalformed},
		"a number out of range":        {KindChange, w.doc, change(maxNumber+1, ChangeID{1}), ErrMalformed},
		"more after the end":           {KindChange, w.doc, change(1, ChangeID{}, 1), ErrMalformed},
		"nothing":                      {KindChange, w.doc, nil, ErrMalformed},
		"a change as a run":            {KindRun, w.doc, change(1, ChangeID{}), ErrMalformed},
	} {
		if err := w.openAs(c.kind, c.doc, c.inner); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestRunsOutOfOrder(t *testing.T) {
	w := newWorld(t, 113)
	for name, cites := range map[string][][32]byte{
		"falling": {{2}, {1}}, "doubled": {{1}, {1}}, "too many": make([][32]byte, MaxCites+1),
	} {
		r := *w.run
		r.Cites = cites
		r.signature = w.device.Sign(domainRun, r.body())
		if _, err := ParseRun(r.Raw()); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, parse := range []func([]byte) error{
		func(b []byte) error { _, err := ParseRun(b); return err },
		func(b []byte) error { _, err := ParseGenesis(b); return err },
		func(b []byte) error { _, err := ParseProof(b); return err },
	} {
		if err := parse([]byte{version + 1}); !errors.Is(err, ErrNewer) {
			t.Errorf("a newer one: %v", err)
		}
		if err := parse(make([]byte, maxProof+1)); !errors.Is(err, ErrTooLarge) {
			t.Errorf("a huge one: %v", err)
		}
		if err := parse(nil); !errors.Is(err, ErrMalformed) {
			t.Errorf("nothing: %v", err)
		}
	}
}

func TestForgedProofs(t *testing.T) {
	w := newWorld(t, 114)
	a, b := w.change(Link{}, 5), w.change(Link{}, 6)
	honest, err := Prove(a, b)
	if err != nil {
		t.Fatal(err)
	}
	later := w.newRun(w.run.Person, newNonce(w.random))
	twoRuns := &Proof{Number: 1, Kept: a.signed(), Other: w.changeOf(later, Link{}, w.doc, nil).signed()}
	if kept, other := twoRuns.IDs(); compare(kept, other) > 0 {
		twoRuns.Kept, twoRuns.Other = twoRuns.Other, twoRuns.Kept
	}
	unsigned := *honest
	run := *w.run
	run.signature = [identity.SignatureSize]byte{}
	unsigned.Other.Run = &run
	for name, c := range map[string]struct {
		p    *Proof
		want error
	}{
		"honest":       {honest, nil},
		"two runs":     {twoRuns, ErrNoProof},
		"one change":   {&Proof{Number: 1, Kept: a.signed(), Other: a.signed()}, ErrNoProof},
		"swapped":      {&Proof{Number: 1, Kept: honest.Other, Other: honest.Kept}, ErrNoProof},
		"unsigned run": {&unsigned, ErrBadSignature},
	} {
		if _, err := ParseProof(c.p.Encode()); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// table writes the beginning of a bundle's content from parts.
func table(runs []*Run, segments []Segment, of []uint64, superseded ...ID) []byte {
	var w record.Writer
	w.Uint(uint64(len(runs)))
	for _, r := range runs {
		w.Bytes(r.Raw())
	}
	w.Uint(uint64(len(segments)))
	for i, s := range segments {
		w.Uint(of[i])
		w.Uint(s.First)
		w.Uint(s.Count)
		w.Fixed(s.Prev[:])
		w.Fixed(s.Signature[:])
	}
	w.Uint(uint64(len(superseded)))
	for _, id := range superseded {
		w.Fixed(id[:])
	}
	w.Bytes(nil)
	return w.B
}

func TestBundlesOutOfOrder(t *testing.T) {
	w := newWorld(t, 115)
	runs := []*Run{w.run, w.newRun(w.run.Person, newNonce(w.random))}
	slices.SortFunc(runs, compareRuns)
	one, two := Segment{Run: runs[0], First: 1, Count: 2}, Segment{Run: runs[1], First: 5, Count: 1, Prev: ChangeID{1}}
	again := []Segment{one, {First: 3, Count: 1, Prev: ChangeID{1}}, {First: 5, Count: 1, Prev: ChangeID{1}}}
	cited := []*Run{w.newRun(w.run.Person, runs[0].Nonce), runs[0]} // one run, two records
	both, zero := []Segment{one, two}, []uint64{0, 1}
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"in order":             {table(runs, both, zero, ID{1}, ID{2}), nil},
		"two records of a run": {table(cited, again, []uint64{0, 1, 0}), nil},
		"used in no order":     {table(cited, again, []uint64{1, 0, 1}), ErrMalformed},
		"runs swapped":         {table([]*Run{runs[1], runs[0]}, both, []uint64{1, 0}), ErrMalformed},
		"a run without use":    {table(runs, both[:1], zero), ErrMalformed},
		"a run twice":          {table([]*Run{runs[0], runs[0]}, []Segment{one, {First: 5, Count: 1, Prev: ChangeID{1}}}, zero), ErrMalformed},
		"segments swapped":     {table([]*Run{runs[1], runs[0]}, []Segment{two, one}, zero), ErrMalformed},
		"segments overlap":     {table(runs[:1], []Segment{one, {First: 2, Count: 1, Prev: ChangeID{1}}}, []uint64{0, 0}), ErrMalformed},
		"a segment of no run":  {table(runs[:1], both, zero), ErrMalformed},
		"no changes":           {table(runs[:1], []Segment{{First: 1}}, zero), ErrMalformed},
		"number 0":             {table(runs[:1], []Segment{{Count: 1, Prev: ChangeID{1}}}, zero), ErrMalformed},
		"a first after some":   {table(runs[:1], []Segment{{First: 1, Count: 1, Prev: ChangeID{1}}}, zero), ErrMalformed},
		"numbers out of range": {table(runs[:1], []Segment{{First: maxNumber, Count: maxNumber, Prev: ChangeID{1}}}, zero), ErrMalformed},
		"superseded swapped":   {table(nil, nil, nil, ID{2}, ID{1}), ErrMalformed},
		"superseded twice":     {table(nil, nil, nil, ID{1}, ID{1}), ErrMalformed},
		"bytes after the end":  {append(table(nil, nil, nil), 0), ErrMalformed},
		"a promise of many":    {[]byte{0, 0, 0x80, 0x80, 0x40}, ErrMalformed},
		"huge":                 {make([]byte, MaxBundle+1), ErrTooLarge},
	} {
		if _, err := readBundle(c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestMembersWhoSignBundlesThatAreWrong(t *testing.T) {
	w, other := newWorld(t, 116), newWorld(t, 117)
	content := table(nil, nil, nil)
	piece := func(spoil func(*Piece)) *Piece {
		list, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc})
		if err != nil {
			t.Fatal(err)
		}
		p := *list[0]
		spoil(&p)
		p.signature = w.device.Sign(domainPiece, p.body())
		return &p
	}
	for name, c := range map[string]struct {
		spoil func(*Piece)
		want  error
	}{
		"honest":            {func(p *Piece) { p.data = content }, nil},
		"short":             {func(p *Piece) { p.data = content[1:] }, ErrMalformed},
		"long":              {func(p *Piece) { p.data = append(bytes.Clone(content), 0) }, ErrMalformed},
		"beyond the end":    {func(p *Piece) { p.Index = 1 }, ErrMalformed},
		"of nothing":        {func(p *Piece) { p.data, p.Length = nil, 0 }, ErrMalformed},
		"of something huge": {func(p *Piece) { p.Length = MaxBundle + 1 }, ErrMalformed},
	} {
		if err := w.openAs(KindPiece, w.doc, rawOf(piece(c.spoil))); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := JoinPieces([]*Piece{piece(func(p *Piece) { p.Content[0] ^= 1 })}); !errors.Is(err, ErrMalformed) {
		t.Errorf("another hash: %v", err)
	}
	foreign := table([]*Run{other.run}, []Segment{other.change(Link{}, 3).Segment()}, []uint64{0})
	hash := Sealed{bytes: foreign}.ID()
	p := piece(func(p *Piece) { p.data, p.Content, p.Length = foreign, hash, uint64(len(foreign)) })
	if _, err := JoinPieces([]*Piece{p}); !errors.Is(err, ErrForeign) {
		t.Errorf("with another collection's run: %v", err)
	}
}

func TestSegmentsOfTwoChains(t *testing.T) {
	w := newWorld(t, 118)
	a, twin := w.change(Link{}, 9), w.change(Link{}, 8)
	after := w.change(twin.Link(), 7) // follows the other change 1
	if got := Join([]Segment{a.Segment(), after.Segment()}); len(got) != 2 {
		t.Errorf("a change was joined to what it does not follow: %v", got)
	}
}

// A run comes with a bundle; that its device has announced it, it must prove itself.
func TestBundlesWithUnsignedRuns(t *testing.T) {
	h := newHistory(t, 119, 1)
	b := &Bundle{Document: h.w.doc, Segments: []Segment{h.changes[0].Segment()}}
	run := *b.Segments[0].Run
	run.signature = [identity.SignatureSize]byte{}
	b.Segments[0].Run = &run
	if _, err := h.w.travel(b).Verify(h.save); !errors.Is(err, ErrBadSignature) {
		t.Errorf("got %v", err)
	}
}
