package doctest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/doc"
)

// Run proves a store. open makes an empty one; reopen closes it and opens what
// it left behind. Each test has a store of its own.
func Run(t *testing.T, open func(t *testing.T) (store doc.Store, reopen func() doc.Store)) {
	for _, c := range []struct {
		name string
		test func(*testing.T, doc.Store, func() doc.Store)
	}{
		{"create and open", createOpen},
		{"what is not there", absent},
		{"an id is taken once", taken},
		{"undo and redo", undoRedo},
		{"gestures are one step", gestures},
		{"silent plans leave no step", silent},
		{"whole or nothing", whole},
		{"nothing changed is no change", unchanged},
		{"undo spares what came later", guarded},
		{"steps survive reopening", stepsSurvive},
		{"typing is undone as a whole", typing},
		{"older versions", older},
		{"snapshots never change", immutable},
		{"many writers", manyWriters},
		{"wakes are not lost", wakes},
		{"views share and differ", views},
		{"closed handles", closedHandles},
		{"random histories survive", randomHistories},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, reopen := open(t)
			c.test(t, s, reopen)
		})
	}
}

// ID is a valid document id made of a name.
func ID(name string) doc.ID {
	var b [32]byte
	copy(b[:], name)
	b[31] = 1
	return doc.NewID(b)
}

// Raw is a codec whose value is the whole document.
type Raw struct{}

// Decode copies the document.
func (Raw) Decode(src doc.Source) doc.Map {
	root, _ := src.Value(nil)
	m, _ := doc.Clone(root).(doc.Map)
	return m
}

// Update copies the document.
func (r Raw) Update(_ doc.Map, _ []doc.Path, src doc.Source) doc.Map { return r.Decode(src) }

// edits is a command that does not look at what is there.
type edits struct{ plan doc.Plan }

func (e edits) Plan(doc.Map) (doc.Plan, error) { return e.plan, nil }

// Do is a command that makes edits, as one step called label.
func Do(label string, list ...doc.Edit) doc.Command[doc.Map] {
	return edits{doc.Plan{Label: label, Edits: list}}
}

func put(v doc.Value, steps ...string) doc.Put { return doc.Put{Path: steps, Value: v} }

func ctx(t *testing.T) context.Context {
	t.Helper()
	c, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return c
}

// must waits until a plan is safe.
func must(t *testing.T, r doc.Receipt) {
	t.Helper()
	if err := r.Wait(ctx(t)); err != nil {
		t.Fatal(err)
	}
}

func openRaw(s doc.Store, id doc.ID) *doc.Live[doc.Map] { return doc.Open(s, id, "raw", Raw{}) }

// AwaitState waits until a document is in a state; it fails the test if that
// takes a minute.
func AwaitState[T any](t *testing.T, l *doc.Live[T], want doc.Availability) doc.Snapshot[T] {
	t.Helper()
	return Await(t, l, func(s doc.Snapshot[T]) bool { return s.State == want })
}

// Await waits until a snapshot is as it should be, or fails the test.
func Await[T any](t *testing.T, l *doc.Live[T], good func(doc.Snapshot[T]) bool) doc.Snapshot[T] {
	t.Helper()
	woken := make(chan struct{}, 1)
	defer l.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	patience := ctx(t).Done()
	for {
		s := l.Snapshot()
		if good(s) {
			return s
		}
		select {
		case <-woken:
		case <-patience:
			t.Fatalf("document stays in state %v (%v): %v", s.State, s.Err, s.Value)
		}
	}
}

func fresh(t *testing.T, s doc.Store, name string, list ...doc.Edit) *doc.Live[doc.Map] {
	t.Helper()
	must(t, s.Create(ID(name), list))
	l := openRaw(s, ID(name))
	AwaitState(t, l, doc.Ready)
	return l
}

func want(t *testing.T, l *doc.Live[doc.Map], m doc.Map) {
	t.Helper()
	s := AwaitState(t, l, doc.Ready)
	if !doc.Equal(s.Value, m) {
		t.Fatalf("document is\n%s\nwant\n%s", Show(s.Value), Show(m))
	}
}

