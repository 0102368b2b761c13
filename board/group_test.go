package board

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

// onStore gives a board with cards in a store in memory.
func onStore(t *testing.T, pins ...Pin) *doc.Live[*Board] {
	t.Helper()
	store, id := doctest.NewStore(), doctest.ID("board")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	if err := store.Create(id, Create("Home", "")).Applied(ctx); err != nil {
		t.Fatal(err)
	}
	live := doc.Open(store, id, "board", Codec{})
	t.Cleanup(live.Close)
	doctest.AwaitState(t, live, doc.Ready)
	if err := live.Do(AddCards{Cards: pins}).Applied(ctx); err != nil {
		t.Fatal(err)
	}
	return live
}

func TestGroupAndLockAreOneStepEach(t *testing.T) {
	live := onStore(t, pin("a", "text", 0, 0, 100, 100), pin("b", "text", 200, 0, 100, 100), pin("c", "text", 400, 0, 100, 100))
	ctx := t.Context()
	say := func() string {
		var s []string
		for _, c := range live.Snapshot().Value.Cards {
			s = append(s, fmt.Sprintf("%s %q %v %v", c.ID, c.Group, c.Locked, c.At))
		}
		return strings.Join(s, ", ")
	}
	states := []string{say()}
	commands := []doc.Command[*Board]{
		GroupCards{ab, "g"}, GroupCards{[]CardID{"a", "b", "c"}, "h"}, UngroupCards{[]CardID{"c", "b", "a"}},
		LockCards{ab, true}, MoveCards{IDs: []CardID{"a", "c"}, By: Point{10, 0}}, LockCards{[]CardID{"a"}, false}, UngroupCards{ab},
	}
	for _, c := range commands {
		if err := live.Do(c).Applied(ctx); err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		states = append(states, say())
	}
	for i := len(commands) - 1; i >= 0; i-- {
		if err := live.Undo().Applied(ctx); err != nil || say() != states[i] {
			t.Fatalf("undo of %+v: %v\n%s\nwant\n%s", commands[i], err, say(), states[i])
		}
	}
	for i, c := range commands {
		if err := live.Redo().Applied(ctx); err != nil || say() != states[i+1] {
			t.Fatalf("redo of %+v: %v\n%s\nwant\n%s", c, err, say(), states[i+1])
		}
	}
	if want := `a "" false (0 0), b "" true (200 0), c "" false (410 0)`; strings.NewReplacer("{", "(", "}", ")").Replace(say()) != want {
		t.Errorf("in the end %s", say())
	}
}

func TestGroupsOfGroups(t *testing.T) {
	h := threeCards(t)
	all := []CardID{"a", "b", "c"}
	h.must(GroupCards{ab, "in"})
	h.must(GroupCards{all, "out"})
	for id, want := range map[CardID]string{"a": "out/in", "b": "out/in", "c": "out"} {
		h.wantGroup(id, want)
	}
	if want := []string{"Group 2 cards", "Group 3 cards"}; !slices.Equal(h.labels, want) {
		t.Errorf("steps %v", h.labels)
	}
	for _, c := range []doc.Command[*Board]{
		GroupCards{all, "again"}, // it is one group already
		GroupCards{[]CardID{"a", "a"}, "one"},
		UngroupCards{ab}, // c is in the group too
	} {
		if err := h.do(c); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	h.must(UngroupCards{all})
	for id, want := range map[CardID]string{"a": "in", "b": "in", "c": ""} {
		h.wantGroup(id, want)
	}
	for _, bad := range []string{"", "a/b", "a b", "é"} {
		if err := h.do(GroupCards{all, bad}); !errors.Is(err, doc.ErrBadEdit) {
			t.Errorf("group %q: %v", bad, err)
		}
	}
}

func TestGroupsDoNotNestWithoutEnd(t *testing.T) {
	h := threeCards(t)
	for depth := range maxDepth {
		ids := []CardID{"a", []CardID{"b", "c"}[depth%2]}
		if err := h.do(GroupCards{ids, GroupID("a name that is too long for an id", 1<<30+depth)}); err != nil {
			t.Fatalf("depth %d: %v", depth, err)
		}
	}
	before := h.board.Card("a").Group
	if err := h.do(GroupCards{ab, "more"}); !errors.Is(err, ErrTooDeep) {
		t.Errorf("one more: %v", err)
	}
	h.wantGroup("a", before)
}

func TestGroupIDsAreIDs(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"", "me", "you", "an id with spaces", "é", "a/b", strings.Repeat("x", 20), strings.Repeat("x", 21), strings.Repeat("x", 22), string(docID(4))} {
		id := GroupID(name, 7)
		if !validGroupID(id) || len(id) > 22 {
			t.Errorf("%q gives %q", name, id)
		}
		if other, twice := seen[id]; twice {
			t.Errorf("%q and %q give %q", name, other, id)
		}
		seen[id] = name
	}
}

