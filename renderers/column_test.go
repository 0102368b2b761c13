package renderers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// columnTable has a column at the left with the note and the list in it.
func columnTable(t *testing.T) *table {
	x := newTable(t)
	x.create(testID(7), cards.NewColumn(cards.Column{Title: "Today"}))
	pin := board.Pin{ID: "column", Link: share.Link{Document: testID(7), Kind: cards.KindColumn}, At: board.Point{X: 60, Y: 40}, Size: board.Size{W: 240}}
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{pin}, Takes: []board.CardID{noteCard, todoCard}})
	x.settle()
	x.settle() // as high as what was found in it
	return x
}

func (x *table) rect(id board.CardID) board.Rect {
	r, _ := x.view.Layout.Rect(id)
	return r
}

func TestAColumnOfPaintedCardsReflows(t *testing.T) {
	x := columnTable(t)
	note, list, column := x.rect(noteCard), x.rect(todoCard), x.rect("column")
	if note.W != 220 || list.W != 220 || x.view.pins[noteCard].size.X != 220 {
		t.Errorf("the note is %v, painted %v", note, x.view.pins[noteCard].size)
	}
	if list.Y != note.Max().Y+board.ColumnPad || column.Max().Y != list.Max().Y+board.ColumnPad {
		t.Errorf("note %v, list %v, column %v", note, list, column)
	}
	if p := x.view.pins["column"]; p.has.holds != 2 {
		t.Errorf("it is painted with %d cards", p.has.holds)
	}
	at := map[any]int{}
	for i, o := range x.view.objects {
		at[o] = i
	}
	if at[x.view.pins["column"].im] >= at[x.view.pins[noteCard].im] {
		t.Error("the column lies over its cards")
	}
	h := x.store.Open(testID(2), NewRegistry().Face("text").View)
	defer h.Close()
	h.Do(func(any) (doc.Plan, error) {
		return doc.Plan{Edits: []doc.Edit{doc.Splice{Path: doc.At("text"), Insert: strings.Repeat("more words than one line of a column holds\n\n", 4)}}}, nil
	})
	x.until("the list gives way", func() bool { x.view.Sync(); return x.rect(todoCard).Y > list.Y+60 })
	if x.rect("column").H <= column.H {
		t.Errorf("the column is %v, was %v", x.rect("column"), column)
	}
	wide := x.rect(noteCard).H
	x.view.Live.Do(board.ResizeCards{Frames: []board.Frame{{ID: "column", Rect: board.Rect{X: 60, Y: 40, W: 160}}}})
	x.settle()
	x.until("the note is as wide as there is room", func() bool { x.view.Sync(); return x.rect(noteCard).W == 140 && x.rect(noteCard).H > wide })
}

func TestALineShowsWhereAColumnTakesACard(t *testing.T) {
	x := columnTable(t)
	on := func(p board.Point) board.Point { return x.view.Session.Camera.ToScreen(p) }
	alien := x.rect(alienCard)
	list := x.rect(todoCard)
	x.view.Live.Do(board.MoveCards{IDs: []board.CardID{alienCard}, By: board.Point{X: 500}})
	x.settle()
	from := alien.Center().Add(board.Point{X: 500})
	to := list.Min().Add(board.Point{X: 30, Y: 4})
	x.view.On(board.PointerDown{At: on(from)})
	x.view.On(board.PointerMove{At: on(from.Add(board.Point{X: -20}))})
	x.view.On(board.PointerMove{At: on(to)})
	line := false
	for _, o := range x.view.objects {
		if l, ok := o.(*canvas.Line); ok && l.StrokeWidth == 3 && l.Position1.Y == l.Position2.Y {
			line = true
		}
	}
	if !line {
		t.Error("there is no line")
	}
	x.view.On(board.PointerUp{At: on(to)})
	x.settle()
	if got := x.view.Layout.Members("column"); len(got) != 3 || got[1] != alienCard {
		t.Errorf("in it are %v", got)
	}
	x.view.Edit("column")
	x.until("the title is edited", func() bool { x.view.Sync(); return x.view.word != nil })
	x.view.word.entry.SetText("Tomorrow")
	x.view.word.finish(true)
	x.view.Colour("column", "#ffe283")
	x.settle()
	if c, _ := x.view.Value("column").(cards.Column); c.Title != "Tomorrow" || c.Colour != "#ffe283" {
		t.Errorf("the column is %+v", c)
	}
}

func TestConnectorsHaveColours(t *testing.T) {
	x := newTable(t)
	x.connect(board.Connector{ID: "k", From: noteCard, To: todoCard, Colour: "#D96767"})
	for _, o := range x.view.objects {
		if l, ok := o.(*canvas.Line); ok {
			if r, g, _, _ := l.StrokeColor.RGBA(); r <= g+0x2000 {
				t.Errorf("the line is %v", l.StrokeColor)
			}
		}
	}
	x.view.Live.Do(board.PaintConnector{ID: "k"})
	x.settle()
	if c := x.view.Live.Snapshot().Value.Connector("k"); c.Colour != "" {
		t.Errorf("%+v", c)
	}
}
