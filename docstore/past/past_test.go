package past

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore"
)

var code string // where compiled engine code lies, for all tests

func TestMain(m *testing.M) {
	var err error
	if code, err = os.MkdirTemp("", "corkboard-past-code-"); err != nil {
		panic(err)
	}
	n := m.Run()
	os.RemoveAll(code)
	os.Exit(n)
}

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func openDocs(t *testing.T) *docstore.Store {
	t.Helper()
	s, err := docstore.Open(t.TempDir(), docstore.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Code: code})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func safe(t *testing.T, r doc.Receipt) {
	t.Helper()
	if err := r.Wait(testContext(t)); err != nil {
		t.Fatal(err)
	}
}

func put(v doc.Value, steps ...string) doc.Put { return doc.Put{Path: steps, Value: v} }

func openRaw(s doc.Store, id doc.ID) *doc.Live[doc.Map] { return doc.Open(s, id, "raw", doctest.Raw{}) }

// made is a document with a random past: what it was after each of its versions.
func made(t *testing.T, s *docstore.Store, seed uint64, steps int) (id doc.ID, states []doc.Map) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	id = s.NewID()
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	l := openRaw(s, id)
	defer l.Close()
	states = append(states, doctest.AwaitState(t, l, doc.Ready).Value)
	for range steps {
		heads := l.Snapshot().Heads
		if err := l.Do(doctest.Do("random", doctest.RandomEdits(r, l.Snapshot().Value)...)).Wait(testContext(t)); err != nil {
			t.Fatal(err)
		}
		if now := l.Snapshot(); !slices.Equal(now.Heads, heads) {
			states = append(states, now.Value)
		}
	}
	return id, states
}

// pastAt opens the past at a time.
func pastAt(t *testing.T, s *docstore.Store, at time.Time) *Store {
	t.Helper()
	p := New(s, at, nil)
	t.Cleanup(p.Close)
	return p
}

// shows waits until a document says what it should.
func shows(t *testing.T, l *doc.Live[doc.Map], want doc.Map) {
	t.Helper()
	doctest.Await(t, l, func(s doc.Snapshot[doc.Map]) bool { return s.State == doc.Ready && doc.Equal(s.Value, want) })
}

func TestEveryMomentIsShownAsItWas(t *testing.T) {
	s := openDocs(t)
	id, states := made(t, s, 1, 40)
	list, err := s.History(testContext(t), id)
	if err != nil || len(list) != len(states) {
		t.Fatalf("%d versions of %d states, %v", len(list), len(states), err)
	}
	p := pastAt(t, s, list[0].Time)
	l := openRaw(p, id)
	r := rand.New(rand.NewPCG(1, 1))
	for range 3 * len(states) {
		i := r.IntN(len(states))
		p.Go(list[i].Time)
		shows(t, l, states[i])
		if got := l.Snapshot(); !slices.Equal(got.Heads, list[i].Heads) || got.ID != id || got.Err != nil {
			t.Fatalf("version %d is %+v", i, got)
		}
	}
	for i, v := range list {
		if m, err := l.At(v.Heads); err != nil || !doc.Equal(m, states[i]) {
			t.Fatalf("version %d: %s, %v", i, doctest.Show(m), err)
		}
	}
}

// names is a second codec: what the slots are called.
type names struct{}

func (names) Decode(src doc.Source) []string {
	root, _ := src.Value(nil)
	m, _ := root.(doc.Map)
	return slices.Sorted(maps.Keys(m))
}

func (n names) Update(_ []string, _ []doc.Path, src doc.Source) []string { return n.Decode(src) }

