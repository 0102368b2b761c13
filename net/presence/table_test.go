package presence

import (
	"fmt"
	"testing"
	"time"

	"corkboard/doc"
)

var t0 = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

func after(d time.Duration) time.Time { return t0.Add(d) }

func TestSilenceEndsPresenceAndTheHeartbeatKeepsIt(t *testing.T) {
	x := table{map[slotKey]*slot{}}
	s := State{Board: boardID(1)}
	if !x.show(t0, Peer{Device: "d"}, s) {
		t.Error("the first state is no change")
	}
	if x.show(after(5*time.Second), Peer{Device: "d"}, s) {
		t.Error("the same state is a change")
	}
	if boards, next := x.age(after(15 * time.Second)); len(boards) != 1 || next != after(20*time.Second) {
		t.Errorf("got %v and %v, want that somebody is idle, and the end of silence", boards, next)
	}
	if boards, _ := x.age(after(16 * time.Second)); len(boards) != 0 {
		t.Error("it is told twice that somebody is idle")
	}
	if all := x.on(after(19*time.Second), boardID(1)); len(all) != 1 || all[0].Active() || all[0].Age != 14*time.Second {
		t.Errorf("got %+v, want somebody idle", all)
	}
	if all := x.on(after(20*time.Second), boardID(1)); len(all) != 0 {
		t.Error("somebody silent is shown")
	}
	if boards, next := x.age(after(20 * time.Second)); len(boards) != 1 || !next.IsZero() || len(x.slots) != 0 {
		t.Error("somebody silent is kept")
	}
}

func TestTheTableStaysSmall(t *testing.T) {
	x := table{map[slotKey]*slot{}}
	for i := range 10 {
		x.show(after(time.Duration(i)), Peer{Device: "d"}, State{Board: boardID(byte(i))})
	}
	if len(x.slots) != maxBoards || len(x.on(after(10), boardID(9))) != 1 || len(x.on(after(10), boardID(0))) != 0 {
		t.Errorf("%d boards of one device, want the newest %d", len(x.slots), maxBoards)
	}
	for i := range 2 * maxSlots {
		x.show(after(time.Duration(i)), Peer{Device: fmt.Sprint(i)}, State{Board: boardID(1)})
	}
	if len(x.slots) != maxSlots {
		t.Errorf("%d slots, want %d", len(x.slots), maxSlots)
	}
}

func TestTheOutboxKeepsThePace(t *testing.T) {
	o := outbox{sent: map[doc.ID]sent{}}
	mine := []shown{{state: State{Board: boardID(1)}}}
	messages := 0
	for ms := range 3000 { // a change every millisecond
		mine[0].version++
		if m, ok, _ := o.next(after(time.Duration(ms)*time.Millisecond), mine); ok && !m.left {
			messages++
		}
	}
	if messages < 80 || messages > 91 {
		t.Errorf("%d messages in three seconds, want 30 a second", messages)
	}
	at := after(10 * time.Second)
	o.next(at, mine)
	_, ok, wait := o.next(at.Add(interval), mine)
	if ok || wait != heartbeat-interval {
		t.Errorf("got %v and %v, want the heartbeat", ok, wait)
	}
	if _, ok, _ = o.next(at.Add(heartbeat), mine); !ok {
		t.Error("no heartbeat")
	}
	if m, ok, _ := o.next(at.Add(2*heartbeat), nil); !ok || !m.left || m.state.Board != boardID(1) {
		t.Error("it is not told that a board was left")
	}
	if _, ok, wait := o.next(at.Add(3*heartbeat), nil); ok || wait >= 0 {
		t.Error("something is due where nothing is shown")
	}
}

func TestBoardsTakeTurns(t *testing.T) {
	o := outbox{sent: map[doc.ID]sent{}}
	mine := []shown{{state: State{Board: boardID(1)}}, {state: State{Board: boardID(2)}}}
	told := map[doc.ID]int{}
	for ms := range 1000 {
		mine[0].version++
		mine[1].version++
		if m, ok, _ := o.next(after(time.Duration(ms)*time.Millisecond), mine); ok {
			told[m.state.Board]++
		}
	}
	if a, b := told[boardID(1)], told[boardID(2)]; a < 14 || b < 14 || a+b > 31 {
		t.Errorf("%d and %d messages, want 15 each", a, b)
	}
}

func TestABucketRunsDry(t *testing.T) {
	var b bucket
	over := 0
	for range 100 {
		if b.add(t0, 10, 50) {
			over++
		}
	}
	if over != 50 {
		t.Errorf("%d are too many, want 50", over)
	}
	if b.add(after(time.Second), 10, 50) || !b.add(after(-time.Hour), 10, 41) {
		t.Error("it does not run dry at its rate")
	}
}

func TestColoursAreSpread(t *testing.T) {
	seen := map[[3]byte]bool{}
	for i := range 200 {
		seen[ColourOf(fmt.Sprint("person", i))] = true
	}
	if len(seen) != len(Colours) {
		t.Errorf("%d colours are used of %d", len(seen), len(Colours))
	}
}
