package docstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/doc/doctest"
)

// bring gives a store whatever it does not count and another has, as two do that compare
// all they have.
func bring(t *testing.T, id access.RecordID, from, to *Store) (items int) {
	t.Helper()
	a := shelf(t, from, id)
	return give(t, a.After(0, 1000), a, shelf(t, to, id))
}

// hurt is two stores with ten changes of one document, of which the second one's log is
// damaged while it is closed: what, by a query.
func hurt(t *testing.T, query string, cached bool) (a *Store, dir string, c access.RecordID, id doc.ID, want doc.Map) {
	t.Helper()
	dir = t.TempDir()
	a, b := openTest(t, t.TempDir(), testOptions()), openTest(t, dir, testOptions())
	c, id = together(t, a, b)
	ha, hb := openRaw(a, id), openRaw(b, id)
	for n := range 10 {
		writer, live, reader := a, ha, b
		if n%3 == 2 {
			writer, live, reader = b, hb, a
		}
		doctest.AwaitState(t, live, doc.Ready)
		safe(t, live.Do(doctest.Do("set", put(int64(n), fmt.Sprint("n", n)))))
		carry(t, c, writer, reader)
	}
	shows(t, hb, "n9", int64(9))
	want = hb.Snapshot().Value
	hb.Close()
	closeTest(t, b)
	if !cached {
		dropCache(t, dir)
	}
	alterLog(t, dir, query)
	return a, dir, c, id, want
}

func changeNo(n int) string {
	return fmt.Sprintf("WHERE id = (SELECT id FROM chunks WHERE kind = 'change' AND state = 0 AND collection > 1 ORDER BY id LIMIT 1 OFFSET %d)", n)
}

// Whatever is damaged of what others have comes again, and is then as if it had not been.
func TestWhatIsDamagedComesAgain(t *testing.T) {
	for name, query := range map[string]string{
		"their change":        "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) " + changeNo(2),
		"my change":           "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) " + changeNo(3),
		"its end":             "UPDATE chunks SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB) " + changeNo(5),
		"the first":           "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) " + changeNo(0),
		"the last":            "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) " + changeNo(10),
		"two":                 "UPDATE chunks SET body = x'00' WHERE kind = 'change' AND state = 0 AND collection > 1 AND id % 4 = 0",
		"the name of a chunk": "UPDATE chunks SET body_hash = CAST(x'00' || substr(body_hash, 2) AS BLOB) " + changeNo(4),
		"all runs":            "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE kind = 'run' AND collection > 1",
		"the beginning":       "UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE kind = 'genesis' AND collection > 1",
		"a record":            "UPDATE records SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE id = (SELECT max(id) FROM records WHERE collection > 1)",
	} {
		for _, cached := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, cached=%v", name, cached), func(t *testing.T) {
				a, dir, c, id, want := hurt(t, query, cached)
				comesAgain(t, a, dir, c, id, want)
			})
		}
	}
}

// comesAgain opens a damaged profile, has a bring it what it lacks, and looks whether it
// is whole then and stays so.
func comesAgain(t *testing.T, a *Store, dir string, c access.RecordID, id doc.ID, want doc.Map) {
	t.Helper()
	b := openTest(t, dir, testOptions())
	l := openRaw(b, id)
	eventually(t, "opened", func() bool { return l.Snapshot().State != doc.Loading })
	before := l.Snapshot()
	if whole := doc.Equal(before.Value, want); !whole && before.Err == nil {
		t.Errorf("it shows %s and says nothing", doctest.Show(before.Value))
	}
	if err := b.Awaken(c); err != nil {
		t.Fatal(err)
	}
	heed(t, b, id)
	if after := l.Snapshot(); doc.Equal(before.Value, want) && !doc.Equal(after.Value, want) {
		t.Errorf("awake it shows %s", doctest.Show(after.Value))
	}
	if n := bring(t, c, a, b); n == 0 {
		t.Fatal("nothing was missing")
	}
	eventually(t, "whole again", func() bool {
		s := l.Snapshot()
		return s.State == doc.Ready && s.Err == nil && doc.Equal(s.Value, want)
	})
	safe(t, l.Do(doctest.Do("go on", put(true, "on"))))
	l.Close()
	closeTest(t, b)
	dropCache(t, dir)

	b = openTest(t, dir, testOptions())
	if r, err := b.Check(testContext(t)); err != nil || !r.OK() {
		t.Errorf("check: %+v, %v", r, err)
	}
	got := doctest.AwaitState(t, openRaw(b, id), doc.Ready)
	if got.Err != nil || got.Value["n9"] != int64(9) || got.Value["on"] != true || len(got.Value) != len(want)+1 {
		t.Errorf("after a restart: %v, %s", got.Err, doctest.Show(got.Value))
	}
	if n := bring(t, c, a, b); n != 0 {
		t.Errorf("%d items come again and again", n)
	}
	carry(t, c, b, a)
	shows(t, openRaw(a, id), "on", true)
	closeTest(t, b)
}