func createOpen(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"), put(doc.Map{"in": int64(1)}, "m"))
	want(t, l, doc.Map{"k": "x", "m": doc.Map{"in": int64(1)}})
	must(t, l.Do(Do("set", put("y", "k"))))
	want(t, l, doc.Map{"k": "y", "m": doc.Map{"in": int64(1)}})
	heads := l.Snapshot().Heads
	if len(heads) != 1 {
		t.Fatalf("heads %v", heads)
	}
	again := openRaw(reopen(), ID("a"))
	want(t, again, doc.Map{"k": "y", "m": doc.Map{"in": int64(1)}})
	if got := again.Snapshot(); !slices.Equal(got.Heads, heads) || got.Err != nil || got.ID != ID("a") {
		t.Fatalf("reopened as %+v", got)
	}
	must(t, again.Do(Do("set", put("z", "k"))))
	want(t, again, doc.Map{"k": "z", "m": doc.Map{"in": int64(1)}})
}

func absent(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := openRaw(s, ID("nobody"))
	got := AwaitState(t, l, doc.Unavailable)
	if got.Err == nil {
		t.Fatal("absence has no reason")
	}
	r := l.Do(Do("set", put("x", "k")))
	if r.Applied(ctx(t)) == nil || r.Wait(ctx(t)) == nil {
		t.Fatal("an absent document was changed")
	}
	must(t, s.Create(ID("nobody"), []doc.Edit{put("x", "k")}))
	want(t, l, doc.Map{"k": "x"}) // the open handle sees it come
	_ = reopen
}

func taken(t *testing.T, s doc.Store, reopen func() doc.Store) {
	fresh(t, s, "a", put("x", "k"))
	if err := s.Create(ID("a"), nil).Wait(ctx(t)); !errors.Is(err, doc.ErrExists) {
		t.Fatalf("got %v, want ErrExists", err)
	}
	s = reopen()
	if err := s.Create(ID("a"), nil).Wait(ctx(t)); !errors.Is(err, doc.ErrExists) {
		t.Fatalf("after reopening: got %v, want ErrExists", err)
	}
	want(t, openRaw(s, ID("a")), doc.Map{"k": "x"})
	if err := s.Create(ID("b"), []doc.Edit{put("x", "no", "where")}).Wait(ctx(t)); !errors.Is(err, doc.ErrBadEdit) {
		t.Fatalf("got %v, want ErrBadEdit", err)
	}
	must(t, s.Create(ID("b"), nil))
	want(t, openRaw(s, ID("b")), doc.Map{})
	want(t, openRaw(reopen(), ID("b")), doc.Map{})
}

func whole(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put(doc.Text("text"), "t"), put(doc.List{"a", "b"}, "l"))
	was := l.Snapshot()
	r := l.Do(Do("bad", put("x", "k"), doc.Delete{Path: doc.At("l", "0")}, doc.Splice{Path: doc.At("t"), From: 1, Delete: 1, Insert: "é"}, doc.Delete{Path: doc.At("t")}, put("x", "no", "where")))
	if err := r.Applied(ctx(t)); !errors.Is(err, doc.ErrBadEdit) {
		t.Fatalf("got %v, want ErrBadEdit", err)
	}
	now := l.Snapshot()
	if !doc.Equal(now.Value, was.Value) || now.Revision != was.Revision {
		t.Fatalf("half a plan stayed: %s", Show(now.Value))
	}
	if _, _, canUndo, _ := l.Steps(); canUndo {
		t.Fatal("a refused plan left a step")
	}
	gone := errors.New("gone")
	if err := l.Do(refuses{gone}).Wait(ctx(t)); !errors.Is(err, gone) {
		t.Fatalf("got %v, want the plan's error", err)
	}
}

type refuses struct{ err error }

func (r refuses) Plan(doc.Map) (doc.Plan, error) { return doc.Plan{}, r.err }

func unchanged(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"))
	was := l.Snapshot()
	for _, c := range []doc.Command[doc.Map]{Do("none"), Do("same", put("x", "k")), Do("absent", doc.Delete{Path: doc.At("z")})} {
		must(t, l.Do(c))
	}
	now := l.Snapshot()
	if now.Revision != was.Revision || !slices.Equal(now.Heads, was.Heads) {
		t.Fatal("nothing made a revision")
	}
	if _, _, canUndo, _ := l.Steps(); canUndo {
		t.Fatal("nothing left a step")
	}
}

