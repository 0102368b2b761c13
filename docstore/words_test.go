package docstore

import (
	"sync/atomic"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/identity"
)

// What others say of their copies goes to the disk with what is written anyway, and
// when the store is flushed.
func TestWordsOfOthersCostNoCommits(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	c, err := s.Found(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.NewIDIn(c)
	if err != nil {
		t.Fatal(err)
	}
	sh := shelf(t, s, c)
	if err := s.Flush(testContext(t)); err != nil {
		t.Fatal(err)
	}
	before, _ := s.board.attempts()
	for n := range 1000 {
		sh.SetPeer([16]byte{byte(n % 10)}, identity.PersonID{}, identity.DeviceID{}, uint64(n), uint64(n))
	}
	safe(t, s.Create(id, []doc.Edit{put("a", "b")}))
	if err := s.Flush(testContext(t)); err != nil {
		t.Fatal(err)
	}
	if after, _ := s.board.attempts(); after > before+10 {
		t.Errorf("%d commits", after-before)
	}
	sh.SetPeer([16]byte{99}, identity.PersonID{}, identity.DeviceID{}, 7, 0)
	if err := s.Close(testContext(t)); err != nil {
		t.Fatal(err)
	}
	kept := shelf(t, openTest(t, dir, testOptions()), c)
	if n := len(kept.Peers()); n != 11 {
		t.Errorf("%d words are kept", n)
	}
	if got := kept.Seen([16]byte{9}); got != 999 {
		t.Errorf("seen up to %d", got)
	}
	if got := kept.Seen([16]byte{99}); got != 7 {
		t.Errorf("the last word: seen up to %d", got)
	}
}

// Nothing else is written: the words are all the same on disk soon.
func TestWordsOfOthersAreWrittenSoon(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	c, err := s.Found(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	sh := shelf(t, s, c)
	sh.SetPeer([16]byte{1}, identity.PersonID{}, identity.DeviceID{}, 7, 0)
	in, err := s.collections.get(c)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the word is on disk", func() bool {
		peers, err := in.readPeers()
		return err == nil && peers[[16]byte{1}].Seen == 7
	})
}

// Whoever makes up names for copies does not make the list of them grow for ever.
func TestOnlySoManyCopiesAreRemembered(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	var clock atomic.Int64
	o.Now = func() time.Time { return time.UnixMilli(clock.Add(1)) }
	s := openTest(t, dir, o)
	c, err := s.Found(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	sh := shelf(t, s, c)
	for n := range 3 * maxPeers {
		sh.SetPeer([16]byte{byte(n), byte(n >> 8)}, identity.PersonID{}, identity.DeviceID{}, uint64(n+1), 0)
		if n%500 == 0 {
			if err := s.Flush(testContext(t)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := len(sh.Peers()); n != maxPeers {
		t.Errorf("%d are remembered", n)
	}
	closeTest(t, s)
	kept := shelf(t, openTest(t, dir, testOptions()), c)
	last := 3*maxPeers - 1
	if n := len(kept.Peers()); n != maxPeers || kept.Seen([16]byte{byte(last), byte(last >> 8)}) != uint64(last+1) || kept.Seen([16]byte{0, 1}) != 0 {
		t.Errorf("%d are kept", n)
	}
}
