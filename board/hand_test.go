package board

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"corkboard/doc"
	"corkboard/share"
)

// hand is a window on a board in memory: it feeds events and carries out the
// commands that come back, as the program does.
type hand struct {
	t      *testing.T
	tree   *doc.Tree
	board  *Board
	layout *Layout
	s      *Session
	millis int64
	labels []string // of the steps that were made
}

func docID(n int) doc.ID {
	return doc.NewID([32]byte{1, byte(n >> 16), byte(n >> 8), byte(n)})
}

func pin(id string, kind string, x, y, w, h float64) Pin {
	return Pin{ID: CardID(id), Link: share.Link{Document: docID(len(id)), Kind: kind}, At: Point{x, y}, Size: Size{w, h}}
}

func newHand(t *testing.T, pins ...Pin) *hand {
	t.Helper()
	h := &hand{t: t, tree: doc.NewTree(nil), layout: NewLayout(nil), s: NewSession("test")}
	if _, err := h.tree.Apply(Create("Home", "")); err != nil {
		t.Fatal(err)
	}
	h.board = Codec{}.Decode(h.tree)
	h.layout.Set(h.board)
	h.s.On(Resized{Size{1000, 800}}, h.layout)
	if len(pins) > 0 {
		if err := h.do(AddCards{Cards: pins}); err != nil {
			t.Fatal(err)
		}
	}
	h.labels = nil
	return h
}

// do plans and applies a command, and checks that Update equals Decode.
func (h *hand) do(c doc.Command[*Board]) error {
	h.t.Helper()
	p, err := c.Plan(h.board)
	if err != nil {
		return err
	}
	if p.Label == "" {
		h.t.Fatalf("%T: a plan without a label", c)
	}
	if _, err := h.tree.Apply(p.Edits); err != nil {
		h.t.Fatalf("%T: %v", c, err)
	}
	h.labels = append(h.labels, p.Label)
	h.update(doc.Touched(p.Edits))
	return nil
}

func (h *hand) update(touched []doc.Path) {
	h.t.Helper()
	next := Codec{}.Update(h.board, touched, h.tree)
	sameBoard(h.t, next, Codec{}.Decode(h.tree))
	h.board = next
	h.layout.Set(next)
}

func sameBoard(t *testing.T, got, want *Board) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("Update differs from Decode:\n%s\n%s", dump(got), dump(want))
	}
}

func dump(b *Board) string {
	s := fmt.Sprintf("%q %q %v %v %v", b.Title, b.Color, b.Authors, b.hasCards, b.hasAuthors)
	for _, c := range b.Connectors {
		s += fmt.Sprintf(" %+v", *c)
	}
	for _, c := range b.Cards {
		s += fmt.Sprintf(" %+v", *c)
	}
	return s
}

// on feeds events and gives back all effects but Repaint and Cursor.
func (h *hand) on(events ...Event) []Effect {
	h.t.Helper()
	var out []Effect
	for _, e := range events {
		out = append(out, h.carryOut(h.s.On(e, h.layout))...)
	}
	return out
}

// carryOut runs the commands among effects.
func (h *hand) carryOut(effects []Effect) []Effect {
	h.t.Helper()
	var out []Effect
	for _, eff := range effects {
		switch eff := eff.(type) {
		case Repaint, Cursor:
			continue
		case Do:
			err := h.do(eff.Command)
			if err != nil && !errors.Is(err, doc.ErrGone) && !errors.Is(err, doc.ErrNothing) && !errors.Is(err, ErrLocked) {
				h.t.Fatalf("%+v: %v", eff, err)
			}
		}
		out = append(out, eff)
	}
	return out
}

func (h *hand) click(x, y float64, m Mods) []Effect {
	h.millis += 1000
	return h.press(x, y, m)
}

func (h *hand) doubleClick(x, y float64) []Effect {
	h.click(x, y, 0)
	h.millis += 100
	return h.press(x, y, 0)
}

func (h *hand) press(x, y float64, m Mods) []Effect {
	at := Point{x, y}
	return h.on(PointerDown{At: at, Mods: m, Millis: h.millis}, PointerUp{At: at, Mods: m, Millis: h.millis + 50})
}

// drag moves the primary button from a to b in steps; m are held throughout.
func (h *hand) drag(a, b Point, m Mods) []Effect {
	h.millis += 1000
	return h.on(PointerDown{At: a, Mods: m, Millis: h.millis},
		PointerMove{At: a.Add(b).Scale(.5), Mods: m, Millis: h.millis + 20},
		PointerMove{At: b, Mods: m, Millis: h.millis + 40},
		PointerUp{At: b, Mods: m, Millis: h.millis + 60})
}

func (h *hand) key(m Mods, name string) []Effect {
	return h.on(Key{Name: name, Mods: m, Down: true}, Key{Name: name, Mods: m})
}

// perform does a row as a menu does.
func (h *hand) perform(id string) []Effect {
	h.t.Helper()
	return h.carryOut(h.s.Perform(id, h.layout))
}

// glide lets the camera arrive.
func (h *hand) glide() {
	for i := 0; i < 100 && h.s.Animating(); i++ {
		h.millis += 16
		h.on(Tick{h.millis})
	}
}

func (h *hand) wantAt(id CardID, x, y float64) {
	h.t.Helper()
	if c := h.board.Card(id); c == nil || c.At != (Point{x, y}) {
		h.t.Errorf("card %s is at %+v, want %v,%v", id, c, x, y)
	}
}

func (h *hand) wantSelected(ids ...CardID) {
	h.t.Helper()
	if got := h.s.Selection.IDs(); !(len(got) == 0 && len(ids) == 0) && !reflect.DeepEqual(got, ids) {
		h.t.Errorf("selected %v, want %v", got, ids)
	}
}

func wantEffects(t *testing.T, got []Effect, want ...Effect) {
	t.Helper()
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("effects\n got %+v\nwant %+v", got, want)
	}
}

// three cards: a and b side by side, c is a board card below.
func threeCards(t *testing.T) *hand {
	return newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "image", 400, 100, 200, 100), pin("c", "board", 100, 400, 200, 200))
}

// must does a command that cannot fail.
func (h *hand) must(c doc.Command[*Board]) {
	h.t.Helper()
	if err := h.do(c); err != nil {
		h.t.Fatalf("%+v: %v", c, err)
	}
}

func (h *hand) wantGroup(id CardID, path string) {
	h.t.Helper()
	if c := h.board.Card(id); c == nil || c.Group != path {
		h.t.Errorf("card %s is %+v, want it in %q", id, c, path)
	}
}
