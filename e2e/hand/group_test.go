package hand

import "corkboard/e2e/x11"

var groupSteps = []step{
	{"group", []string{"group", "select", "select-inside"}, func(h *hand) {
		h.choose(trio...)
		h.gesture("group", each(trio, func(_, now card) verdict {
			if first, _ := find(h.read().home, trio[0]); now.outer() == "" || now.outer() != first.outer() {
				return wrong("%s is in %q, and the first in %q", now.Title, now.Group, first.Group)
			}
			return ""
		}), func() { h.Key("Ctrl+g") })
		h.Key("Escape")
		h.clickOn(trio[1])
		h.wantSelected(trio...)
		h.away()
		h.shot("group")
		h.Key("Escape")
		h.Holding(func() { h.clickOn(trio[1]) }, "Ctrl")
		h.wantSelected(trio[1])
	}},
	{"move-group", []string{"move"}, func(h *hand) {
		from := h.middle(trio[0])
		h.gesture("a group moves as one", moved(20, -20, trio...), func() { h.Drag(from, from.Add(pixels(20, -20))) })
	}},
	{"lock", []string{"lock"}, func(h *hand) {
		h.clickOn(trio[0])
		h.wantSelected(trio...)
		h.gesture("lock", each(trio, func(_, now card) verdict { return isLocked(now, true) }), func() { h.Key("Ctrl+Shift+l") })
		h.away()
		h.shot("locked")
		h.Key("Escape")
		from := h.middle(trio[0])
		h.leaves("dragging a locked card", func() {
			h.Press(x11.Left, from, from.Add(pixels(60, 300)))
			h.shot("locked-drag")
			h.Release(x11.Left)
		})
		h.Key("Escape")
		h.clickOn(trio[0])
		h.gesture("unlock", each(trio, func(_, now card) verdict { return isLocked(now, false) }), func() { h.Key("Ctrl+Shift+l") })
	}},
	{"ungroup", []string{"ungroup"}, func(h *hand) {
		h.clickOn(trio[0])
		h.wantSelected(trio...)
		h.gesture("ungroup", each(trio, func(_, now card) verdict {
			if now.Group != "" {
				return wrong("%s is still in %q", now.Title, now.Group)
			}
			return ""
		}), func() { h.Key("Ctrl+Shift+g") })
	}},
}

// trio are three cards that are grouped, locked, and put into the nested board.
var trio = []string{"Note 20", "List 21", "Note 30"}

func isLocked(c card, want bool) verdict {
	if c.Locked != want {
		return wrong("%s: locked is %v", c.Title, c.Locked)
	}
	return ""
}
