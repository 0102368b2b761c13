package board

import (
	"errors"
	"testing"

	"corkboard/doc"
)

func TestLockedCardsStay(t *testing.T) {
	h := threeCards(t)
	h.must(LockCards{[]CardID{"a"}, true})
	was := *h.board.Card("a")
	frame := Frame{ID: "a", Rect: Rect{0, 0, 50, 50}}
	alone := []CardID{"a"}
	for _, c := range []doc.Command[*Board]{
		MoveCards{IDs: alone, By: Point{1, 1}}, PlaceCards{Places: []Placement{{ID: "a"}}}, ResizeCards{Frames: []Frame{frame}},
		FreeSize{alone}, RemoveCards{IDs: alone}, Restack{IDs: alone},
	} {
		if err := h.do(c); !errors.Is(err, ErrLocked) {
			t.Errorf("%T: %v", c, err)
		}
	}
	both := frame
	both.ID = "b"
	for _, c := range []doc.Command[*Board]{
		MoveCards{IDs: ab, By: Point{20, 0}}, PlaceCards{Places: []Placement{{ID: "a"}, {ID: "b", At: Point{5, 5}}}},
		ResizeCards{Frames: []Frame{frame, both}}, FreeSize{ab}, Restack{IDs: ab}, RemoveCards{IDs: ab},
	} {
		if err := h.do(c); err != nil {
			t.Errorf("%T with a free card: %v", c, err)
		}
		if a := h.board.Card("a"); a == nil || *a != was {
			t.Fatalf("%T changed it to %+v", c, a)
		}
	}
	if h.board.Card("b") != nil {
		t.Error("the free card is still there")
	}
	if err := h.do(LockCards{alone, true}); !errors.Is(err, doc.ErrNothing) {
		t.Errorf("locking twice: %v", err)
	}
	h.must(LockCards{alone, false})
	h.must(RemoveCards{IDs: alone})
}

func TestTheHandLeavesLockedCards(t *testing.T) {
	h := threeCards(t)
	h.must(LockCards{[]CardID{"a"}, true})
	h.click(150, 150, 0)
	h.wantSelected("a")
	v := h.view()
	if p := placed(v, "a"); !p.Locked || !p.Selected || len(v.Handles) != 0 {
		t.Errorf("%+v, handles %v", p, v.Handles)
	}
	if placed(v, "b").Locked {
		t.Error("b is locked")
	}
	wantEffects(t, h.drag(Point{300, 200}, Point{400, 300}, 0)) // where a handle would be
	h.click(150, 150, 0)
	h.on(PointerDown{At: Point{150, 150}, Millis: h.millis + 999}, PointerMove{At: Point{450, 250}})
	if v := h.view(); !v.HasMarquee {
		t.Error("a drag from a locked card is no marquee")
	}
	h.on(PointerUp{At: Point{450, 250}})
	h.wantSelected("b")
	h.wantAt("a", 100, 100)
	h.key(Mod, "A")
	h.wantSelected("b", "c")

	h.s.Select("a", "b")
	if v := h.view(); v.Handles[0].Rect.Center() != (Point{400, 100}) {
		t.Errorf("handles around more than the free card: %v", v.Handles[0])
	}
	wantEffects(t, h.drag(Point{450, 150}, Point{450, 650}, Mod), Do{MoveCards{IDs: []CardID{"b"}, By: Point{0, 500}}})
	wantEffects(t, h.key(Mod, "X"), Cut{[]CardID{"b"}})
	wantEffects(t, h.doubleClick(150, 150), StartEdit{"a", Point{50, 50}, false}) // content is free
}

func TestTheLockToggles(t *testing.T) {
	h := threeCards(t)
	h.must(LockCards{[]CardID{"a"}, true})
	h.s.Select("a", "b")
	wantEffects(t, h.key(Mod|Shift, "L"), Do{LockCards{ab, true}})
	wantEffects(t, h.key(Mod|Shift, "L"), Do{LockCards{ab, false}})
	if h.board.Card("a").Locked || h.board.Card("b").Locked {
		t.Error("still locked")
	}
	h.s.Select()
	wantEffects(t, h.key(Mod|Shift, "L"))
	h.must(LockCards{ab, true})
	h.s.Select("a", "b")
	wantEffects(t, h.key(Mod, "X"), Cut{ab}) // the document says why it cannot
	h.must(GroupCards{ab, "g"})              // a lock holds no card out of a group
	h.wantGroup("a", "g")
}

func TestALockedCardInAGroupStaysBehind(t *testing.T) {
	h := threeCards(t)
	h.must(GroupCards{ab, "g"})
	h.must(LockCards{[]CardID{"a"}, true})
	h.drag(Point{40, 40}, Point{450, 150}, 0)
	h.wantSelected("b")
	h.s.Select()
	h.s.Guides = false
	h.drag(Point{450, 150}, Point{450, 250}, 0)
	h.wantSelected("a", "b")
	h.wantAt("a", 100, 100)
	h.wantAt("b", 400, 200)
}