func TestDoublesOfAGroupAreAGroupOfTheirOwn(t *testing.T) {
	n := 0
	fresh := func() string { n++; return fmt.Sprintf("new%d", n) }
	pins := []Pin{{ID: "1", Group: "g/h"}, {ID: "2", Group: "g/h"}, {ID: "3", Group: "g/alone"}, {ID: "4", Group: "single"}, {ID: "5"}, {ID: "6", Group: "no group!"}}
	var got []string
	for _, p := range RegroupPins(pins, fresh) {
		got = append(got, p.Group)
	}
	if want := []string{"new1/new2", "new1/new2", "new1", "", "", ""}; !slices.Equal(got, want) {
		t.Errorf("groups %q, want %q", got, want)
	}
	if pins[0].Group != "g/h" {
		t.Error("the given pins changed")
	}
	h := threeCards(t)
	h.must(AddCards{Cards: RegroupPins([]Pin{{ID: "d", Group: "x"}, {ID: "e", Group: "x"}}, fresh)})
	h.wantGroup("d", "new3")
	h.must(AddCards{Cards: []Pin{{ID: "f", Group: "not an id"}}})
	h.wantGroup("f", "")
}

func TestSelectingInGroups(t *testing.T) {
	h := threeCards(t)
	h.must(GroupCards{ab, "g"})
	h.click(150, 150, 0)
	h.wantSelected("a", "b")
	h.click(150, 150, Mod) // takes a single card away
	h.wantSelected("b")
	h.click(150, 450, Mod)
	h.wantSelected("b", "c")
	h.click(150, 150, Mod)
	h.wantSelected("b", "c", "a")
	h.click(450, 150, Shift) // takes the group away
	h.wantSelected("c")
	h.click(450, 150, Shift)
	h.wantSelected("c", "a", "b")
	h.click(450, 150, 0)
	h.wantSelected("a", "b")
	h.on(PointerDown{At: Point{150, 450}, Button: Secondary, Millis: h.millis + 500}, PointerUp{At: Point{150, 450}, Button: Secondary})
	h.on(PointerDown{At: Point{150, 150}, Button: Secondary}, PointerUp{At: Point{150, 150}, Button: Secondary})
	h.wantSelected("a", "b")

	wantEffects(t, h.doubleClick(150, 150), StartEdit{"a", Point{50, 50}, false})
	h.wantSelected("a")
	h.key(0, "Escape")
	h.drag(Point{150, 150}, Point{150, 250}, 0) // the card alone, it was reached
	h.wantAt("a", 100, 200)
	h.wantAt("b", 400, 100)
	h.click(150, 250, 0)
	h.wantSelected("a", "b")
	h.drag(Point{150, 250}, Point{150, 650}, Mod)
	h.wantAt("a", 100, 600)
	h.wantAt("b", 400, 500)
	h.drag(Point{50, 610}, Point{350, 720}, 0) // meets a alone
	h.wantSelected("a", "b")
}

func TestAGroupIsFramed(t *testing.T) {
	h := threeCards(t)
	h.must(GroupCards{ab, "g"})
	h.on(PointerMove{At: Point{150, 150}})
	frame := Rect{100, 100, 500, 100}
	if v := h.view(); len(v.Groups) != 1 || v.Groups[0] != (GroupFrame{frame, false}) {
		t.Errorf("hovered: %+v", v.Groups)
	}
	h.click(150, 150, 0)
	if v := h.view(); len(v.Groups) != 1 || v.Groups[0] != (GroupFrame{frame, true}) {
		t.Errorf("selected: %+v", v.Groups)
	}
	h.on(PointerDown{At: Point{150, 150}, Millis: h.millis + 999}, PointerMove{At: Point{150, 250}, Mods: Mod})
	if v := h.view(); len(v.Groups) != 1 || v.Groups[0].Rect != frame.Move(Point{0, 100}) {
		t.Errorf("dragged: %+v", v.Groups)
	}
	h.on(PointerUp{At: Point{150, 250}, Mods: Mod}, PointerMove{At: Point{900, 700}})
	h.s.Select("a")
	if v := h.view(); len(v.Groups) != 0 {
		t.Errorf("one of its cards: %+v", v.Groups)
	}
	h.must(RemoveCards{IDs: []CardID{"b"}})
	h.on(PointerMove{At: Point{150, 250}})
	if v := h.view(); len(v.Groups) != 0 {
		t.Errorf("a group of one: %+v", v.Groups)
	}
}