// Until it comes, what is damaged is named, at every start.
func TestWhatIsDamagedIsNamedUntilItComes(t *testing.T) {
	a, dir, c, id, _ := hurt(t, "UPDATE chunks SET body = x'00' "+changeNo(4), false)
	for range 3 {
		b := openTest(t, dir, testOptions())
		l := openRaw(b, id)
		if err := b.Awaken(c); err != nil {
			t.Fatal(err)
		}
		got := doctest.AwaitState(t, l, doc.Ready)
		if !errors.Is(got.Err, ErrDamaged) || got.Value["n2"] == nil || got.Value["n9"] != nil {
			t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
		}
		if r, err := b.Check(testContext(t)); err != nil || r.OK() {
			t.Fatalf("check: %+v, %v", r, err)
		}
		closeTest(t, b)
	}
	closeTest(t, a)
}

// What is nobody else's comes from the profile's own backups, were it the rows without
// which no document opens.
func TestWhatIsDamagedIsTakenFromABackup(t *testing.T) {
	made := t.TempDir()
	s := openTest(t, made, testOptions())
	id := doctest.ID("mine")
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	l := openRaw(s, id)
	for n := range 6 {
		safe(t, l.Do(doctest.Do("set", put(int64(n), fmt.Sprint(n)))))
	}
	if _, err := s.Backup(testContext(t)); err != nil {
		t.Fatal(err)
	}
	safe(t, l.Do(doctest.Do("set", put("since", "later"))))
	want := l.Snapshot().Value
	closeTest(t, s)
	for _, harm := range []string{
		"records SET body = x'00' WHERE id = 1", "records SET body = x'00' WHERE id = 2", "records SET body = x'00' WHERE id = 3",
		"records SET body_hash = x'00' WHERE id = 1",
		"chunks SET body = x'00' WHERE id = (SELECT min(id) FROM chunks WHERE kind = 'change')",
		"chunks SET body = x'00' WHERE id = (SELECT min(id) + 4 FROM chunks WHERE kind = 'change')",
		"chunks SET body_hash = x'00' WHERE id = (SELECT min(id) + 4 FROM chunks WHERE kind = 'change')",
		"chunks SET body = x'00' WHERE kind <> 'change'",
		"steps SET body = x'00' WHERE id = (SELECT min(id) + 3 FROM steps)",
	} {
		t.Run(harm, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "copy")
			if err := os.CopyFS(dir, os.DirFS(made)); err != nil {
				t.Fatal(err)
			}
			dropCache(t, dir)
			alterLog(t, dir, "UPDATE "+harm)
			s := openTest(t, dir, testOptions())
			l := openRaw(s, id)
			if got := doctest.AwaitState(t, l, doc.Ready); got.Err != nil || !doc.Equal(got.Value, want) {
				t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
			}
			for range 7 {
				safe(t, l.Undo())
			}
			if got := l.Snapshot().Value; len(got) != 1 || got["k"] != "x" {
				t.Errorf("undone it shows %s", doctest.Show(got))
			}
			if err := s.Awaken(s.HomeCollection()); err != nil {
				t.Fatal(err)
			}
			if r, err := s.Check(testContext(t)); err != nil || !r.OK() {
				t.Errorf("check: %+v, %v", r, err)
			}
			closeTest(t, s)
		})
	}
}
