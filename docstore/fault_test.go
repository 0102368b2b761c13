package docstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
	"corkboard/sqlite"
)

// await waits until ok, which is asked again at each change of the status.
func await(t *testing.T, s *Store, what string, ok func(Status) bool) {
	t.Helper()
	changed := make(chan struct{}, 1)
	defer s.SubscribeStatus(func() { signal(changed) })()
	patience := testContext(t).Done()
	for !ok(s.Status()) {
		select {
		case <-changed:
		case <-patience:
			t.Fatalf("never %s: %+v", what, s.Status())
		}
	}
}

func TestFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	o := testOptions()
	o.MaxPages = new(atomic.Int64)
	o.MaxPages.Store(60)
	s := openTest(t, dir, o)
	id := doctest.ID("full")
	safe(t, s.Create(id, nil))
	l := openRaw(s, id)
	var receipts []doc.Receipt
	for i := range 400 {
		r := l.Do(doctest.Do("fill", put(strings.Repeat("x", 500)+fmt.Sprint(i), fmt.Sprint(i))))
		if err := r.Applied(testContext(t)); err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, r)
	}
	await(t, s, "full", func(st Status) bool { return st.State == NotSaved })
	st := s.Status()
	if !errors.Is(st.Err, sqlite.ErrFull) || st.String() != "NOT SAVED: the disk is full" || st.Pending == 0 {
		t.Fatalf("status %q, %+v", st, st)
	}
	if n := len(l.Snapshot().Value); n != 400 {
		t.Fatalf("%d edits are shown", n)
	}
	if err := s.Flush(testContext(t)); !errors.Is(err, ErrNotSaved) || !errors.Is(err, sqlite.ErrFull) {
		t.Fatalf("flush: %v", err)
	}
	if err := s.Close(testContext(t)); !errors.Is(err, sqlite.ErrFull) {
		t.Fatalf("close: %v", err)
	}
	safe2 := l.Do(doctest.Do("one more", put("y", "last"))) // still open for work
	o.MaxPages.Store(0)
	s.Retry()
	for _, r := range append(receipts, safe2) {
		safe(t, r)
	}
	if got := s.Status(); got.State != Saved || got.String() != "Saved on this device" {
		t.Fatalf("status %q", got)
	}
	want := l.Snapshot().Value
	if r, err := s.Check(testContext(t)); err != nil || !r.OK() || r.Changes != 401 {
		t.Fatalf("check: %+v, %v", r, err)
	}
	closeTest(t, s)
	again := doctest.AwaitState(t, openRaw(openTest(t, dir, testOptions()), id), doc.Ready)
	if !doc.Equal(again.Value, want) {
		t.Fatal("something is missing after reopening")
	}
}

// brittle is an engine whose documents refuse one edit.
type brittle struct {
	engine.Engine
	refuse *atomic.Bool
}

type brittleDoc struct {
	engine.Doc
	refuse *atomic.Bool
}

func (b brittle) New(actor []byte) (engine.Doc, error) {
	d, err := b.Engine.New(actor)
	return brittleDoc{d, b.refuse}, err
}

func (b brittle) Load(saved []byte, chunks [][]byte, actor []byte) (engine.Doc, error) {
	d, err := b.Engine.Load(saved, chunks, actor)
	return brittleDoc{d, b.refuse}, err
}

func (d brittleDoc) Apply(edits []doc.Edit, label string, at int64) (engine.Change, error) {
	if d.refuse.Swap(false) {
		return engine.Change{}, engine.ErrRefused
	}
	return d.Doc.Apply(edits, label, at)
}

