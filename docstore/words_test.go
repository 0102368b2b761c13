package docstore

import (
	"testing"

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