func older(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a", put(int64(0), "n"), put(doc.Text(""), "t"))
	heads := []doc.Heads{l.Snapshot().Heads}
	for i := range 5 {
		must(t, l.Do(Do("count", put(int64(i+1), "n"), doc.Splice{Path: doc.At("t"), Insert: "é"})))
		heads = append(heads, l.Snapshot().Heads)
	}
	for range 2 {
		AwaitState(t, l, doc.Ready)
		for i, h := range heads {
			m, err := l.At(h)
			if err != nil || !doc.Equal(m["n"], int64(i)) || len([]rune(string(m["t"].(doc.Text)))) != i {
				t.Fatalf("version %d: %s, %v", i, Show(m), err)
			}
		}
		if _, err := l.At(doc.Heads{"0000"}); err == nil {
			t.Fatal("a version that never was can be read")
		}
		l = openRaw(reopen(), ID("a"))
	}
}

func immutable(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put(doc.Map{"x": doc.List{int64(1)}}, "m"))
	was := l.Snapshot()
	copied := doc.Clone(was.Value)
	must(t, l.Do(Do("change", put(int64(2), "m", "x", "0"), doc.Insert{Path: doc.At("m", "x", "1"), Value: "new"})))
	if !doc.Equal(was.Value, copied) {
		t.Fatal("a snapshot changed")
	}
	if l.Snapshot().Revision != was.Revision+1 || l.Snapshot().Origin != doc.Local {
		t.Fatalf("revision %d after %d, origin %v", l.Snapshot().Revision, was.Revision, l.Snapshot().Origin)
	}
}

// add counts up from what is there: lost updates would show.
type add struct{ who int }

func (a add) Plan(m doc.Map) (doc.Plan, error) {
	n, _ := m["n"].(int64)
	return doc.Plan{Label: "add", Edits: []doc.Edit{put(n+1, "n"), put(int64(a.who), fmt.Sprint(a.who, "-", n))}}, nil
}

func manyWriters(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a")
	const writers, each = 8, 25
	var g sync.WaitGroup
	errs := make(chan error, writers*each)
	for w := range writers {
		g.Add(1)
		go func() {
			defer g.Done()
			for range each {
				errs <- l.Do(add{w}).Wait(ctx(t))
			}
		}()
	}
	g.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []*doc.Live[doc.Map]{l, openRaw(reopen(), ID("a"))} {
		m := AwaitState(t, l, doc.Ready).Value
		if m["n"] != int64(writers*each) || len(m) != writers*each+1 {
			t.Fatalf("%v counted, %d entries", m["n"], len(m))
		}
	}
}

func wakes(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put(int64(0), "n"))
	woken := make(chan struct{}, 1)
	cancel := l.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})
	const last = 200
	go func() {
		for i := range last {
			l.Do(Do("count", put(int64(i+1), "n")))
		}
	}()
	patience := ctx(t).Done()
	for l.Snapshot().Value["n"] != int64(last) {
		select {
		case <-woken:
		case <-patience:
			t.Fatalf("asleep at %v", l.Snapshot().Value["n"])
		}
	}
	cancel()
	for drained := false; !drained; {
		select {
		case <-woken:
		default:
			drained = true
		}
	}
	must(t, l.Do(Do("count", put(int64(-1), "n"))))
	select {
	case <-woken:
		t.Fatal("woken after cancel")
	default:
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

func views(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"))
	n, l2 := doc.Open(s, ID("a"), "names", names{}), openRaw(s, ID("a"))
	AwaitState(t, n, doc.Ready)
	must(t, l2.Do(Do("more", put("y", "z"))))
	want(t, l, doc.Map{"k": "x", "z": "y"})
	if got := n.Snapshot().Value; !slices.Equal(got, []string{"k", "z"}) {
		t.Fatalf("the other view shows %v", got)
	}
	l2.Close()
	must(t, l.Do(Do("less", doc.Delete{Path: doc.At("k")})))
	if got := n.Snapshot().Value; !slices.Equal(got, []string{"z"}) {
		t.Fatalf("the other view shows %v", got)
	}
}

func closedHandles(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"))
	last := l.Do(Do("last", put("y", "k")))
	l.Close()
	l.Close()
	must(t, last) // what was asked for before is still done
	if err := l.Do(Do("late", put("z", "k"))).Wait(ctx(t)); !errors.Is(err, doc.ErrClosed) {
		t.Fatalf("got %v, want ErrClosed", err)
	}
	want(t, openRaw(s, ID("a")), doc.Map{"k": "y"})
	want(t, openRaw(reopen(), ID("a")), doc.Map{"k": "y"})
}