func TestRefusedEditIsLoudAndNotShown(t *testing.T) {
	dir := t.TempDir()
	refuse := new(atomic.Bool)
	o := testOptions()
	o.Engine = brittle{engine.Native(), refuse}
	s := openTest(t, dir, o)
	id := doctest.ID("refused")
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	l := openRaw(s, id)
	safe(t, l.Do(doctest.Do("good", put("good", "k"))))
	refuse.Store(true)
	r := l.Do(doctest.Do("bad", put("bad", "k")))
	if err := r.Wait(testContext(t)); !errors.Is(err, ErrNotSaved) || !errors.Is(err, engine.ErrRefused) {
		t.Fatalf("got %v, want ErrNotSaved", err)
	}
	if st := s.Status(); st.State != NotSaved || st.String() != "NOT SAVED: engine refused an edit" {
		t.Fatalf("status %q", st)
	}
	if got := doctest.AwaitState(t, l, doc.Ready).Value; got["k"] != "good" {
		t.Fatalf("the refused edit is still shown: %s", doctest.Show(got))
	}
	s.Retry()
	safe(t, l.Do(doctest.Do("next", put("z", "k"))))
	safe(t, l.Undo())
	safe(t, l.Redo())
	want := l.Snapshot()
	if s.Status().State != Saved {
		t.Fatalf("status %q", s.Status())
	}
	closeTest(t, s)
	got := doctest.AwaitState(t, openRaw(openTest(t, dir, testOptions()), id), doc.Ready)
	if !doc.Equal(got.Value, want.Value) || !slices.Equal(got.Heads, want.Heads) {
		t.Fatalf("reopened as %s", doctest.Show(got.Value))
	}
}

func TestUnknownCommitIsReadBackNotRepeated(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	id := doctest.ID("unknown")
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	d, err := s.hold(id)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.home().wait()
	if err != nil {
		t.Fatal(err)
	}
	genesis, err := d.genesis()
	if err != nil {
		t.Fatal(err)
	}
	actor := m.Actor(genesis)
	eng, err := engine.Native().New(actor[:])
	if err != nil {
		t.Fatal(err)
	}
	var batch []*item
	for i := range 4 {
		c, err := eng.Apply([]doc.Edit{put(int64(i), "n")}, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		i := &item{in: s.home(), doc: d, heads: eng.Heads()}
		err = m.Write(genesis, nil, actor, [][]byte{c.Body}, 0, func(w []member.Written) {
			i.rows, i.records = rowsOf(w, []engine.Change{c})
		})
		if err != nil {
			t.Fatal(err)
		}
		batch = append(batch, i)
	}
	if err := s.commit(batch[:3]); err != nil { // it happened, but suppose that nobody was told
		t.Fatal(err)
	}
	if err := s.recommit(batch); err != nil {
		t.Fatal(err)
	}
	var rows int
	err = s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&rows}, "SELECT count(*) FROM chunks WHERE document = ? AND kind = 'change'", string(id))
	})
	if err != nil || rows != 1+4 {
		t.Fatalf("%d rows, %v", rows, err)
	}
}

