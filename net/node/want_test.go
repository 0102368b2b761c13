package node

import (
	"fmt"
	"testing"
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
)

func nobody(*want) bool { return false }

var dawn = time.Unix(1_700_000_000, 0)

func TestBackoffGrowsToAMinuteAndBeginsAnewWithAHint(t *testing.T) {
	w := newWants()
	w.jitter = func() float64 { return 0.5 }
	now := dawn
	w.add("a", Saved, identity.DeviceID{}, now)
	for _, s := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		x, _ := w.next(now, nobody)
		if x == nil {
			t.Fatalf("nothing is due before the wait of %d s", s)
		}
		w.failed("a", now)
		x, wait := w.next(now, nobody)
		if x != nil || wait != s*time.Second {
			t.Fatalf("due %v, wait %v; want %d s", x, wait, s)
		}
		now = now.Add(wait)
	}
	w.failed("a", now)
	w.add("a", Hint, identity.DeviceID{}, now)
	if x, _ := w.next(now, nobody); x == nil || x.failures != 0 {
		t.Fatal("a hint does not begin the rhythm anew")
	}
}

func TestJitterIsATenth(t *testing.T) {
	for _, c := range []struct {
		jitter float64
		wait   time.Duration
	}{{0, 900 * time.Millisecond}, {1, 1100 * time.Millisecond}} {
		w := newWants()
		w.jitter = func() float64 { return c.jitter }
		w.add("a", Saved, identity.DeviceID{}, dawn)
		w.failed("a", dawn)
		if _, wait := w.next(dawn, nobody); wait != c.wait {
			t.Errorf("jitter %v: wait %v, want %v", c.jitter, wait, c.wait)
		}
	}
}

func TestAShortConnectionDoesNotBeginTheRhythmAnew(t *testing.T) {
	w := newWants()
	w.jitter = func() float64 { return 0.5 }
	w.add("a", Saved, identity.DeviceID{}, dawn)
	w.failed("a", dawn)
	w.ended("a", time.Second, dawn)
	if _, wait := w.next(dawn, nobody); wait != 2*time.Second {
		t.Errorf("after a short one: wait %v, want 2 s", wait)
	}
	w.ended("a", time.Hour, dawn)
	if _, wait := w.next(dawn, nobody); wait != time.Second {
		t.Errorf("after a long one: wait %v, want 1 s", wait)
	}
}

func TestHintsAreBoundedAndForgotten(t *testing.T) {
	w := newWants()
	w.add("saved", Saved, identity.DeviceID{}, dawn)
	for i := range 3 * maxHints {
		w.add(wire.Address(fmt.Sprint(i)), Hint, identity.DeviceID{}, dawn.Add(time.Duration(i)))
	}
	if len(w.all) != maxHints+1 || w.all["saved"] == nil || w.all["0"] != nil {
		t.Fatalf("%d wants, want %d and the saved one", len(w.all), maxHints+1)
	}
	last := wire.Address(fmt.Sprint(3*maxHints - 1))
	for range hintTries {
		w.failed(last, dawn)
		w.failed("saved", dawn)
	}
	if w.all[last] != nil || w.all["saved"] == nil {
		t.Fatal("a hint that fails is kept, or a saved address is not")
	}
}

func TestStorageAddressesFollowTheLog(t *testing.T) {
	w := newWants()
	one, two := identity.DeviceID{1}, identity.DeviceID{2}
	w.add("b", Saved, identity.DeviceID{}, dawn)
	w.keepStorage(map[wire.Address]identity.DeviceID{"a": one, "b": two}, dawn)
	if len(w.all) != 2 || w.all["b"].device != two || w.all["b"].source != Saved|Storage {
		t.Fatalf("wants: %v", w.all)
	}
	w.failed("a", dawn)
	due := w.all["a"].due
	w.keepStorage(map[wire.Address]identity.DeviceID{"a": one}, dawn)
	if len(w.all) != 2 || w.all["a"].due != due || w.all["b"].source != Saved {
		t.Fatal("what stays wanted is dialled at once, or what was saved is forgotten")
	}
	w.keepStorage(nil, dawn)
	if len(w.all) != 1 {
		t.Fatal("a storage peer that is no more is still wanted")
	}
}

func TestBansEndAndStrangersArePardoned(t *testing.T) {
	b := bans{}
	b.add("s", stranger, dawn)
	b.add("h", hostile, dawn)
	b.add("h", stranger, dawn)
	if b.of("s", dawn) != stranger || b.of("h", dawn) != hostile || b.of("x", dawn) != 0 {
		t.Fatal("a ban is not what was noted")
	}
	b.pardonStrangers()
	if b.of("s", dawn) != 0 || b.of("h", dawn) != hostile {
		t.Fatal("new secrets pardon strangers alone")
	}
	if b.of("h", dawn.Add(banTime)) != 0 {
		t.Fatal("a ban does not end")
	}
	for i := range 2 * maxBans {
		b.add(fmt.Sprint(i), stranger, dawn.Add(time.Duration(i)))
	}
	if len(b) != maxBans || b.of(fmt.Sprint(2*maxBans-1), dawn) != stranger {
		t.Fatalf("%d bans, want %d with the newest", len(b), maxBans)
	}
}
