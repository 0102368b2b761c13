package docstore

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/sqlite"
)

func alterLog(t *testing.T, dir, query string) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, logName), sqlite.Options{Migrations: logSchema})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return tx.Exec(query) }); err != nil {
		t.Fatal(err)
	}
}

// eventually asks again and again, for a minute, what nobody is told.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	patience := testContext(t).Done()
	for !ok() {
		select {
		case <-tick.C:
		case <-patience:
			t.Fatalf("it never comes to pass that %s", what)
		}
	}
}

func TestThousandDocumentsOpenFromTheCache(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	const many = 1000
	receipts := make([]doc.Receipt, many)
	for i := range receipts {
		receipts[i] = s.Create(doctest.ID(fmt.Sprint("doc ", i)), []doc.Edit{put(int64(i), "n"), put(doc.Text("some text"), "t")})
	}
	for _, r := range receipts {
		safe(t, r)
	}
	eventually(t, "few engine documents stay loaded", func() bool { return s.engines.count() <= s.opt.Engines })
	open := make([]*doc.Live[doc.Map], many) // held, so that closing writes all to the cache
	for i := range open {
		open[i] = openRaw(s, doctest.ID(fmt.Sprint("doc ", i)))
		doctest.AwaitState(t, open[i], doc.Ready)
	}
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	for i := range open {
		open[i] = openRaw(s, doctest.ID(fmt.Sprint("doc ", i)))
	}
	for i, l := range open {
		if got := doctest.AwaitState(t, l, doc.Ready); got.Value["n"] != int64(i) {
			t.Fatalf("document %d shows %s", i, doctest.Show(got.Value))
		}
	}
	if n := s.engines.count(); n != 0 {
		t.Fatalf("opening loaded %d engine documents", n)
	}
}

func TestUnusedDocumentsAreLetGo(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	for i := range 20 {
		id := doctest.ID(fmt.Sprint(i))
		safe(t, s.Create(id, nil))
		l := openRaw(s, id)
		safe(t, l.Do(doctest.Do("set", put(int64(i), "n"))))
		l.Close()
	}
	eventually(t, "no document is held", func() bool { return len(s.present()) == 0 })
	for i := range 20 {
		if got := doctest.AwaitState(t, openRaw(s, doctest.ID(fmt.Sprint(i))), doc.Ready); got.Value["n"] != int64(i) {
			t.Fatalf("document %d shows %s", i, doctest.Show(got.Value))
		}
	}
}

