package board

import (
	"errors"
	"testing"

	"corkboard/doc"
)

func plan(t *testing.T, c doc.Command[*Board], b *Board) doc.Plan {
	t.Helper()
	p, err := c.Plan(b)
	if err != nil {
		t.Fatalf("%+v: %v", c, err)
	}
	return p
}

func TestBoardCommands(t *testing.T) {
	h := newHand(t)
	for _, c := range []doc.Command[*Board]{SetTitle{"Garden"}, SetColor{"#D5DFE5"}, AddAuthor{"me"}, AddAuthor{"you"}} {
		if err := h.do(c); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		if _, err := c.Plan(h.board); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("%+v again: %v", c, err)
		}
	}
	if h.board.Title != "Garden" || h.board.Color != "#D5DFE5" || len(h.board.Authors) != 2 {
		t.Errorf("%s", dump(h.board))
	}
	if err := h.do(SetColor{}); err != nil || h.board.Color != "" {
		t.Errorf("default colour: %v, %q", err, h.board.Color)
	}
	if _, err := (SetColor{"red"}).Plan(h.board); !errors.Is(err, doc.ErrBadEdit) {
		t.Errorf("a bad colour: %v", err)
	}
	if p := plan(t, AddAuthor{"them"}, h.board); !p.Silent {
		t.Error("joining makes an undo step")
	}
}

func TestCommandsOnAnEmptyDocument(t *testing.T) {
	h := newHand(t)
	h.tree = doc.NewTree(nil)
	h.board = Codec{}.Decode(h.tree)
	for _, c := range []doc.Command[*Board]{AddCards{Cards: []Pin{pin("a", "text", 1, 2, 0, 0)}}, AddAuthor{"me"}, SetTitle{"x"}} {
		if err := h.do(c); err != nil {
			t.Errorf("%T: %v", c, err)
		}
		if _, err := c.Plan(nil); err != nil {
			t.Errorf("%T on no board: %v", c, err)
		}
	}
	h.wantAt("a", 1, 2)
}

func TestAddCards(t *testing.T) {
	h := threeCards(t)
	p := plan(t, AddCards{Cards: []Pin{pin("d", "text", 0, 0, 0, 0), pin("a", "text", 7, 7, 0, 0), pin("d", "pdf", 9, 9, 0, 0), {}}}, h.board)
	if p.Label != "Add card" || len(p.Edits) != 1 {
		t.Errorf("%+v", p)
	}
	if err := h.do(AddCards{Cards: []Pin{pin("d", "text", 0, 0, 0, 0), pin("e", "text", 0, 0, 0, 0)}}); err != nil {
		t.Fatal(err)
	}
	if d, e := h.board.Card("d"), h.board.Card("e"); d.Z <= h.board.Card("c").Z || e.Z <= d.Z || d.Size != (Size{}) {
		t.Errorf("%+v %+v", d, e)
	}
	if _, err := (AddCards{Cards: []Pin{pin("e", "text", 1, 1, 1, 1)}}).Plan(h.board); !errors.Is(err, doc.ErrNothing) {
		t.Errorf("adding it again: %v", err)
	}
}

func TestMovesAddUpAndStayInBounds(t *testing.T) {
	h := threeCards(t)
	p := plan(t, MoveCards{IDs: []CardID{"a", "a", "x"}, By: Point{1, 0}, Gesture: "g"}, h.board)
	if len(p.Edits) != 1 || p.Gesture != "g" || p.Label != "Move card" {
		t.Errorf("%+v", p)
	}
	if err := h.do(MoveCards{IDs: []CardID{"a"}, By: Point{1e12, -1e12}}); err != nil {
		t.Fatal(err)
	}
	h.wantAt("a", 1e7, -1e7)
	for _, by := range []Point{{}, {.001, 0}} {
		if _, err := (MoveCards{IDs: []CardID{"b"}, By: by}).Plan(h.board); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("by %v: %v", by, err)
		}
	}
	if err := h.do(PlaceCards{Places: []Placement{{"b", Point{5, 6}}, {"x", Point{}}}}); err != nil {
		t.Fatal(err)
	}
	h.wantAt("b", 5, 6)
}

func TestUnknownSlotsStay(t *testing.T) {
	h := threeCards(t)
	if _, err := h.tree.Apply([]doc.Edit{doc.Put{Path: doc.At("cards", "a", "tilt"), Value: 3.5}, doc.Put{Path: doc.At("mood"), Value: "calm"}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []doc.Command[*Board]{
		MoveCards{IDs: []CardID{"a"}, By: Point{1, 1}}, ResizeCards{Frames: []Frame{{ID: "a", Rect: Rect{1, 1, 50, 50}}}}, FreeSize{[]CardID{"a"}},
		Restack{IDs: []CardID{"a"}}, SetTitle{"y"},
	} {
		if err := h.do(c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	if v, _ := h.tree.Value(doc.At("cards", "a", "tilt")); v != 3.5 {
		t.Errorf("tilt is %v", v)
	}
	if v, _ := h.tree.Value(doc.At("mood")); v != "calm" {
		t.Errorf("mood is %v", v)
	}
}
