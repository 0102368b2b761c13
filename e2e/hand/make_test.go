package hand

import (
	"path"
	"strings"

	"corkboard/board"
	"corkboard/cards"
)

// room is a place in the free room of the stage, from which new cards are
// made; each step has another column.
func (h *hand) room(x, y float64) (int, int) {
	at := h.on(board.Point{X: x, Y: y})
	return at.X, at.Y
}

var makeSteps = []step{
	{"double-click", []string{"new-text", "edit"}, func(h *hand) {
		x, y := h.room(100, 900)
		h.edits("new text by hand", more(1, cards.KindText), func() { h.Changes(func() { h.DoubleClick(x, y) }) }, false)
		h.edits("typing", says("# By hand\nTyped at once"), func() {
			h.Type("# By hand\nTyped at once")
			h.Key("Escape")
		}, true)
		h.shot("new-text")
		h.Key("Escape")
		h.Click(x+20, y+20)
		h.edits("Enter edits", says("# By hand!\nTyped at once"), func() {
			h.Changes(func() { h.Key("Return") })
			h.Key("Ctrl+Home")
			h.Key("End")
			h.Type("!")
			h.Key("Escape")
		}, true)
	}},
	{"new-by-key", []string{"new-text", "new-todo", "new-board", "rename", "remove"}, func(h *hand) {
		h.Point(h.room(420, 900))
		h.edits("N", more(1, cards.KindText), func() { h.Changes(func() { h.Key("n") }) }, false)
		h.edits("typing", says("By key"), func() {
			h.Type("By key")
			h.Key("Escape")
		}, true)
		h.Key("Escape")
		h.Point(h.room(740, 900))
		h.edits("T, and typing", listed("Milk", "Bread"), func() {
			h.Changes(func() { h.Key("t") })
			h.Type("Milk\nBread")
			h.shot("new-list")
			h.Key("Escape")
		}, true)
		h.Key("Escape")
		h.Point(h.room(1060, 900))
		h.gesture("B", more(1, cards.KindBoard), func() { h.Changes(func() { h.Key("b") }) })
		h.edits("its title", titled(cards.KindBoard, "Shelf"), func() { h.Type("Shelf\n") }, true)
		h.edits("F2", titled(cards.KindBoard, "Rack"), func() {
			h.Changes(func() { h.Key("F2") })
			h.Type("Rack\n")
		}, true)
		h.shot("made")
		h.Drag(h.on(board.Point{X: 60, Y: 850}), h.on(board.Point{X: 1400, Y: 1150}))
		h.gesture("Delete", gone(4), func() { h.Key("Delete") })
	}},
	{"thread", []string{"new-thread", "comment"}, func(h *hand) {
		h.Point(h.room(420, 860))
		h.edits("C, and a message", talked("Hello"), func() {
			h.Changes(func() { h.Key("c") })
			h.Type("Hello\n")
			h.shot("new-thread")
			h.Key("Escape")
		}, true)
		h.edits("a comment", talked("Why?"), func() {
			h.Changes(func() { h.Key("Ctrl+Alt+m") })
			h.Type("Why?\n")
			h.shot("comment")
			h.Key("Escape")
		}, true)
		h.gesture("Delete", gone(1), func() { h.Key("Delete") })
	}},
	{"open", []string{"open", "back", "forward"}, func(h *hand) {
		h.choose("Note 20")
		here := h.Still()
		h.leaves("opening", func() {
			inside := h.ChangesFrom(here, func() { h.Key("Ctrl+Return") })
			h.strip.add(h, "opened", inside)
			back := h.returns("back", inside, here, func() { h.Key("Alt+Left") })
			h.returns("forward", back, inside, func() { h.Key("Alt+Right") })
			h.Changes(func() { h.Key("Alt+Left") })
		})
	}},
}

// says wants a text card on Home that says this and nothing else.
func says(text string) wants {
	return func(_, now state) verdict {
		for name, content := range now.files {
			if path.Ext(name) == ".md" && content == text {
				return ""
			}
		}
		return wrong("no card says %q", text)
	}
}

// talked wants a thread whose document holds these words.
func talked(words string) wants {
	return func(_, now state) verdict {
		for _, c := range now.home {
			if c.Kind == cards.KindThread && strings.Contains(string(c.Document), `"`+words+`"`) {
				return ""
			}
		}
		return wrong("no thread says %q", words)
	}
}

// listed wants one more list, with these items.
func listed(items ...string) wants {
	return func(was, now state) verdict {
		v := more(1, cards.KindTodo)(was, now)
		if v != "" {
			return v
		}
		c, _ := find(now.home, added(was.home, now.home)[0])
		for _, item := range items {
			if !strings.Contains(string(c.Document), `"`+item+`"`) {
				return wrong("the list is %s", c.Document)
			}
		}
		return ""
	}
}

// gone wants n fewer cards on Home.
func gone(n int) wants {
	return func(was, now state) verdict {
		if len(now.home) != len(was.home)-n {
			return wrong("there are %d cards on Home, want %d", len(now.home), len(was.home)-n)
		}
		return ""
	}
}
