package docstore

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/replica"
	"corkboard/docstore/verify/poison"
)

var errBad = errors.New("the engine fell over")

// A change on which the engine fails costs itself and what builds on it.
func TestAChangeOnWhichTheEngineFailsIsPutAside(t *testing.T) {
	dir := t.TempDir()
	o := testOptions()
	o.feed = func(list [][]byte) error {
		for _, c := range list {
			if strings.Contains(string(c), "poison") {
				return errBad
			}
		}
		return nil
	}
	s, id, g := shared(t, dir, o)
	l := openRaw(s, id)
	g.edit(s, id, put("good", "one"))
	g.tells(s)
	shows(t, l, "one", "good")
	g.edit(s, id, put("poison", "two"))
	g.edit(s, id, put("built upon it", "three"))
	g.tells(s)
	other := someone(t, s)
	other.join(s, access.Write)
	other.edit(s, id, put("well", "four")) // knows of the bad one
	if tree, err := other.r.Tree(s.genesisOf(t, id)); err != nil || tree["two"] != "poison" {
		t.Fatalf("%s, %v", doctest.Show(tree), err)
	}
	other.tells(s)
	safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
	if got := l.Snapshot().Value; got["two"] != nil || got["three"] != nil || got["four"] != nil || got["one"] != "good" || got["k"] != "y" {
		t.Errorf("shows %s", doctest.Show(got))
	}
	if names := quarantined(t, dir); len(names) != 2 || !strings.HasPrefix(names[0], "change-") {
		t.Errorf("set aside: %v", names)
	}
	closeTest(t, s)
	s = openTest(t, dir, testOptions()) // with an engine that could
	quarantine(t, s)
	got := doctest.AwaitState(t, openRaw(s, id), doc.Ready)
	if got.Err != nil || got.Value["two"] != nil || got.Value["k"] != "y" {
		t.Errorf("reopened: %v, %s", got.Err, doctest.Show(got.Value))
	}
}

// What the last process died of is not given to an engine again.
func TestWhatTheLastProcessDiedOfIsPutAside(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	g.edit(s, id, put("bad", "two"))
	list := g.r.Settle()
	bad := list[len(list)-1].Added
	closeTest(t, s)
	journal, _, err := poison.Open(filepath.Join(dir, poisonName))
	if err == nil {
		_, err = journal.Begin(string(id), bad[len(bad)-1].Change.Hash)
	}
	if err = errors.Join(err, journal.Close()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s = openTest(t, dir, testOptions())
		g.told = map[replica.Key]bool{}
		g.tells(s)
		l := openRaw(s, id)
		safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
		if got := l.Snapshot().Value; got["two"] != nil {
			t.Errorf("shows %s", doctest.Show(got))
		}
		if names := quarantined(t, dir); len(names) != 2 {
			t.Errorf("set aside: %v", names)
		}
		closeTest(t, s)
	}
}

// A crash between the chunk and what became of it leaves nothing behind.
func TestWhatWasKeptAndNotTakenInIsFoundAgain(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	g.edit(s, id, put("theirs", "k"))
	g.tells(s)
	l := openRaw(s, id)
	shows(t, l, "k", "theirs")
	closeTest(t, s)
	heads := l.Snapshot().Heads
	alterLog(t, dir, "UPDATE chunks SET state = 1 WHERE hash = '"+heads[0]+"'")
	alterLog(t, dir, "UPDATE documents SET heads = (SELECT deps FROM chunks WHERE hash = '"+heads[0]+"')")
	dropCache(t, dir)
	s = openTest(t, dir, testOptions())
	l = openRaw(s, id)
	if got := doctest.AwaitState(t, l, doc.Ready); got.Err != nil || got.Value["k"] != "x" {
		t.Fatalf("%v, %s", got.Err, doctest.Show(got.Value))
	}
	quarantine(t, s) // whatever wakes the member
	shows(t, l, "k", "theirs")
}

func TestReceiveRefusesAndKeepsNothing(t *testing.T) {
	s, _, _ := shared(t, t.TempDir(), testOptions())
	before := len(everything(t, s))
	for name, c := range map[string]struct {
		sort replica.Sort
		raw  []byte
		want error
	}{
		"no sort": {9, nil, replica.ErrSort},
		"large":   {replica.Chunk, make([]byte, replica.MaxItem+1), replica.ErrTooLarge},
		"garbage": {replica.Chunk, []byte{1, 3, 0}, chunk.ErrMalformed},
	} {
		if err := receive(t, s, c.sort, c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := len(everything(t, s)); after != before {
		t.Errorf("%d items, %d before", after, before)
	}
}
