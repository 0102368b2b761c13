package board

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/share"
)

func TestDecode(t *testing.T) {
	link := share.Format(share.Link{Document: docID(1), Kind: "text"})
	b := Codec{}.Decode(doc.NewTree(doc.Map{
		"title": "Plans", "backgroundColor": "#D5DFE5", "unknown": doc.Map{"x": true},
		"authorIds": doc.List{"me", int64(3), "you"},
		"cards": doc.Map{
			"b": doc.Map{"url": link, "at": "20 40", "size": "300 200", "z": "V", "colour": "red"},
			"a": doc.Map{"url": "Note: buy milk", "at": doc.List{}},
			"c": "no card",
			"":  doc.Map{},
		},
	}))
	if b.Title != "Plans" || b.Color != "#D5DFE5" || !slices.Equal(b.Authors, []string{"me", "you"}) || len(b.Cards) != 2 {
		t.Fatalf("%s", dump(b))
	}
	got := b.Card("b")
	if got.Link.Kind != "text" || got.LinkErr != nil || got.At != (Point{20, 40}) || got.Size != (Size{300, 200}) || got.Z != "V" {
		t.Errorf("%+v", got)
	}
	if a := b.Card("a"); !errors.Is(a.LinkErr, share.ErrBadLink) || a.Link != (share.Link{}) || a.At != (Point{}) {
		t.Errorf("%+v", a)
	}
	if b.Card("c") != nil || (*Board)(nil).Card("a") != nil {
		t.Error("a card that is none")
	}
}

func TestGroupsAndLocksAreReadWithTolerance(t *testing.T) {
	for _, c := range []struct {
		group, locked doc.Value
		path          string
		lock          bool
	}{
		{"g", true, "g", true},
		{"Out-1/in_2", false, "Out-1/in_2", false},
		{doc.Text("g"), "true", "g", false},
		{strings.Repeat("g/", 15) + "g", int64(1), strings.Repeat("g/", 15) + "g", false},
		{strings.Repeat("g/", 16) + "g", nil, "", false},
		{strings.Repeat("g", 512), doc.List{}, strings.Repeat("g", 512), false},
		{strings.Repeat("g", 513), doc.Map{}, "", false},
		{"g//h", nil, "", false}, {"/g", nil, "", false}, {"g/", nil, "", false}, {"g h", nil, "", false}, {"é", nil, "", false},
		{"", nil, "", false}, {int64(7), nil, "", false}, {nil, nil, "", false},
	} {
		b := Codec{}.Decode(doc.NewTree(doc.Map{"cards": doc.Map{"a": doc.Map{"group": c.group, "locked": c.locked}}}))
		if a := b.Card("a"); a.Group != c.path || a.Locked != c.lock {
			t.Errorf("%v, %v: %q, %v", c.group, c.locked, a.Group, a.Locked)
		}
	}
}

// TestUpdateEqualsDecodeWithCommands lets the commands write most of the
// document, so that groups and locks are there and change.
func TestUpdateEqualsDecodeWithCommands(t *testing.T) {
	doctest.CheckCodec(t, Codec{}, func(r *rand.Rand, now *doc.Tree) []doc.Edit {
		b := Codec{}.Decode(now)
		if !b.hasCards {
			return Create("Home", "")
		}
		for range 20 {
			if p, err := randomCommand(r).Plan(b); err == nil {
				return p.Edits
			}
		}
		return []doc.Edit{doc.Put{Path: doc.At("title"), Value: "nothing fits"}}
	})
}

func TestUpdateSharesWhatDidNotChange(t *testing.T) {
	h := threeCards(t)
	before := h.board
	if err := h.do(MoveCards{IDs: []CardID{"b"}, By: Point{1, 1}}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []CardID{"a", "b", "c"} {
		if same := before.Card(id) == h.board.Card(id); same != (id != "b") {
			t.Errorf("card %s: same pointer is %v", id, same)
		}
	}
	if before.Card("b").At != (Point{400, 100}) {
		t.Error("the old board changed")
	}
	for _, touched := range []doc.Path{{}, {"cards"}, {"cards", "a"}, {"cards", "zzz"}, {"title"}, {"authorIds", "0"}, {"what", "ever"}} {
		if next := (Codec{}).Update(h.board, []doc.Path{touched}, h.tree); next != h.board {
			t.Errorf("touching %v in vain made a new board", touched)
		}
	}
}

// strange is any value, mostly of the kinds that fit somewhere in a board.
func strange(r *rand.Rand, depth int) doc.Value {
	texts := []string{"", "1 2", "-3.5 1e3", "NaN NaN", "1e300 5", "V", "a0", "00", "zzzz", "!", "#D5DFE5", "#12", "å∫ç", "g", "g/h", "g//h", "g h", strings.Repeat("g/", 20),
		share.Format(share.Link{Document: docID(2), Kind: "text"}), "hypermerge:/x?pushpinContentType=text",
		"corkboard:/x?contentType=board#s", strings.Repeat("z", 9000)}
	switch n := r.IntN(14); {
	case n < 7:
		return texts[r.IntN(len(texts))]
	case n == 7:
		return doc.Text(texts[r.IntN(len(texts))])
	case n == 8:
		return []doc.Value{nil, true, int64(-5), 2.5, []byte{0, 255}, doc.Counter(3)}[r.IntN(6)]
	case n == 9 || depth > 3:
		return doc.List{strange(r, 9), "x"}
	}
	m := doc.Map{}
	for range r.IntN(4) {
		m[names[r.IntN(len(names))]] = strange(r, depth+1)
	}
	return m
}

var names = []string{"title", "backgroundColor", "cards", "authorIds", "url", "at", "size", "z", "group", "locked", "a", "b", "c", "0", "", "from", "to", "label", "heads", "connector:a", "on"}

func randomEdit(r *rand.Rand) doc.Edit {
	paths := []doc.Path{
		{"title"}, {"backgroundColor"}, {"authorIds"}, {"authorIds", "0"}, {"cards"},
		{"cards", "a"}, {"cards", "b"}, {"cards", "c"}, {"cards", "0"}, {"cards", ""}, {"other"}, {"other", "a"},
		{"cards", "a", "at"}, {"cards", "a", "size"}, {"cards", "a", "z"}, {"cards", "b", "url"}, {"cards", "b", "url", "at"},
		{"connector:a"}, {"connector:b"}, {"connector:a", "from"}, {"connector:a", "heads"}, {"connector:b", "label"}, {"connector:"},
		{"cards", "a", "on"}, {"cards", "b", "on"}, {"cards", "a", "group"}, {"cards", "b", "group"}, {"cards", "a", "locked"}, {"cards", "b", "locked"},
	}
	p := paths[r.IntN(len(paths))]
	switch r.IntN(8) {
	case 0, 1:
		return doc.Delete{Path: p}
	case 2:
		return doc.Insert{Path: p, Value: strange(r, 0)}
	case 3:
		return doc.Splice{Path: p, Insert: "9"}
	}
	return doc.Put{Path: p, Value: strange(r, 0)}
}

func TestUpdateEqualsDecodeOnAnyDocument(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		tree := doc.NewTree(nil)
		b := Codec{}.Decode(tree)
		for range 60 {
			var edits []doc.Edit
			for range 1 + r.IntN(3) {
				edits = append(edits, randomEdit(r))
			}
			if _, err := tree.Apply(edits); err != nil {
				continue // refused as a whole
			}
			touched := doc.Touched(edits)
			b = Codec{}.Update(b, touched, tree)
			sameBoard(t, b, Codec{}.Decode(tree))
			for i := range b.Cards[min(1, len(b.Cards)):] {
				if b.Cards[i].ID >= b.Cards[i+1].ID {
					t.Fatal("cards are not sorted")
				}
			}
		}
	}
}

