package hand

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/e2e/person"
)

// card is one on a board, with its order key.
type card struct {
	person.Card
	Z string
}

func (c card) rect() board.Rect { return board.Rect{X: c.X, Y: c.Y, W: c.W, H: c.H} }

// state is what the program exports at one moment.
type state struct {
	files  map[string]string
	home   []card // by id
	inside []card // on the nested board
}

// same compares all that was exported.
func (s state) same(o state) bool { return maps.Equal(s.files, o.files) }

// differs names the first file that two states do not have in common.
func (s state) differs(o state) string {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if s.files[name] != o.files[name] {
			return fmt.Sprintf("%s is\n%s\nand\n%s", name, s.files[name], o.files[name])
		}
	}
	return fmt.Sprintf("there are %d files and %d", len(s.files), len(o.files))
}

// read exports.
func (h *hand) read() state {
	h.T.Helper()
	s := state{files: h.Exported()}
	s.home = h.cardsOf(s.files[boardFile])
	for _, c := range s.home {
		if c.Title == insideTitle && c.File != "" {
			s.inside = h.cardsOf(s.files[path.Clean(c.File)])
		}
	}
	return s
}

const boardFile = "board.json"

func (h *hand) cardsOf(text string) []card {
	h.T.Helper()
	var whole struct {
		Document struct {
			Cards map[string]struct {
				Z string `json:"z"`
			} `json:"cards"`
		} `json:"document"`
	}
	h.Must(json.Unmarshal([]byte(text), &whole))
	var out []card
	for _, c := range h.CardsIn(text) {
		out = append(out, card{c, whole.Document.Cards[c.ID].Z})
	}
	return out
}

// now is the newest state that was kept.
func (h *hand) now() state { return h.states[len(h.states)-1] }

// card is the one on Home with an id or a title.
func (h *hand) card(name string) card {
	h.T.Helper()
	c, ok := find(h.now().home, name)
	if !ok {
		h.T.Fatalf("there is not one card %q on Home", name)
	}
	return c
}

// find is the card with an id, else the only one with a title.
func find(cards []card, name string) (found card, ok bool) {
	n := 0
	for _, c := range cards {
		switch name {
		case c.ID:
			return c, true
		case c.Title:
			found, n = c, n+1
		}
	}
	return found, n == 1
}

// added are the ids of cards that was does not have.
func added(was, now []card) []string {
	var ids []string
	for _, c := range now {
		if _, there := find(was, c.ID); !there {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// verdict is what is wrong with a state; "" is nothing.
type verdict string

func wrong(format string, args ...any) verdict { return verdict(fmt.Sprintf(format, args...)) }

// wants says what a state must be, given the one before.
type wants func(was, now state) verdict

// moved wants cards to have moved by a way and nothing else to have changed
// its place.
func moved(x, y float64, names ...string) wants {
	return func(was, now state) verdict {
		for _, c := range was.home {
			to, ok := find(now.home, c.ID)
			if !ok {
				return wrong("%s is gone", c.Title)
			}
			wx, wy := c.X, c.Y
			if slices.Contains(names, c.ID) || slices.Contains(names, c.Title) {
				wx, wy = wx+x, wy+y
			}
			if to.X != wx || to.Y != wy {
				return wrong("%s is at %v,%v, want %v,%v", c.Title, to.X, to.Y, wx, wy)
			}
		}
		return ""
	}
}

// framed wants a card to have a frame.
func framed(name string, r board.Rect) wants {
	return func(_, now state) verdict {
		if c, _ := find(now.home, name); c.rect() != r {
			return wrong("%s is %v, want %v", name, c.rect(), r)
		}
		return ""
	}
}

// more wants n more cards on Home, of a kind.
func more(n int, kind string) wants {
	return func(was, now state) verdict {
		fresh := added(was.home, now.home)
		if len(fresh) != n || len(now.home) != len(was.home)+n {
			return wrong("there are %d new cards and %d on Home, want %d new ones", len(fresh), len(now.home), n)
		}
		for _, id := range fresh {
			if c, _ := find(now.home, id); c.Kind != kind {
				return wrong("the new card is %q, want %q", c.Kind, kind)
			}
		}
		return ""
	}
}

// crossed wants cards to have gone from Home to the nested board or, with
// out, from there to Home.
func crossed(out bool, titles ...string) wants {
	return func(was, now state) verdict {
		from, to := now.home, now.inside
		if out {
			from, to = to, from
		}
		for _, title := range titles {
			if _, there := find(to, title); !there {
				return wrong("%s did not arrive", title)
			}
			if _, there := find(from, title); there {
				return wrong("%s is where it was, too", title)
			}
		}
		if a, b := len(was.home)+len(was.inside), len(now.home)+len(now.inside); a != b {
			return wrong("there were %d cards and are %d", a, b)
		}
		return ""
	}
}

// each wants something of each of some cards.
func each(names []string, f func(was, now card) verdict) wants {
	return func(before, after state) verdict {
		for _, name := range names {
			was, _ := find(before.home, name)
			now, ok := find(after.home, name)
			if !ok {
				return wrong("there is not one card %q on Home", name)
			}
			if v := f(was, now); v != "" {
				return v
			}
		}
		return ""
	}
}

// outer is the outermost group of a card.
func (c card) outer() string {
	outer, _, _ := strings.Cut(c.Group, "/")
	return outer
}