func TestManyDocumentsMoveTogether(t *testing.T) {
	s := openDocs(t)
	type past struct {
		id     doc.ID
		states []doc.Map
		list   []docstore.Version
	}
	var all []past
	var times []time.Time
	for seed := range uint64(6) {
		id, states := made(t, s, 10+seed, 12)
		list, err := s.History(testContext(t), id)
		if err != nil || len(list) != len(states) {
			t.Fatalf("%d versions of %d states, %v", len(list), len(states), err)
		}
		all = append(all, past{id, states, list})
		for _, v := range list {
			times = append(times, v.Time)
		}
	}
	p := pastAt(t, s, times[0])
	var raw []*doc.Live[doc.Map]
	var named []*doc.Live[[]string]
	for _, d := range all {
		raw = append(raw, openRaw(p, d.id))
		named = append(named, doc.Open(p, d.id, "names", names{}))
	}
	r := rand.New(rand.NewPCG(2, 2))
	for range 40 {
		at := times[r.IntN(len(times))]
		for range r.IntN(4) { // what is overtaken is never shown for long
			p.Go(times[r.IntN(len(times))])
		}
		p.Go(at)
		for n, d := range all {
			i := docstore.VersionAt(d.list, at)
			if i < 0 {
				got := doctest.AwaitState(t, raw[n], doc.Unavailable)
				if !errors.Is(got.Err, ErrNotYet) || len(got.Value) > 0 {
					t.Fatalf("before it was made: %+v", got)
				}
				continue
			}
			shows(t, raw[n], d.states[i])
			want := slices.Sorted(maps.Keys(d.states[i]))
			doctest.Await(t, named[n], func(s doc.Snapshot[[]string]) bool { return slices.Equal(s.Value, want) })
		}
	}
}

func TestThePastIsNotChanged(t *testing.T) {
	s := openDocs(t)
	id, states := made(t, s, 3, 5)
	p := pastAt(t, s, time.Now().Add(time.Hour))
	l := openRaw(p, id)
	shows(t, l, states[len(states)-1])
	for what, r := range map[string]doc.Receipt{
		"do": l.Do(doctest.Do("set", put("z", "k"))), "undo": l.Undo(), "redo": l.Redo(), "create": p.Create(s.NewID(), nil),
	} {
		if err := r.Applied(testContext(t)); !errors.Is(err, ErrPast) {
			t.Errorf("%s: %v", what, err)
		}
		if err := r.Wait(testContext(t)); !errors.Is(err, ErrPast) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, _, undo, redo := l.Steps(); undo || redo {
		t.Error("the past has steps")
	}
	l.Close()
	l.Close()
	if err := l.Do(doctest.Do("late", put("z", "k"))).Applied(testContext(t)); !errors.Is(err, doc.ErrClosed) {
		t.Errorf("a closed handle says %v", err)
	}
	present := openRaw(s, id)
	shows(t, present, states[len(states)-1])
}

func TestWhatIsNotHereIsUnavailable(t *testing.T) {
	s := openDocs(t)
	p := pastAt(t, s, time.Now())
	got := doctest.AwaitState(t, openRaw(p, s.NewID()), doc.Unavailable)
	if !errors.Is(got.Err, docstore.ErrAbsent) {
		t.Errorf("%v", got.Err)
	}
	p.Close()
	p.Close()
	if got := openRaw(p, s.NewID()).Snapshot(); got.State != doc.Unavailable || !errors.Is(got.Err, doc.ErrClosed) {
		t.Errorf("after Close: %+v", got)
	}
}

func TestOneVersionWakesNobodyTwice(t *testing.T) {
	s := openDocs(t)
	id, _ := made(t, s, 4, 3)
	list, err := s.History(testContext(t), id)
	if err != nil {
		t.Fatal(err)
	}
	last := list[len(list)-1].Time
	p := pastAt(t, s, last)
	l := openRaw(p, id)
	was := doctest.AwaitState(t, l, doc.Ready)
	for i := range 5 {
		p.Go(last.Add(time.Duration(i) * time.Hour))
	}
	other, states := made(t, s, 5, 2)
	p.Go(time.Now().Add(time.Hour))
	shows(t, openRaw(p, other), states[len(states)-1]) // all that was asked before has been done
	if now := l.Snapshot(); now.Revision != was.Revision {
		t.Errorf("revision %d after %d", now.Revision, was.Revision)
	}
}

func TestTreesAreBounded(t *testing.T) {
	var l trees
	big := doc.Map{}
	for i := range maxNodes / 4 {
		big[string(rune(i))] = int64(i)
	}
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		l.put(key, big)
		l.put(key, big)
		l.get("a")
	}
	if _, ok := l.get("a"); !ok {
		t.Error("what was used last is gone")
	}
	if _, ok := l.get("b"); ok || l.nodes > maxNodes || len(l.byKey) != l.order.Len() {
		t.Errorf("%d nodes in %d versions", l.nodes, l.order.Len())
	}
}