// randomCommand is one of all commands, on some of the cards c0…c9.
func randomCommand(r *rand.Rand) doc.Command[*Board] {
	var ids []CardID
	for range r.IntN(4) {
		ids = append(ids, CardID(fmt.Sprintf("c%d", r.IntN(10))))
	}
	at := Point{float64(r.IntN(4000)) / 3, float64(r.IntN(4000)) / 3}
	line := ConnectorID(fmt.Sprintf("k%d", r.IntN(6)))
	switch r.IntN(19) {
	case 15, 16:
		return Connect{[]Connector{{ID: line, From: CardID(fmt.Sprintf("c%d", r.IntN(10))), To: CardID(fmt.Sprintf("c%d", r.IntN(10))), Heads: Heads(r.IntN(4))}}}
	case 17:
		return Disconnect{[]ConnectorID{line}}
	case 18:
		return []doc.Command[*Board]{
			LabelConnector{line, fmt.Sprint(at)}, PointConnector{line, Heads(r.IntN(4))}, Reattach{line, r.IntN(2) == 0, CardID(fmt.Sprintf("c%d", r.IntN(10)))},
		}[r.IntN(3)]
	case 11:
		return GroupCards{ids, GroupID("any", r.IntN(5))}
	case 12:
		return UngroupCards{ids}
	case 13:
		return LockCards{ids, r.IntN(3) == 0}
	case 14:
		return PlaceCards{Places: []Placement{{CardID(fmt.Sprintf("c%d", r.IntN(10))), at}}}
	case 0, 1:
		pins := make([]Pin, len(ids))
		for i, id := range ids {
			pins[i] = pin(string(id), "text", at.X, at.Y, at.X, at.Y)
		}
		return AddCards{Cards: pins}
	case 2:
		return MoveCards{IDs: ids, By: at}
	case 3:
		return RemoveCards{IDs: ids}
	case 4:
		return SetTitle{fmt.Sprint(at)}
	case 5:
		return SetColor{[]string{"#AABBCC", "", "red"}[r.IntN(3)]}
	case 6:
		return AddAuthor{string(append(ids, "")[0])}
	case 7, 8:
		return Restack{IDs: ids, To: Level(r.IntN(4)), Past: CardID(fmt.Sprintf("c%d", r.IntN(12)))}
	case 9:
		return FreeSize{ids}
	}
	frames := make([]Frame, len(ids))
	for i, id := range ids {
		frames[i] = Frame{ID: id, Rect: RectAt(at, Size{at.Y, at.X})}
	}
	return ResizeCards{Frames: frames}
}

// expected reports whether a command may give an error on any board.
func expected(err error) bool {
	return slices.ContainsFunc([]error{doc.ErrGone, doc.ErrNothing, doc.ErrBadEdit, ErrLocked, ErrTooDeep}, func(e error) bool { return errors.Is(err, e) })
}

func TestAnyCommandOnAnyBoard(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 11))
		h := newHand(t)
		for range 60 {
			if r.IntN(6) == 0 { // something strange from elsewhere
				e := randomEdit(r)
				if _, err := h.tree.Apply([]doc.Edit{e}); err == nil {
					h.update([]doc.Path{e.At()})
				}
			}
			c := randomCommand(r)
			err := h.do(c)
			if err != nil && !expected(err) {
				t.Fatalf("%+v: %v", c, err)
			}
			if err == nil {
				again, err := c.Plan(h.board) // planning twice is planning the same
				more, err2 := c.Plan(h.board)
				if fmt.Sprint(again, err) != fmt.Sprint(more, err2) {
					t.Fatalf("%+v: plans differ", c)
				}
			}
		}
	}
}