// spoil changes one bit in the body of a row, behind the store's back.
func spoil(t *testing.T, dir, table string, row int) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, logName), sqlite.Options{Migrations: logSchema})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(context.Background(), func(tx *sqlite.Tx) error {
		var body []byte
		var id int64
		changes := map[string]string{"chunks": " WHERE kind = 'change'"}[table]
		if err := tx.Row([]any{&id, &body}, "SELECT id, body FROM "+table+changes+" ORDER BY id LIMIT 1 OFFSET ?", row); err != nil {
			return err
		}
		body[len(body)/2] ^= 4
		return tx.Exec("UPDATE "+table+" SET body = ? WHERE id = ?", body, id)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// history makes a profile with one document of ten changes.
func history(t *testing.T, dir string) doc.ID {
	t.Helper()
	s := openTest(t, dir, testOptions())
	id := doctest.ID("history")
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	l := openRaw(s, id)
	for i := range 9 {
		safe(t, l.Do(doctest.Do("set", put(int64(i), fmt.Sprint(i)))))
	}
	closeTest(t, s)
	return id
}

func quarantined(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Join(dir, "quarantine"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func dropCache(t *testing.T, dir string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, cacheName+suffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func TestDamagedRowIsSetAsideAndTheRestOpens(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	dropCache(t, dir)
	spoil(t, dir, "chunks", 6)
	for range 2 { // opening does not make it worse
		s := openTest(t, dir, testOptions())
		got := doctest.AwaitState(t, openRaw(s, id), doc.Ready)
		if !errors.Is(got.Err, ErrDamaged) || got.Value["k"] != "x" || got.Value["4"] != int64(4) {
			t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
		}
		if names := quarantined(t, dir); len(names) != 2 || !strings.HasPrefix(names[0], "chunks-") {
			t.Fatalf("set aside: %v", names)
		}
		if r, err := s.Check(testContext(t)); err != nil || r.OK() || r.Changes != 10 {
			t.Fatalf("check: %+v, %v", r, err)
		}
		if _, err := s.Backup(testContext(t)); !errors.Is(err, ErrDamaged) {
			t.Fatalf("a damaged log was called a backup: %v", err)
		}
		closeTest(t, s)
	}
	s := openTest(t, dir, testOptions())
	l := openRaw(s, id)
	doctest.AwaitState(t, l, doc.Ready)
	safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
	closeTest(t, s)
	got := doctest.AwaitState(t, openRaw(openTest(t, dir, testOptions()), id), doc.Ready)
	if got.Value["k"] != "y" || !errors.Is(got.Err, ErrDamaged) {
		t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
	}
}

func TestDocumentThatCannotBeReadAtAll(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	dropCache(t, dir)
	spoil(t, dir, "chunks", 0)
	s := openTest(t, dir, testOptions())
	l := openRaw(s, id)
	got := doctest.AwaitState(t, l, doc.Unavailable)
	if !errors.Is(got.Err, ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", got.Err)
	}
	if err := l.Do(doctest.Do("set", put("y", "k"))).Wait(testContext(t)); !errors.Is(err, ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", err)
	}
	if err := s.Create(id, nil).Wait(testContext(t)); !errors.Is(err, doc.ErrExists) {
		t.Fatalf("a damaged document was replaced: %v", err)
	}
}

func TestDamageUnderASoundCacheKeepsTheLastState(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	spoil(t, dir, "chunks", 6)
	s := openTest(t, dir, testOptions())
	l := openRaw(s, id)
	got := doctest.AwaitState(t, l, doc.Ready)
	if got.Err != nil || len(got.Value) != 10 {
		t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
	}
	if err := l.Do(doctest.Do("set", put("y", "k"))).Wait(testContext(t)); !errors.Is(err, ErrNotSaved) || !errors.Is(err, ErrDamaged) {
		t.Fatalf("got %v, want ErrNotSaved", err)
	}
	got = l.Snapshot()
	if !errors.Is(got.Err, ErrDamaged) || got.Value["k"] != "x" || len(got.Value) == 10 {
		t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
	}
	if names := quarantined(t, dir); !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "tree-") }) {
		t.Fatalf("the last state was not kept: %v", names)
	}
}

func TestDamagedUndoStepIsLeftOut(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	spoil(t, dir, "steps", 8)
	s := openTest(t, dir, testOptions())
	l := openRaw(s, id)
	doctest.AwaitState(t, l, doc.Ready)
	safe(t, l.Undo())
	if m := l.Snapshot().Value; m["8"] != int64(8) || m["7"] != nil {
		t.Fatalf("undo took back the wrong step: %s", doctest.Show(m))
	}
	if names := quarantined(t, dir); len(names) != 2 {
		t.Fatalf("set aside: %v", names)
	}
}

func TestCacheMayVanishOrBeGarbage(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, dir string){
		"vanished": dropCache,
		"garbage": func(t *testing.T, dir string) {
			dropCache(t, dir)
			if err := os.WriteFile(filepath.Join(dir, cacheName), []byte(strings.Repeat("garbage ", 4000)), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"wrong body": func(t *testing.T, dir string) {
			alterCache(t, dir, `UPDATE trees SET body = CAST('{"k":"lie"}' AS BLOB)`)
		},
		"wrong heads": func(t *testing.T, dir string) { alterCache(t, dir, `UPDATE trees SET heads = 'abc'`) },
		"newer":       func(t *testing.T, dir string) { alterCache(t, dir, `PRAGMA user_version = 99`) },
		"no table":    func(t *testing.T, dir string) { alterCache(t, dir, `DROP TABLE trees`) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			id := history(t, dir)
			harm(t, dir)
			for range 2 {
				s := openTest(t, dir, testOptions())
				l := openRaw(s, id)
				got := doctest.AwaitState(t, l, doc.Ready)
				if got.Err != nil || len(got.Value) < 10 || got.Value["k"] != "x" {
					t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
				}
				safe(t, l.Do(doctest.Do("more", put(time.Now().String(), "more"))))
				closeTest(t, s)
			}
		})
	}
}

func alterCache(t *testing.T, dir, query string) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, cacheName), sqlite.Options{Migrations: cacheSchema, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Write(context.Background(), func(tx *sqlite.Tx) error { return tx.Exec(query) }); err != nil {
		t.Fatal(err)
	}
}
