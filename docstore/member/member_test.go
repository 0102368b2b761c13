package member

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/replica"
)

// world is a founding, a member of it, and what the member has written.
type world struct {
	t     *testing.T
	f     Founding
	m     *Member
	kept  []Written
	id    chunk.DocumentID
	begin *Beginning
	eng   engine.Doc
}

func newWorld(t *testing.T) *world {
	t.Helper()
	f, err := Found(rand.Reader, "first", 1000)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(rand.Reader, f.Keys, f.Collection, nil, f.Records)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, f: f, m: m, begin: &Beginning{Nonce: [32]byte{1}, Time: 7}}
	g := chunk.Genesis{
		Collection: chunk.CollectionID(f.Collection), Person: f.Keys.Person, Device: f.Keys.Device.ID(), Nonce: w.begin.Nonce, Time: w.begin.Time,
	}
	w.id = g.ID()
	actor := m.Actor(w.id)
	if w.eng, err = engine.Native().New(actor[:]); err != nil {
		t.Skip(err)
	}
	t.Cleanup(w.eng.Close)
	return w
}

// change is the next one of the engine.
func (w *world) change(name string) engine.Change {
	w.t.Helper()
	c, err := w.eng.Apply([]doc.Edit{doc.Put{Path: doc.At(name), Value: name}}, "", 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) write(actor []byte, changes ...[]byte) error {
	begin := w.begin
	w.begin = nil
	return w.m.Write(w.id, begin, [16]byte(actor), changes, 2000, func(list []Written) { w.kept = append(w.kept, list...) })
}

func TestWhatIsWrittenIsOpened(t *testing.T) {
	w := newWorld(t)
	a, b := w.change("a"), w.change("b")
	if err := w.write(a.Actor, a.Body, b.Body); err != nil {
		t.Fatal(err)
	}
	var kinds []chunk.Kind
	var bodies [][]byte
	for _, k := range w.kept {
		kinds = append(kinds, k.Kind)
		if k.Kind == chunk.KindRun && len(k.Announced) == 0 || k.Kind != chunk.KindGenesis && k.Run == (chunk.RunRef{}) {
			t.Errorf("a %v without its run", k.Kind)
		}
		if k.Kind == chunk.KindChange {
			bodies = append(bodies, k.Item.Raw)
		}
	}
	if len(kinds) != 4 || kinds[0] != chunk.KindGenesis || kinds[1] != chunk.KindRun {
		t.Fatalf("wrote %v", kinds)
	}
	later, err := Open(rand.Reader, w.f.Keys, w.f.Collection, nil, w.f.Records)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := later.Change(w.id, bodies[0]); !errors.Is(err, chunk.ErrNoDocument) {
		t.Errorf("before the document is known: %v", err)
	}
	raw, err := later.Run(w.kept[1].Item.Raw)
	if err == nil {
		err = later.Know(w.id, raw)
	}
	if err != nil || !bytes.Equal(raw, w.kept[1].Announced) {
		t.Fatal(err)
	}
	for n, want := range [][]byte{a.Body, b.Body} {
		if got, err := later.Change(w.id, bodies[n]); err != nil || !bytes.Equal(got, want) {
			t.Errorf("change %d: %v", n, err)
		}
	}
	if _, err := later.Change(chunk.DocumentID{9}, bodies[0]); !errors.Is(err, chunk.ErrForeign) {
		t.Errorf("as another document's: %v", err)
	}
	if later.Actor(w.id) == w.m.Actor(w.id) {
		t.Error("two runs write under one name")
	}
}

// What could not be signed leaves no gap in the chain.
func TestAWriteThatFailsLeavesNoGap(t *testing.T) {
	w := newWorld(t)
	a := w.change("a")
	if err := w.write(a.Actor, a.Body, []byte("not a change")); !errors.Is(err, chunk.ErrMalformed) {
		t.Errorf("garbage: %v", err)
	}
	if err := w.write(make([]byte, 16), a.Body); !errors.Is(err, replica.ErrOtherRun) {
		t.Errorf("another's name: %v", err)
	}
	if err := w.write(a.Actor, a.Body); err != nil {
		t.Fatal(err)
	}
	r, err := replica.Open(replica.Options{Person: w.f.Keys.Person, Device: w.f.Keys.Device, Engine: engine.Native(), Random: rand.Reader}, w.f.Collection)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, i := range w.f.Records {
		if err := r.Receive(i.Sort, i.Raw); err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range w.kept {
		if err := r.Receive(k.Item.Sort, k.Item.Raw); err != nil {
			t.Fatal(err)
		}
	}
	if tree, err := r.Tree(w.id); err != nil || tree["a"] != "a" || len(r.Quarantine()) > 0 {
		t.Errorf("%v, %v", doc.Value(tree), err)
	}
}

func TestOnlyItsKeysOpenACollection(t *testing.T) {
	w := newWorld(t)
	other, err := Found(rand.Reader, "other", 1000)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(rand.Reader, other.Keys, w.f.Collection, nil, w.f.Records)
	if err != nil || m.Ready() || !w.m.Ready() {
		t.Errorf("somebody else's keys: %v", err)
	}
	if _, err := m.Run(nil); !errors.Is(err, replica.ErrNotReady) {
		t.Errorf("opening without keys: %v", err)
	}
	errs := w.m.Receive([]replica.Item{{Sort: replica.Chunk}}, func([]replica.Item) { t.Error("kept") })
	if !errors.Is(errs[0], ErrAsleep) {
		t.Errorf("asleep: %v", errs[0])
	}
}

// What is on its way to the disk comes before what lies there, and so before the
// beginning of its document: it counts all the same.
func TestAWakingMemberTakesChunksInAnyOrder(t *testing.T) {
	w := newWorld(t)
	a, b := w.change("a"), w.change("b")
	if err := w.write(a.Actor, a.Body, b.Body); err != nil {
		t.Fatal(err)
	}
	news, err := w.m.Wake(func(take func([]byte)) ([]chunk.DocumentID, error) {
		for _, k := range slices.Backward(w.kept) {
			take(k.Item.Raw)
		}
		return nil, nil
	}, func([]replica.News) {})
	if err != nil || len(news) != 1 || len(news[0].Added) != 2 {
		t.Fatalf("counts %+v, %v", news, err)
	}
}
