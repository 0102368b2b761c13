package docstore

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/sqlite"
)

// kept is a closed profile with some documents: its folder, and what they show.
func kept(t *testing.T, backup bool) (dir string, want map[doc.ID]doc.Map) {
	t.Helper()
	dir, want = t.TempDir(), map[doc.ID]doc.Map{}
	s := openTest(t, dir, testOptions())
	for n := range 3 {
		id := doctest.ID(fmt.Sprint("document ", n))
		safe(t, s.Create(id, []doc.Edit{put("begun", "name")}))
		h := openRaw(s, id)
		for k := range 8 {
			safe(t, h.Do(doctest.Do("set", put(fmt.Sprint(id, " says ", k, random16()), fmt.Sprint("k", k)))))
		}
		want[id] = h.Snapshot().Value
		h.Close()
	}
	if backup {
		if _, err := s.Backup(testContext(t)); err != nil {
			t.Fatal(err)
		}
	}
	closeTest(t, s)
	dropCache(t, dir)
	return dir, want
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func copiedProfile(t *testing.T, from string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

const pageSize = 4096

// losePage overwrites a page of a log.
func losePage(t *testing.T, dir string, page int, fill []byte) {
	t.Helper()
	f, err := os.OpenFile(LogPath(dir), os.O_RDWR, 0)
	if err == nil {
		_, err = f.WriteAt(fill, int64(page*pageSize))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// pages is how many a log has.
func pages(t *testing.T, dir string) int {
	t.Helper()
	info, err := os.Stat(LogPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	return int(info.Size() / pageSize)
}

// meets opens a profile as often as it takes until nothing has torn.
func meets(t *testing.T, dir string, want map[doc.ID]doc.Map) (s *Store, whole, named int) {
	t.Helper()
	for range 3 {
		s, err := Open(dir, testOptions())
		if err != nil {
			t.Log(err)
			return nil, 0, 0
		}
		whole, named = 0, 0
		for id, is := range want {
			h := openRaw(s, id)
			eventually(t, "opened", func() bool { return h.Snapshot().State != doc.Loading })
			got := h.Snapshot()
			switch {
			case got.Err == nil && doc.Equal(got.Value, is):
				whole++
			case got.Err != nil:
				named++
			default:
				t.Errorf("%s shows %d of %d without a word", id, len(got.Value), len(is))
			}
			h.Close()
		}
		if _, err := s.Check(testContext(t)); err != nil && !errors.Is(err, sqlite.ErrCorrupt) {
			t.Error(err)
		}
		if s.Torn() == nil {
			return s, whole, named
		}
		closeTest(t, s)
	}
	t.Fatal("it is torn again and again")
	return nil, 0, 0
}

// Whichever page of the log is lost: with a backup everything is there again at the start
// after it was noticed, and without one whatever did not lie on that page.
func TestAnyPageMayBeLost(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a profile for each page")
	}
	random := rand.NewChaCha8([32]byte{2})
	for _, backup := range []bool{true, false} {
		made, want := kept(t, backup)
		shut, mended := 0, 0
		for page := range pages(t, made) {
			if backup && page%3 > 0 {
				continue // what is read of the damaged log is the same
			}
			fill := make([]byte, pageSize)
			if page%2 == 1 {
				_, _ = random.Read(fill)
			}
			dir := copiedProfile(t, made)
			losePage(t, dir, page, fill)
			s, whole, named := meets(t, dir, want)
			if backup && whole < len(want) {
				t.Errorf("page %d: %d of %d documents, though there is a backup", page+1, whole, len(want))
			}
			if whole == 0 {
				shut++
				t.Logf("page %d: %d named, the store is open: %v", page+1, named, s != nil)
			}
			if s != nil {
				if errors.Is(s.Rebuilt(), ErrRebuilt) {
					mended++
				}
				closeTest(t, s)
			}
		}
		if mended == 0 || shut > 3 {
			t.Errorf("backup %v: %d logs were written anew, %d pages take everything", backup, mended, shut)
		}
	}
}

// tornProfile is a profile of which the first page of the log is lost.
func tornProfile(t *testing.T) (dir string, want map[doc.ID]doc.Map) {
	t.Helper()
	dir, want = kept(t, false)
	losePage(t, dir, 0, make([]byte, pageSize))
	return dir, want
}

// What is written anew is another log to others, and the damaged one is kept.
func TestARebuiltLogIsAnother(t *testing.T) {
	dir, want := kept(t, false)
	s := openTest(t, dir, testOptions())
	was, err := s.replicaBase()
	fine(t, err)
	shelf(t, s, s.HomeCollection()).SetPeer([16]byte{1}, [32]byte{2}, [32]byte{3}, 7, 7)
	closeTest(t, s)
	losePage(t, dir, 0, make([]byte, pageSize))
	damaged, err := os.ReadFile(LogPath(dir))
	fine(t, err)
	s, whole, _ := meets(t, dir, want)
	if whole != len(want) || !errors.Is(s.Rebuilt(), ErrRebuilt) {
		t.Fatalf("%d of %d, %v", whole, len(want), s.Rebuilt())
	}
	if now, err := s.replicaBase(); err != nil || now == was {
		t.Errorf("it counts on under its old name: %v", err)
	}
	if n := shelf(t, s, s.HomeCollection()).Peers(); len(n) > 0 {
		t.Errorf("it knows what others have: %v", n)
	}
	closeTest(t, s)
	if s = openTest(t, dir, testOptions()); s.Rebuilt() != nil {
		t.Error("it is written anew at every start")
	}
	closeTest(t, s)
	aside, err := filepath.Glob(filepath.Join(dir, quarantineName, "log-*.db"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("%v, %v", aside, err)
	}
	if b, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(b, damaged) {
		t.Errorf("the damaged log is not as it was: %v", err)
	}
	for _, name := range []string{tornName, rebuiltName, newLogName} {
		if isThere(filepath.Join(dir, name)) {
			t.Errorf("%s is left", name)
		}
	}
}

// A crash between any two steps costs nothing.
func TestRebuildingGoesOnAfterACrash(t *testing.T) {
	made, want := tornProfile(t)
	stop := errors.New("stop")
	for _, at := range []string{"torn", "complete", "kept", "rebuilt", "alone", "placed"} {
		dir := copiedProfile(t, made)
		o := testOptions()
		reached := false
		o.step = func(name string) error {
			if reached = reached || name == at; reached {
				return stop
			}
			return nil
		}
		if s, err := Open(dir, o); !errors.Is(err, stop) {
			t.Fatalf("%s: %v, %v", at, s, err)
		}
		s, whole, _ := meets(t, dir, want)
		if whole != len(want) {
			t.Errorf("%s: %d of %d documents", at, whole, len(want))
		}
		closeTest(t, s)
	}
}

// A disk without room for a second log loses nothing of the first.
func TestAFullDiskKeepsATornLog(t *testing.T) {
	dir, want := tornProfile(t)
	o := testOptions()
	o.MaxPages = new(atomic.Int64)
	o.MaxPages.Store(20)
	if _, err := Open(dir, o); !errors.Is(err, sqlite.ErrFull) {
		t.Fatal(err)
	}
	s, whole, _ := meets(t, dir, want)
	if whole != len(want) {
		t.Errorf("%d of %d documents", whole, len(want))
	}
	closeTest(t, s)
}

// A log of which nothing can be read stays where it is, as it is.
func TestALogThatIsLostIsNotReplaced(t *testing.T) {
	for _, what := range []string{"", "zeros", "something else"} {
		dir, _ := kept(t, false)
		b, err := os.ReadFile(LogPath(dir))
		fine(t, err)
		switch what {
		case "":
			b = nil
		case "zeros":
			clear(b)
		default:
			_, _ = rand.NewChaCha8([32]byte{3}).Read(b)
		}
		fine(t, os.WriteFile(LogPath(dir), b, 0o600))
		if _, err := Open(dir, testOptions()); err == nil {
			t.Errorf("%q: it opens", what)
		}
		if now, err := os.ReadFile(LogPath(dir)); err != nil || len(b) > 0 && !bytes.Equal(now, b) {
			t.Errorf("%q: the log was changed: %v", what, err)
		}
		if list, err := os.ReadDir(filepath.Join(dir, quarantineName)); err == nil && len(list) > 0 {
			t.Errorf("%q: it was moved: %v", what, list)
		}
	}
}

// A log that counts its migrations wrongly is damaged, too.
func TestALogOfAWrongVersion(t *testing.T) {
	for _, version := range []int{-7, 1, 2} {
		dir, want := kept(t, false)
		alterLog(t, dir, fmt.Sprintf("PRAGMA user_version = %d", version))
		s, whole, _ := meets(t, dir, want)
		if whole != len(want) || !errors.Is(s.Rebuilt(), ErrRebuilt) {
			t.Errorf("version %d: %d of %d documents, %v", version, whole, len(want), s.Rebuilt())
		}
		closeTest(t, s)
	}
}

// A log that only seemed to be damaged, and one of a newer program, stay as they are.
func TestOnlyATornLogIsWrittenAnew(t *testing.T) {
	dir, _ := kept(t, false)
	fine(t, os.WriteFile(filepath.Join(dir, tornName), nil, 0o600))
	s := openTest(t, dir, testOptions())
	if s.Rebuilt() != nil || isThere(filepath.Join(dir, tornName)) {
		t.Errorf("a whole log: %v", s.Rebuilt())
	}
	closeTest(t, s)
	alterLog(t, dir, fmt.Sprintf("PRAGMA user_version = %d", len(logSchema)+1))
	fine(t, os.WriteFile(filepath.Join(dir, tornName), nil, 0o600))
	before, err := os.ReadFile(LogPath(dir))
	fine(t, err)
	if _, err := Open(dir, testOptions()); !errors.Is(err, sqlite.ErrNewer) {
		t.Error(err)
	}
	if after, err := os.ReadFile(LogPath(dir)); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a newer log was changed: %v", err)
	}
}

// What a page took of what others have comes again, as what is damaged does.
func TestWhatIsLostComesAgain(t *testing.T) {
	for name, query := range map[string]string{
		"their change": "DELETE FROM chunks " + changeNo(2),
		"my change":    "DELETE FROM chunks " + changeNo(3),
		"the last":     "DELETE FROM chunks " + changeNo(10),
		"all":          "DELETE FROM chunks WHERE kind = 'change' AND collection > 1",
		"a run":        "DELETE FROM chunks WHERE id = (SELECT max(id) FROM chunks WHERE kind = 'run' AND collection > 1)",
		"a record":     "DELETE FROM records WHERE id = (SELECT max(id) FROM records WHERE collection > 1)",
	} {
		for _, cached := range []bool{false, true} {
			if cached && testing.Short() {
				continue
			}
			t.Run(fmt.Sprintf("%s, cached=%v", name, cached), func(t *testing.T) {
				a, dir, c, id, want := hurt(t, query, cached)
				losePage(t, dir, 0, make([]byte, pageSize))
				comesAgain(t, a, dir, c, id, want)
			})
		}
	}
}

// The list of documents is made anew of their items.
func TestALostListIsMadeAnew(t *testing.T) {
	a, dir, c, id, want := hurt(t, "DELETE FROM documents WHERE collection > 1", false)
	losePage(t, dir, 0, make([]byte, pageSize))
	b, whole, _ := meets(t, dir, map[doc.ID]doc.Map{id: want})
	if whole != 1 {
		t.Error("it is not what it was")
	}
	if n := bring(t, c, a, b); n != 0 {
		t.Errorf("%d items come", n)
	}
	closeTest(t, b)
}

// What has moved stays where it is, though the page is lost that says so.
func TestMovesOutliveTheirPage(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	from, to := doctest.ID("from"), doctest.ID("to")
	for _, id := range []doc.ID{from, to} {
		safe(t, s.Create(id, []doc.Edit{put(string(id), "name")}))
	}
	h := openRaw(s, from)
	heads := doctest.AwaitState(t, h, doc.Ready).Heads
	h.Close()
	fine(t, s.Move(testContext(t), []Move{{From: from, To: to, Heads: heads}}))
	closeTest(t, s)
	alterLog(t, dir, "DELETE FROM moved")
	losePage(t, dir, 0, make([]byte, pageSize))
	s = openTest(t, dir, testOptions())
	if got := s.Moved(from); got != to || !errors.Is(s.Rebuilt(), ErrRebuilt) {
		t.Errorf("it is %s, %v", got, s.Rebuilt())
	}
	closeTest(t, s)
}
