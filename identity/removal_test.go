package identity

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"corkboard/identity/portrait"
)

// trio is a person with the devices a, b and c.
func trio(t *testing.T) (l *Log, a, b, c *Device) {
	a, b, c = players.devices[0], players.devices[1], players.devices[2]
	l = found(t, a)
	add(t, l, a, b)
	add(t, l, a, c)
	return l, a, b, c
}

func wantActive(t *testing.T, l *Log, want ...*Device) {
	t.Helper()
	s, n := l.State(), 0
	for _, d := range s.Devices {
		if !d.Removed {
			n++
		}
	}
	for i, d := range want {
		if !s.Active(d.ID()) {
			t.Errorf("device %d is not active", i)
		}
	}
	if n != len(want) {
		t.Errorf("%d active devices, want %d", n, len(want))
	}
}

func TestARemovedDeviceWritesNoMore(t *testing.T) {
	l, a, b, c := trio(t)
	remove(t, l, a, b)
	wantActive(t, l, a, c)
	if !l.State().Has(b.ID()) {
		t.Error("a removed device was never there")
	}
	d := players.devices[3]
	for name, try := range map[string]func() ([]byte, error){
		"profile":       func() ([]byte, error) { return l.SetProfile(b, 1, Profile{Name: "x"}) },
		"sealing key":   func() ([]byte, error) { return l.SetKEM(b, 1) },
		"add a device":  func() ([]byte, error) { return l.AddDevice(b, 1, d.Apply(l.person, "")) },
		"add itself":    func() ([]byte, error) { return l.AddDevice(b, 1, b.Apply(l.person, "")) },
		"remove":        func() ([]byte, error) { return l.RemoveDevice(b, 1, a.ID()) },
		"be added":      func() ([]byte, error) { return l.AddDevice(a, 1, b.Apply(l.person, "")) },
		"stranger":      func() ([]byte, error) { return l.SetProfile(d, 1, Profile{}) },
		"strange words": func() ([]byte, error) { return l.RemoveDevice(players.words[1], 1, a.ID()) },
		"remove nobody": func() ([]byte, error) { return l.RemoveDevice(a, 1, d.ID()) },
	} {
		if _, err := try(); !errors.Is(err, ErrNotEntitled) {
			t.Errorf("%s: got %v, want ErrNotEntitled", name, err)
		}
	}
}

func TestWhatARemovedDeviceDidMeanwhileIsVoid(t *testing.T) {
	l, a, thief, c := trio(t)
	theirs := fork(t, l)
	d, e := players.devices[3], players.devices[4]
	bad := []RecordID{add(t, theirs, thief, d), add(t, theirs, d, e)}
	raw, err := theirs.SetProfile(e, 1, Profile{Name: "thief"})
	bad = append(bad, must(t, raw, err))
	remove(t, l, a, thief)
	merge(t, l, theirs)
	wantActive(t, l, a, c)
	if !slices.Equal(l.Void(), sortIDs(bad)) {
		t.Errorf("void are %v, want %v", l.Void(), bad)
	}
	if s := l.State(); s.Has(d.ID()) || s.Has(e.ID()) || s.Profile.Name != "" {
		t.Errorf("something of a void record counts: %v", s)
	}
}

func TestWhatWasSeenBeforeARemovalStays(t *testing.T) {
	l, a, b, c := trio(t)
	d := players.devices[3]
	add(t, l, b, d)
	remove(t, l, a, b)
	wantActive(t, l, a, c, d)
}

func TestConcurrentRemovalsBothApply(t *testing.T) {
	l, a, b, c := trio(t)
	other := fork(t, l)
	remove(t, l, a, b)
	remove(t, other, b, a)
	merge(t, l, other)
	wantActive(t, l, c)
	if len(l.Void()) > 0 {
		t.Error("a removal is void")
	}
}

