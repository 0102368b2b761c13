package app

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/share"
)

// person is one person's copy of a board, in a real engine.
type person struct {
	t    *testing.T
	doc  engine.Doc
	sent [][]byte // changes that the others do not have
	n    int
	name string
}

func (r *person) board() *board.Board {
	root, err := r.doc.Tree()
	must(r.t, err)
	return board.Codec{}.Decode(doc.NewTree(root))
}

// do carries a command out; what the board refuses changes nothing.
func (r *person) do(c doc.Command[*board.Board]) {
	p, err := c.Plan(r.board())
	if err != nil {
		return
	}
	change, err := r.doc.Apply(p.Edits, p.Label, 0)
	must(r.t, err)
	r.sent = append(r.sent, change.Body)
}

// twoPersons is one board at two persons', with columns k and m and six texts.
func twoPersons(t *testing.T, seed byte) [2]*person {
	t.Helper()
	var both [2]*person
	for i := range both {
		d, err := engine.Native().New([]byte{seed, byte(i + 1), 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
		must(t, err)
		t.Cleanup(d.Close)
		both[i] = &person{t: t, doc: d, name: string(rune('a' + i))}
	}
	first, err := both[0].doc.Apply(board.Create("Home", ""), "new", 0)
	must(t, err)
	both[0].sent = append(both[0].sent, first.Body)
	pins := []board.Pin{someCard("k", cards.KindColumn), someCard("m", cards.KindColumn)}
	for i := range 6 {
		pins = append(pins, someCard(fmt.Sprint("t", i), cards.KindText))
	}
	both[0].do(board.AddCards{Cards: pins})
	exchangeAll(t, both)
	return both
}

func someCard(id, kind string) board.Pin {
	return board.Pin{ID: board.CardID(id), Link: share.Link{Document: doc.NewID([32]byte{9}), Kind: kind}}
}

func exchangeAll(t *testing.T, both [2]*person) {
	t.Helper()
	for i, r := range both {
		_, err := both[1-i].doc.Merge(r.sent)
		must(t, err)
	}
	both[0].sent, both[1].sent = nil, nil
}

// orderOf is the members of all columns, and the cards that are in none.
func orderOf(b *board.Board) string {
	var out strings.Builder
	for _, c := range b.Cards {
		if c.Link.Kind == cards.KindColumn {
			fmt.Fprintf(&out, "%s:", c.ID)
			for _, m := range b.Members(c.ID) {
				fmt.Fprintf(&out, " %s", m.ID)
			}
			out.WriteString("; ")
		} else if b.Column(c) == nil {
			fmt.Fprintf(&out, "%s; ", c.ID)
		}
	}
	return out.String()
}

func TestTwoWhoInsertAtOnePlaceKeepBoth(t *testing.T) {
	both := twoPersons(t, 200)
	both[0].do(board.FillColumn{IDs: []board.CardID{"t0", "t1"}, Slot: board.Slot{Column: "k"}})
	exchangeAll(t, both)
	both[0].do(board.FillColumn{IDs: []board.CardID{"t2", "t3"}, Slot: board.Slot{Column: "k", Before: "t1"}})
	both[1].do(board.FillColumn{IDs: []board.CardID{"t4", "t5"}, Slot: board.Slot{Column: "k", Before: "t1"}})
	exchangeAll(t, both)
	a, b := orderOf(both[0].board()), orderOf(both[1].board())
	if a != b || len(both[0].board().Members("k")) != 6 {
		t.Errorf("one sees %s, the other %s", a, b)
	}
	members := both[0].board().Members("k")
	if members[0].ID != "t0" || members[5].ID != "t1" {
		t.Errorf("they are not between: %s", a)
	}
	// And there is room between what they have put there.
	both[0].do(board.FillColumn{IDs: []board.CardID{"t1"}, Slot: board.Slot{Column: "k", Before: members[2].ID}})
	if now := both[0].board().Members("k"); now[2].ID != "t1" {
		t.Errorf("%s", orderOf(both[0].board()))
	}
}

func TestAColumnThatSomebodyRemovesLosesNothing(t *testing.T) {
	both := twoPersons(t, 201)
	both[0].do(board.FillColumn{IDs: []board.CardID{"t0"}, Slot: board.Slot{Column: "k"}})
	exchangeAll(t, both)
	both[0].do(board.RemoveCards{IDs: []board.CardID{"k"}, Frees: []board.Placement{{ID: "t0", At: board.Point{X: 7, Y: 8}}}})
	at := board.Point{X: 70, Y: 80}
	both[1].do(board.FillColumn{IDs: []board.CardID{"t1"}, Slot: board.Slot{Column: "k"}, Places: []board.Placement{{ID: "t1", At: at}}})
	both[1].do(board.FillColumn{IDs: []board.CardID{"t2", "t0"}, Slot: board.Slot{Column: "k"}})
	exchangeAll(t, both)
	for _, r := range both {
		b := r.board()
		l := board.NewLayout(nil)
		l.Set(b)
		for i := range 6 {
			id := board.CardID(fmt.Sprint("t", i))
			if _, ok := l.Rect(id); !ok || b.Column(b.Card(id)) != nil {
				t.Errorf("%s: %s is not on the board", r.name, id)
			}
		}
		if r, _ := l.Rect("t1"); r.Min() != at {
			t.Errorf("t1 is at %v", r)
		}
	}
}

// TestColumnsMerge lets two people work on columns at random and meet at random.
func TestColumnsMerge(t *testing.T) {
	for seed := range byte(30) {
		both := twoPersons(t, seed)
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		removed := map[board.CardID]bool{}
		ever := map[board.CardID]bool{}
		for step := range 60 {
			x := both[r.IntN(2)]
			now := x.board().Cards
			some := func() board.CardID { return now[r.IntN(len(now))].ID }
			switch n := r.IntN(20); {
			case n < 9:
				slot := board.Slot{Column: []board.CardID{"k", "m"}[r.IntN(2)], Before: some()}
				x.do(board.FillColumn{IDs: []board.CardID{some(), some()}, Slot: slot})
			case n < 12:
				x.do(board.TakeOut{Places: []board.Placement{{ID: some(), At: board.Point{X: float64(step)}}}})
			case n < 15:
				x.n++
				pin := someCard(fmt.Sprint(x.name, x.n), cards.KindText)
				pin.Into = board.Slot{Column: "k", Before: some()}
				x.do(board.AddCards{Cards: []board.Pin{pin}})
				ever[pin.ID] = true
			case n == 15:
				if id := some(); id != "k" && id != "m" {
					x.do(board.RemoveCards{IDs: []board.CardID{id}})
					removed[id] = true
				}
			case n == 16 && step > 40:
				x.do(board.RemoveCards{IDs: []board.CardID{"m"}})
			default:
				exchangeAll(t, both)
			}
		}
		exchangeAll(t, both)
		a, b := orderOf(both[0].board()), orderOf(both[1].board())
		if a != b {
			t.Fatalf("seed %d: one sees %s, the other %s", seed, a, b)
		}
		for id := range ever {
			if !removed[id] && !strings.Contains(strings.NewReplacer(";", " ", ":", " ").Replace(a)+" ", string(id)+" ") {
				t.Errorf("seed %d: %s is lost from %s", seed, id, a)
			}
		}
	}
}

// columnWith makes a column on a board, with texts in it.
func columnWith(t *testing.T, a *App, on doc.ID, texts ...string) (column board.CardID, ids []board.CardID) {
	t.Helper()
	for i, text := range texts {
		ids = append(ids, newText(t, a, on, board.Point{X: 500, Y: float64(100 * i)}, text))
	}
	column, _, r := a.NewCardAs(on, board.NewCard{Kind: cards.KindColumn, At: board.Point{X: 40, Y: 40}, Takes: ids})
	must(t, r.Applied(testContext(t)))
	return column, ids
}

// wordsIn is what the cards in the only column of a board say, in order.
func wordsIn(t *testing.T, a *App, on doc.ID) string {
	t.Helper()
	b := readTest(t, a, on)
	var out []string
	for _, c := range b.Cards {
		for _, m := range b.Members(c.ID) {
			out = append(out, textOn(t, a, on, m.ID))
		}
	}
	return strings.Join(out, " ")
}

func TestColumnsAndConnectorsGoAlong(t *testing.T) {
	a := openTest(t, t.TempDir())
	from, to := newBoard(t, a, "from"), newBoard(t, a, "to")
	column, ids := columnWith(t, a, from, "x", "y", "z")
	all := append([]board.CardID{column}, ids...)
	line := board.Connector{ID: "l", From: ids[0], To: ids[1], Label: "then", Heads: board.HeadFrom, Colour: "#D96767"}
	must(t, a.do(from, board.Connect{Connectors: []board.Connector{line, {ID: "o", From: ids[0], To: newText(t, a, from, board.Point{}, "other")}}}).Applied(testContext(t)))
	wantLine := func(when string, on doc.ID, cards int) {
		t.Helper()
		n := 0
		b := readTest(t, a, on)
		for _, c := range b.Connectors {
			if c.Label == "then" && c.Colour == "#D96767" && c.Heads == board.HeadFrom && b.Card(c.From) != nil && b.Card(c.To) != nil {
				n++
			}
		}
		if n != cards {
			t.Errorf("%s: %d connectors", when, n)
		}
	}
	if got := wordsIn(t, a, from); got != "x y z" {
		t.Fatalf("in it are %q", got)
	}
	doubles, err := a.Duplicate(from, all, board.Point{X: 400})
	must(t, err)
	b := readTest(t, a, from)
	if got := b.Members(doubles[slices.IndexFunc(doubles, func(id board.CardID) bool { return b.Card(id).Link.Kind == cards.KindColumn })]); len(got) != 3 || len(b.Members(column)) != 3 {
		t.Errorf("the double holds %d cards", len(got))
	}
	wantLine("duplicated", from, 2)
	must(t, a.do(from, board.RemoveCards{IDs: doubles}).Applied(testContext(t)))

	// One card again, below itself.
	one, err := a.DuplicateAs(from, board.Duplicate{IDs: ids[:1], Into: board.Slot{Column: column, Before: ids[1]}})
	must(t, err)
	if got := wordsIn(t, a, from); got != "x x y z" {
		t.Errorf("in it are %q", got)
	}
	must(t, a.do(from, board.RemoveCards{IDs: one}).Applied(testContext(t)))

	text := a.CopyCards(from, all)
	_, err = a.PasteCards(to, board.Point{X: 5, Y: 5}, text, PasteDuplicate)
	must(t, err)
	if got := wordsIn(t, a, to); got != "x y z" {
		t.Errorf("pasted are %q", got)
	}
	wantLine("pasted", to, 1)
	_, err = a.Undo(to)
	must(t, err)

	moved, err := a.MoveTo(from, all, to, board.Point{X: 33, Y: 44})
	must(t, err)
	if got := wordsIn(t, a, to); got != "x y z" || len(moved) != 4 {
		t.Errorf("moved are %q", got)
	}
	wantLine("moved", to, 1)
	wantLine("left behind", from, 0)
	_, err = a.Undo(to)
	must(t, err)
	if got := wordsIn(t, a, from) + "|" + wordsIn(t, a, to); got != "x y z|" {
		t.Errorf("undone: %q", got)
	}
	wantLine("undone", from, 1)
	wantLine("undone there", to, 0)
}

func TestTwoDevicesFillOneColumn(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	id, err := a.Share(ctx, newBoard(t, a, "Plans"))
	must(t, err)
	column, ids := columnWith(t, a, id, "x", "y")
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	eventually(t, b, "the column", func() bool { return strings.Count(saidOn(t, b, id), "|") == 2 })
	put := func(on *App, text string) {
		card, link, r := on.NewCardAs(id, board.NewCard{Kind: cards.KindText, Into: board.Slot{Column: column, Before: ids[1]}})
		must(t, r.Applied(ctx))
		must(t, on.change(ctx, link.Document, func(any) (doc.Plan, error) {
			return doc.Plan{Label: "Type", Edits: []doc.Edit{doc.Splice{Path: doc.At("text"), Insert: text}}}, nil
		}))
		_ = card
	}
	put(a, "from-a")
	put(b, "from-b")
	for _, x := range []*App{a, b} {
		eventually(t, x, "what both have put in", func() bool {
			said := saidOn(t, x, id)
			return strings.Contains(said, "from-a") && strings.Contains(said, "from-b")
		})
	}
	one, other := wordsIn(t, a, id), wordsIn(t, b, id)
	if one != other || !strings.HasPrefix(one, "x from-") || !strings.HasSuffix(one, " y") {
		t.Errorf("one sees %q, the other %q", one, other)
	}
}

func TestAColumnComesBackFromACanvas(t *testing.T) {
	a, b := openTest(t, t.TempDir()), openTest(t, t.TempDir())
	on, back := newBoard(t, a, "Plans"), newBoard(t, b, "")
	column, ids := columnWith(t, a, on, "x", "y", "z")
	must(t, a.do(on, board.FillColumn{IDs: ids[1:2], Slot: board.Slot{Column: column, Before: ids[0]}}).Applied(testContext(t)))
	must(t, a.do(on, board.Connect{Connectors: []board.Connector{{ID: "k", From: ids[0], To: ids[1], Colour: "#64BCDF"}}}).Applied(testContext(t)))
	first, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")
	exportAs(t, a, on, FormatCanvas, first)
	_, err := b.ImportTree(testContext(t), back, nil, first, nil)
	must(t, err)
	if got := wordsIn(t, b, back); got != "y x z" {
		t.Errorf("back came %q", got)
	}
	exportAs(t, b, back, FormatCanvas, second)
	sameFiles(t, allFiles(t, first), allFiles(t, second))
	l := newLaid(readTest(t, a, on))
	r, _ := l.Rect(column)
	for _, id := range ids {
		if m, _ := l.Rect(id); !r.Contains(m.Center()) {
			t.Errorf("%s is at %v, its column at %v", id, m, r)
		}
	}
	page := filepath.Join(t.TempDir(), "page")
	exportAs(t, a, on, FormatMarkdown, page)
	text := ""
	for _, s := range allFiles(t, page) {
		text += s
	}
	if y, x, z := strings.Index(text, "\ny\n"), strings.Index(text, "\nx\n"), strings.Index(text, "\nz\n"); y < 0 || x < y || z < x {
		t.Errorf("the page says %q", text)
	}
}
