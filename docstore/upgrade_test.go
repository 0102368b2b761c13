package docstore

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/sqlite"
)

// firstFormat is a copy of a profile that a program of the first format wrote in
// three runs: header.json, log.db, and what it showed at last in trees.txt.
func firstFormat(t *testing.T) (dir string, shown map[doc.ID]string) {
	t.Helper()
	dir, shown = t.TempDir(), map[doc.ID]string{}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "format-1"))); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "trees.txt"))
	if err == nil {
		err = os.Remove(filepath.Join(dir, "trees.txt"))
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		name, tree, _ := strings.Cut(strings.TrimSpace(line), " {")
		shown[doctest.ID(name)] = "{" + tree
	}
	return dir, shown
}

func sum(t *testing.T, path string) [32]byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(b)
}

// wantUpgraded opens a profile and looks for everything that was there.
func wantUpgraded(t *testing.T, dir string, shown map[doc.ID]string) {
	t.Helper()
	s := openTest(t, dir, testOptions())
	list, err := s.Documents(testContext(t))
	if err != nil || len(list) != len(shown) || len(list) != 5 || s.Profile().Format != formatNow {
		t.Fatalf("%d documents in format %d, %v", len(list), s.Profile().Format, err)
	}
	for _, i := range list {
		l := openRaw(s, i.ID)
		got := doctest.AwaitState(t, l, doc.Ready)
		if got.Err != nil || doctest.Show(got.Value) != shown[i.ID] || len(i.Heads) > 1 {
			t.Errorf("%s: %v, heads %v, %s\nwant %s", i.ID, got.Err, i.Heads, doctest.Show(got.Value), shown[i.ID])
		}
	}
	if r, err := s.Check(testContext(t)); err != nil || !r.OK() {
		t.Errorf("%+v, %v", r, err)
	}
	closeTest(t, s)
}

func TestTheFirstFormatIsBroughtUpToDate(t *testing.T) {
	dir, shown := firstFormat(t)
	was := sum(t, filepath.Join(dir, logName))
	wantUpgraded(t, dir, shown)
	if sum(t, filepath.Join(dir, "backups", oldLogName)) != was {
		t.Error("the old log is not kept as it was")
	}
	s := openTest(t, dir, testOptions())
	r := received(t, s, everything(t, s))
	defer r.Close()
	id := doctest.ID("old 0")
	genesis := s.genesisOf(t, id)
	if got, err := r.Tree(genesis); err != nil || doctest.Show(got) != shown[id] {
		t.Errorf("others would see %s, %v", doctest.Show(got), err)
	}
	versions, err := s.History(testContext(t), id)
	if err != nil || len(versions) != 16 || versions[1].Label != "set 0" || versions[15].Label != "Undo set 3" {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	l := openRaw(s, id)
	if m, err := l.At(versions[1].Heads); err != nil || m["n"] != int64(0) || m["text"] != doc.Text("héwörds llo") {
		t.Errorf("an old version: %s, %v", doctest.Show(m), err)
	}
	for range 3 {
		safe(t, l.Undo())
	}
	if got := l.Snapshot().Value; got["n"] != int64(13) && got["n"] != int64(12) {
		t.Errorf("undone: %s", doctest.Show(got))
	}
	safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
}

// genesisOf is what a document is called outside.
func (s *Store) genesisOf(t *testing.T, id doc.ID) chunk.DocumentID {
	t.Helper()
	d, err := s.hold(id)
	if err != nil {
		t.Fatal(err)
	}
	defer d.release()
	genesis, err := d.genesis()
	if err != nil {
		t.Fatal(err)
	}
	return genesis
}

func alterOldLog(t *testing.T, dir, query string) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, logName), sqlite.Options{Migrations: firstSchema})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return tx.Exec(query) }); err != nil {
		t.Fatal(err)
	}
}

var errStop = errors.New("the power went out")

// Wherever an upgrade is cut short, the next start ends it, and nothing is lost.
func TestAnUpgradeThatIsCutShort(t *testing.T) {
	for _, at := range []string{"written", "vault", "kept", "renamed"} {
		t.Run(at, func(t *testing.T) {
			dir, shown := firstFormat(t)
			o := testOptions()
			o.step = func(step string) error {
				if step == at {
					return errStop
				}
				return nil
			}
			if _, err := Open(dir, o); !errors.Is(err, errStop) {
				t.Fatalf("stopped: %v", err)
			}
			wantUpgraded(t, dir, shown)
		})
	}
}

func TestADamagedOldProfileKeepsWhatCanBeRead(t *testing.T) {
	dir, shown := firstFormat(t)
	alterOldLog(t, dir, "UPDATE chunks SET body = x'00' WHERE id = (SELECT id FROM chunks WHERE document = '"+string(doctest.ID("old 1"))+"' ORDER BY id LIMIT 1 OFFSET 9)")
	s := openTest(t, dir, testOptions())
	if names := quarantined(t, dir); len(names) != 2 {
		t.Errorf("set aside: %v", names)
	}
	for id, tree := range shown {
		got := doctest.AwaitState(t, openRaw(s, id), doc.Ready)
		if damaged := id == doctest.ID("old 1"); damaged != errors.Is(got.Err, ErrDamaged) || damaged == (doctest.Show(got.Value) == tree) {
			t.Errorf("%s: %v, %s", id, got.Err, doctest.Show(got.Value))
		}
	}
}

// What cannot be copied whole is not put into the place of the old log.
func TestAnUpgradeThatFailsLeavesTheOldProfile(t *testing.T) {
	for name, harm := range map[string]func(o *Options){
		"full disk": func(o *Options) { o.MaxPages.Store(8) },
		"unreadable": func(o *Options) {
			alterOldLog(t, filepath.Dir(o.App), "UPDATE chunks SET body = x'00', body_hash = x'"+fmt.Sprintf("%x", bodyHash([]byte{0}))+"' WHERE id = 5")
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := firstFormat(t)
			o := testOptions().filled()
			o.App = filepath.Join(dir, "x")
			harm(&o)
			header, err := os.ReadFile(filepath.Join(dir, headerName))
			was := sum(t, filepath.Join(dir, logName))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir, o); err == nil || name == "full disk" && !errors.Is(err, sqlite.ErrFull) {
				t.Fatalf("opened: %v", err)
			}
			now, err := os.ReadFile(filepath.Join(dir, headerName))
			if err != nil || !bytes.Equal(header, now) || sum(t, filepath.Join(dir, logName)) != was || hasVault(&profile{dir: dir}) {
				t.Errorf("the profile is another: %v", err)
			}
		})
	}
}