func TestTheWordsBringBackWhatAThiefRemoved(t *testing.T) {
	l, a, thief, c := trio(t)
	good := l.Heads()
	theirs := fork(t, l)
	add(t, theirs, thief, players.devices[3])
	remove(t, theirs, thief, a)
	remove(t, theirs, players.devices[3], c)
	merge(t, l, theirs)
	wantActive(t, l, thief, players.devices[3])
	raw, err := l.RemoveDeviceAfter(players.words[0], 9, thief.ID(), good)
	must(t, raw, err)
	wantActive(t, l, a, c)
	add(t, l, c, players.devices[4])
	wantActive(t, l, a, c, players.devices[4])
}

func TestTheWordsWorkWithoutAnyDevice(t *testing.T) {
	l, a, b, c := trio(t)
	other := fork(t, l)
	remove(t, l, a, b)
	remove(t, l, a, c)
	remove(t, other, b, a)
	merge(t, l, other)
	wantActive(t, l)
	add(t, l, players.words[0], players.devices[5])
	add(t, l, players.devices[5], players.devices[6])
	wantActive(t, l, players.devices[5], players.devices[6])
}

func TestNewWordsReplaceOldOnes(t *testing.T) {
	l, a, _, _ := trio(t)
	other := fork(t, l)
	raw, err := l.SetRecovery(players.words[0], 9, players.words[1])
	must(t, raw, err)
	if _, err := l.RemoveDevice(players.words[0], 9, a.ID()); !errors.Is(err, ErrNotEntitled) {
		t.Errorf("old words: got %v, want ErrNotEntitled", err)
	}
	if s := l.State(); len(s.Recovery) != 1 || s.Recovery[0].ID != players.words[1].ID() {
		t.Error("other words count")
	}
	raw, err = other.SetRecovery(players.words[0], 9, players.words[2])
	must(t, raw, err)
	merge(t, l, other)
	if n := len(l.State().Recovery); n != 2 {
		t.Errorf("of words set at the same time %d count, want both", n)
	}
	remove(t, l, players.words[1], a)
	add(t, l, players.words[2], players.devices[3])
}

// Two devices let one in each; each of these removes the other one's sponsor.
// A rule that voids removals together with the device that wrote them would
// have no answer here.
func TestACircleOfRemovalsHasOneAnswer(t *testing.T) {
	l, a, c, keep := trio(t)
	other := fork(t, l)
	d, b := players.devices[3], players.devices[4]
	add(t, l, a, d)
	remove(t, l, d, c)
	add(t, other, c, b)
	remove(t, other, b, a)
	merge(t, l, other)
	merge(t, other, l)
	same(t, 0, l, other)
	wantActive(t, l, keep)
}

func TestAFrontierLiesInThePast(t *testing.T) {
	l, a, b, _ := trio(t)
	other := fork(t, l)
	unseen := add(t, other, a, players.devices[3])
	for name, heads := range map[string][]RecordID{"unseen": {unseen}, "unknown": {{9}}} {
		if _, err := l.RemoveDeviceAfter(players.words[0], 9, b.ID(), heads); !errors.Is(err, ErrNotEntitled) {
			t.Errorf("%s: got %v, want ErrNotEntitled", name, err)
		}
	}
}

func TestTheNewestProfileAndKeyCount(t *testing.T) {
	l, a, b, _ := trio(t)
	fresh, err := a.WithNewKEM(stream(5))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := l.SetKEM(fresh, 4)
	must(t, raw, err)
	want := Profile{Name: "Ada", Colour: [3]byte{1, 2, 3}, Picture: strings.Repeat("4", portrait.Size)}
	raw, err = l.SetProfile(b, 5, Profile{Name: "old"})
	must(t, raw, err)
	raw, err = l.SetProfile(a, 4, want)
	must(t, raw, err)
	s := l.State()
	if s.Profile != want {
		t.Errorf("profile %+v, want %+v", s.Profile, want)
	}
	if string(s.Devices[a.ID()].KEM) != string(fresh.KEM()) || string(s.Devices[b.ID()].KEM) != string(b.KEM()) {
		t.Error("other sealing keys")
	}
}
