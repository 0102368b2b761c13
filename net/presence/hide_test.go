package presence

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/doc"
)

// seen is what one of two hubs shows of the other, once all that is due has been told.
func seen(r *Room) []Other {
	time.Sleep(200 * time.Millisecond)
	synctest.Wait()
	return r.Others()
}

func TestWhoHidesIsGoneAtOnceAndStillSees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		_, end := join(t, a, b, everything, everything)
		defer end()
		mine, theirs := a.Room(boardID(1)), b.Room(boardID(1))
		mine.Show(State{Points: true})
		theirs.Show(State{})
		if len(seen(mine)) != 1 || len(seen(theirs)) != 1 {
			t.Fatal("they do not see each other")
		}
		a.Hide(true)
		if len(seen(theirs)) != 0 {
			t.Error("who hides is still there")
		}
		mine.Show(State{Points: true, Pointer: Point{5, 5}})
		a.Room(boardID(2)).Show(State{})
		theirs.Show(State{Points: true})
		if all := seen(mine); len(all) != 1 || !all[0].State.Points {
			t.Errorf("who hides sees %+v", all)
		}
		time.Sleep(time.Minute) // heartbeats, too, are not told
		if n := len(seen(theirs)) + len(seen(b.Room(boardID(2)))); n != 0 {
			t.Errorf("who hides is seen %d times", n)
		}
		a.Hide(false)
		if all := seen(theirs); len(all) != 1 || all[0].State.Pointer != (Point{5, 5}) {
			t.Errorf("who hides no more is seen as %+v", all)
		}
	})
}

func TestNeitherSeesTheOtherWhereOneIsMuted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		_, end := join(t, a, b, everything, everything)
		defer end()
		mine, theirs, woken := a.Room(boardID(1)), b.Room(boardID(1)), 0
		mine.Show(State{})
		theirs.Show(State{})
		if len(seen(mine)) != 1 || len(seen(theirs)) != 1 {
			t.Fatal("they do not see each other")
		}
		cancel := a.Subscribe(func() { woken++ })
		a.Mute([]string{"Bo", "somebody else"})
		cancel()
		if len(mine.Others()) != 0 || woken == 0 {
			t.Errorf("who is muted is still seen, or nobody was told: %d", woken)
		}
		if len(seen(theirs)) != 0 {
			t.Error("who is muted still sees")
		}
		theirs.Show(State{Points: true})
		if len(seen(mine)) != 0 {
			t.Error("who is muted is heard")
		}
		a.Mute(nil)
		theirs.Show(State{})
		if len(seen(mine)) != 1 || len(seen(theirs)) != 1 {
			t.Error("they do not see each other again")
		}
	})
}

func TestWhatMayBeToldLaterIsToldThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		var may atomic.Bool
		_, end := join(t, a, b, func(doc.ID) bool { return may.Load() }, everything)
		defer end()
		a.Room(boardID(1)).Show(State{})
		theirs := b.Room(boardID(1))
		if len(seen(theirs)) != 0 {
			t.Fatal("it was told before it may be")
		}
		may.Store(true)
		a.Again()
		if len(seen(theirs)) != 1 {
			t.Error("it is not told although it may be")
		}
	})
}

func TestWhereSomebodyIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		_, end := join(t, a, b, everything, everything)
		defer end()
		one, two := b.Room(boardID(1)), b.Room(boardID(2))
		if _, ok := a.Where("Bo"); ok {
			t.Error("they are somewhere before they have come")
		}
		one.Show(State{})
		seen(a.Room(boardID(1)))
		if id, ok := a.Where("Bo"); !ok || id != boardID(1) {
			t.Errorf("they are on %q, %v", id, ok)
		}
		two.Show(State{})
		seen(a.Room(boardID(2)))
		if id, ok := a.Where("Bo"); !ok || id != boardID(2) {
			t.Errorf("later they are on %q, %v", id, ok)
		}
		one.Leave()
		two.Leave()
		seen(a.Room(boardID(2)))
		if _, ok := a.Where("Bo"); ok {
			t.Error("they are somewhere after they have left")
		}
	})
}