func TestNewestStepAcrossDocuments(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	ids := []doc.ID{doctest.ID("a"), doctest.ID("b"), doctest.ID("c")}
	var live []*doc.Live[doc.Map]
	for _, id := range ids {
		safe(t, s.Create(id, []doc.Edit{put("0", "k")}))
		live = append(live, openRaw(s, id))
	}
	if id, ok := s.NewestStep(ids, false); ok {
		t.Fatalf("%s has a step", id)
	}
	order := []int{0, 1, 0, 2}
	for n, i := range order {
		safe(t, live[i].Do(doctest.Do("set", put(fmt.Sprint(n+1), "k"))))
	}
	expect := func(redo bool, i int) {
		t.Helper()
		if id, ok := s.NewestStep(ids, redo); !ok || id != ids[i] {
			t.Fatalf("newest step (redo %v) is in %s, want %s", redo, id, ids[i])
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		expect(false, order[i])
		safe(t, live[order[i]].Undo())
		expect(true, order[i])
	}
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	for i, id := range ids {
		live[i] = openRaw(s, id)
		doctest.AwaitState(t, live[i], doc.Ready)
	}
	for _, i := range order {
		expect(true, i)
		safe(t, live[i].Redo())
		expect(false, i)
	}
	if _, ok := s.NewestStep(ids, true); ok {
		t.Fatal("something is left to redo")
	}
}

func TestBackupsRotateAndCanBeOpened(t *testing.T) {
	dir := t.TempDir()
	o := testOptions()
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	o.Now = func() time.Time { return clock }
	s := openTest(t, dir, o)
	safe(t, s.Create(doctest.ID("a"), []doc.Edit{put("x", "k")}))
	if !s.backupDue() {
		t.Fatal("no backup is due")
	}
	var made []string
	for range backupsKept + 3 {
		clock = clock.Add(time.Hour)
		path, err := s.Backup(testContext(t))
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, filepath.Base(path))
	}
	left, err := backupNames(filepath.Join(dir, "backups"))
	if err != nil || !slices.Equal(left, made[3:]) {
		t.Fatalf("left %v of %v, %v", left, made, err)
	}
	clock = time.Now()
	if s.backupDue() {
		t.Fatal("another backup is due at once")
	}
	db, err := sqlite.Open(filepath.Join(dir, "backups", left[6]), sqlite.Options{ReadOnly: true, Immutable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Read(t.Context(), func(tx *sqlite.Tx) error {
		h, err := readHistory(tx, doctest.ID("a"), 0)
		if len(h.changes) != 1 {
			t.Errorf("%d changes in the backup", len(h.changes))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDocumentsAndHistory(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	s := openTest(t, dir, testOptions())
	list, err := s.Documents(testContext(t))
	if err != nil || len(list) != 1 || list[0].ID != id || list[0].Changes != 10 || len(list[0].Heads) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	versions, err := s.History(testContext(t), id)
	if err != nil || len(versions) != 10 || versions[9].Label != "set" || !slices.Equal(versions[9].Heads, list[0].Heads) {
		t.Fatalf("%+v, %v", versions, err)
	}
	l := openRaw(s, id)
	if m, err := l.At(versions[3].Heads); err != nil || len(m) != 4 {
		t.Fatalf("version 3: %s, %v", doctest.Show(m), err)
	}
}

func TestClosedStoreRefuses(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	safe(t, s.Create(doctest.ID("a"), nil))
	l := openRaw(s, doctest.ID("a"))
	last := l.Do(doctest.Do("set", put("x", "k")))
	closeTest(t, s)
	closeTest(t, s)
	safe(t, last)
	for _, r := range []doc.Receipt{l.Do(doctest.Do("set", put("y", "k"))), s.Create(doctest.ID("b"), nil)} {
		if err := r.Wait(testContext(t)); !errors.Is(err, doc.ErrClosed) {
			t.Fatalf("got %v, want ErrClosed", err)
		}
	}
	if got := openRaw(s, doctest.ID("a")).Snapshot(); got.State != doc.Unavailable || !errors.Is(got.Err, doc.ErrClosed) {
		t.Fatalf("a closed store opens %+v", got)
	}
}

func TestStatusWords(t *testing.T) {
	for want, st := range map[string]Status{
		"Saving…":                         {State: Saving},
		"Saved on this device":            {},
		"NOT SAVED: the disk is full":     {State: NotSaved, Err: fmt.Errorf("saving: %w: code 13", sqlite.ErrFull)},
		"NOT SAVED: something unheard of": {State: NotSaved, Err: errors.New("something unheard of")},
	} {
		if got := st.String(); got != want {
			t.Errorf("%+v says %q, want %q", st, got, want)
		}
	}
}

func TestLongHistoryLoadsFromASave(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	id := doctest.ID("long")
	safe(t, s.Create(id, nil))
	l := openRaw(s, id)
	for i := range 3 * savesAfter {
		safe(t, l.Do(doctest.Do("set", put(int64(i), "k"))))
	}
	want := l.Snapshot()
	closeTest(t, s)
	for _, harm := range []string{"", "UPDATE saves SET upto = upto - 1", "UPDATE saves SET body_hash = x'00'"} {
		if harm != "" {
			alterCache(t, dir, harm)
		}
		s := openTest(t, dir, testOptions())
		d, err := s.hold(id)
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := s.loadEngine(d, want.Heads)
		if err != nil || !slices.Equal(loaded.eng.Heads(), want.Heads) {
			t.Fatalf("%q: %v", harm, err)
		}
		most := savesAfter - 1 // since the newest save, of which
		if strings.Contains(harm, "upto") {
			most++ // one is forgotten
		}
		if sound := !strings.Contains(harm, "hash"); sound != (loaded.rows <= most) {
			t.Fatalf("%q: %d rows were loaded", harm, loaded.rows)
		}
		loaded.eng.Close()
		s.Abandon()
	}
}
