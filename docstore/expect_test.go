package docstore

import (
	"sync/atomic"
	"testing"
	"time"

	"corkboard/doc"
)

// What others write in a document that nobody uses waits, and is taken in at once when
// somebody opens it.
func TestWhatNobodyLooksAtIsTakenInTogether(t *testing.T) {
	var fed, held atomic.Int64
	o := testOptions()
	o.Idle = time.Hour
	o.feed = func(list [][]byte) error {
		fed.Add(1)
		held.Add(int64(len(list)))
		return nil
	}
	s, id, g := shared(t, t.TempDir(), o)
	g.edit(s, id, put("first", "t0"))
	g.tells(s)
	l := openRaw(s, id)
	shows(t, l, "t0", "first")
	l.Close()
	genesis := s.genesisOf(t, id) // asking for it uses the document
	eventually(t, "nobody uses the document", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.docs[id].refs == 0
	})
	fed.Store(0)
	held.Store(0)
	for _, name := range []string{"t1", "t2", "t3", "t4"} {
		if _, err := g.r.Edit(genesis, []doc.Edit{put("later", name)}, "theirs", 2); err != nil {
			t.Fatal(err)
		}
		g.tells(s)
	}
	if n := fed.Load(); n != 0 {
		t.Errorf("the engine was called %d times for what nobody looks at", n)
	}
	l = openRaw(s, id)
	defer l.Close()
	shows(t, l, "t4", "later")
	shows(t, l, "t1", "later")
	if fed.Load() != 1 || held.Load() != 4 {
		t.Errorf("%d calls for %d changes, want one for all four", fed.Load(), held.Load())
	}
	g.edit(s, id, put("seen", "t5"))
	g.tells(s)
	shows(t, l, "t5", "seen") // somebody looks: it does not wait
}

// What nobody has looked at when the store closes is there at the next start.
func TestWhatWaitsOutlivesTheStore(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	o.Idle = time.Hour
	s, id, g := shared(t, dir, o)
	g.edit(s, id, put("late", "t1"))
	g.tells(s)
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	shows(t, openRaw(s, id), "t1", "late")
}

// Words of others go to the disk with the next that does, or when the store closes.
func TestTheNewestWordOfAReplicaIsKept(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	sh, err := s.Shelf(s.home().id)
	if err != nil {
		t.Fatal(err)
	}
	home := s.home().id
	for n := range uint64(500) {
		sh.SetPeer([16]byte{1}, [32]byte{2}, [32]byte{3}, n, 0)
		sh.SetPeer([16]byte{4}, [32]byte{5}, [32]byte{6}, 0, 2*n)
	}
	if n := s.Status().Pending; n != 0 {
		t.Errorf("%d plans wait, and nobody waits for them", n)
	}
	closeTest(t, s)
	if sh, err = openTest(t, dir, testOptions()).Shelf(home); err != nil {
		t.Fatal(err)
	}
	if seen := sh.Seen([16]byte{1}); seen != 499 || len(sh.Peers()) != 2 {
		t.Errorf("seen is %d of 499: %v", seen, sh.Peers())
	}
}
