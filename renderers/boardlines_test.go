package renderers

import (
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/internal/golden"
	"corkboard/renderers/paint"
	"corkboard/share"
)

// linesShown is the lines that are in the tree one by one.
func (x *table) linesShown() (n int) {
	for _, o := range x.view.objects {
		if _, ok := o.(*canvas.Line); ok {
			n++
		}
	}
	return n
}

func (x *table) connect(list ...board.Connector) {
	x.t.Helper()
	if err := x.view.Live.Do(board.Connect{Connectors: list}).Applied(x.t.Context()); err != nil {
		x.t.Fatal(err)
	}
	x.settle()
}

func TestConnectorsAreDrawnWithTheirLabels(t *testing.T) {
	x := newTable(t)
	x.connect(board.Connector{ID: "k", From: noteCard, To: todoCard, Heads: board.HeadTo})
	if n := x.linesShown(); n != 3 {
		t.Errorf("%d lines for an arrow", n)
	}
	x.view.Live.Do(board.LabelConnector{ID: "k", Label: "leads to"})
	x.settle()
	x.until("the label is painted", func() bool {
		l := x.view.decor.lines.labels["k"]
		return l != nil && l.img != nil
	})
	x.view.Live.Do(board.RemoveCards{IDs: []board.CardID{todoCard}})
	x.settle()
	if n := x.linesShown(); n != 0 {
		t.Errorf("%d lines to a card that has gone", n)
	}
}

func TestALabelIsWrittenInPlace(t *testing.T) {
	x := newTable(t)
	x.connect(board.Connector{ID: "k", From: noteCard, To: todoCard, Heads: board.HeadTo})
	write := func(words string, keep bool) string {
		x.view.carry(board.EditLabel{ID: "k"})
		x.view.word.entry.SetText(words)
		x.view.word.finish(keep)
		x.settle()
		return x.view.Live.Snapshot().Value.Connector("k").Label
	}
	if got := write("so", true); got != "so" {
		t.Errorf("kept: %q", got)
	}
	if got := write("never", false); got != "so" {
		t.Errorf("put back: %q", got)
	}
	x.view.carry(board.EditLabel{ID: "k"})
	x.view.Live.Do(board.Disconnect{IDs: []board.ConnectorID{"k"}})
	x.settle()
	if x.view.word != nil {
		t.Error("words are edited on a connector that has gone")
	}
}

func TestTilesShowConnectors(t *testing.T) {
	x := farOut(t)
	at := board.Point{X: 320, Y: 1100} // between the first two cards
	ground := x.tileColor(at)
	x.connect(board.Connector{ID: "k", From: farCard(0), To: farCard(1)})
	if got := x.tileColor(at); got == ground {
		t.Error("no tile shows the connector")
	}
	if n := x.linesShown(); n != 0 {
		t.Errorf("%d lines over the tiles", n)
	}
	x.view.Live.Do(board.Disconnect{IDs: []board.ConnectorID{"k"}})
	x.settle()
	if got := x.tileColor(at); got != ground {
		t.Errorf("the connector has gone and left %v", got)
	}
}

func TestConnectorsOfWhatIsDraggedLieOverTheTiles(t *testing.T) {
	x := farOut(t)
	at := board.Point{X: 320, Y: 1100}
	ground := x.tileColor(at)
	x.connect(board.Connector{ID: "k", From: farCard(0), To: farCard(1)})
	on := func(p board.Point) board.Point { return x.view.Session.Camera.ToScreen(p) }
	x.view.On(board.PointerDown{At: on(board.Point{X: 100, Y: 1100})})
	x.view.On(board.PointerMove{At: on(board.Point{X: 100, Y: 950})})
	x.settle()
	if n := x.linesShown(); n == 0 {
		t.Error("the connector does not follow the hand")
	}
	if got := x.tileColor(at); got != ground {
		t.Error("a tile shows it still where it was")
	}
	x.view.On(board.PointerUp{At: on(board.Point{X: 100, Y: 950})})
	x.settle()
	x.view.Sync()
	if n := x.linesShown(); n != 0 {
		t.Errorf("%d lines over the tiles after the drop", n)
	}
}

func TestManyConnectorsAreDrawnFromTiles(t *testing.T) {
	x := farOut(t)
	var list []board.Connector
	for i := range linesFrom + 20 {
		list = append(list, board.Connector{ID: board.ConnectorID(fmt.Sprint(i)), From: farCard(i), To: farCard(i + 21), Heads: board.HeadTo})
	}
	x.connect(list...)
	x.view.Session.Camera = board.Camera{Origin: board.Point{X: 0, Y: 900}, Zoom: 0.4}
	x.settle()
	if len(x.view.view.Lines) > linesFrom != x.view.tiling.on {
		t.Errorf("%d connectors in view, tiles are %v", len(x.view.view.Lines), x.view.tiling.on)
	}
	if n := len(x.view.objects); n > 500 {
		t.Errorf("%d objects in the tree", n)
	}
}

func TestGoldenConnectors(t *testing.T) {
	a, b, c := board.Rect{X: 20, Y: 20, W: 120, H: 60}, board.Rect{X: 320, Y: 40, W: 120, H: 80}, board.Rect{X: 60, Y: 200, W: 120, H: 60}
	var lines []board.Line
	for _, l := range []struct {
		from, to board.Rect
		c        board.Connector
	}{
		{a, b, board.Connector{Label: "leads to", Heads: board.HeadTo}},
		{b, c, board.Connector{Label: "a label that is too long to be written as a whole", Heads: board.HeadTo | board.HeadFrom}},
		{c, a, board.Connector{}},
	} {
		line, _ := board.Line{Connector: &l.c}.Between(l.from, l.to, 1)
		lines = append(lines, line)
	}
	for _, dark := range []bool{false, true} {
		for _, scale := range []float32{1, 2, 0.25} {
			pal := palette(dark)
			dst := image.NewRGBA(image.Rect(0, 0, int(460*scale), int(280*scale)))
			paint.FillRect(dst, paint.Rect{W: 460 * scale, H: 280 * scale}, pal.BoardBg)
			for _, r := range []board.Rect{a, b, c} {
				paint.FillRoundRect(dst, paint.Rect{X: float32(r.X), Y: float32(r.Y), W: float32(r.W), H: float32(r.H)}.Scaled(scale), cardRadius*scale, pal.Paper)
			}
			paintLines(dst, paint.NewShaper(), lines, board.Rect{W: 460, H: 280}, scale, pal.BoardBg, pal)
			golden.Picture(t, pictureName("connectors", scale, dark), dst)
		}
	}
}

func TestConnectorsFollowTheDragOfSomebodyElse(t *testing.T) {
	x, ada := newShared(t)
	x.connect(board.Connector{ID: "k", From: noteCard, To: todoCard, Heads: board.HeadTo})
	r, _ := x.view.Layout.Rect(noteCard)
	lines := func() (n int) {
		for _, o := range x.above() {
			if _, ok := o.(*canvas.Line); ok {
				n++
			}
		}
		return n
	}
	ada.does(Presence{Selected: []board.CardID{noteCard}, Drag: []board.Rect{r.Move(board.Point{X: 20, Y: 200})}})
	x.rest("an arrow leads to what she drags", func() bool { return lines() == 3 })
	ada.does(Presence{Selected: []board.CardID{noteCard}})
	x.rest("it is gone after the drop", func() bool { return lines() == 0 })
}

func TestAFrameIsNamedInPlaceAndLiesBehind(t *testing.T) {
	x := newTable(t)
	x.create(testID(7), cards.NewFrame(cards.Frame{}))
	pin := board.Pin{ID: "frame", Link: share.Link{Document: testID(7), Kind: cards.KindFrame}, At: board.Point{X: 60, Y: 60}, Size: board.Size{W: 600, H: 500}}
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{pin}})
	x.settle()
	x.connect(board.Connector{ID: "k", From: noteCard, To: todoCard, Heads: board.HeadTo})
	at := map[any]int{}
	for i, o := range x.view.objects {
		at[o] = i
		if _, ok := o.(*canvas.Line); ok {
			at["line"] = i
		}
	}
	if f, n := at[x.view.pins["frame"].im], at[x.view.pins[noteCard].im]; f >= at["line"] || at["line"] >= n {
		t.Errorf("frame %d, line %d, note %d: want them in this order", f, at["line"], n)
	}
	x.view.Edit("frame")
	x.until("the title is edited", func() bool { x.view.Sync(); return x.view.word != nil })
	x.view.word.entry.SetText("Ideas")
	x.view.word.finish(true)
	x.settle()
	if f, _ := x.view.Value("frame").(cards.Frame); f.Title != "Ideas" {
		t.Errorf("the frame is %+v", f)
	}
	if x.view.Session.Editing != "" {
		t.Errorf("%q is still edited", x.view.Session.Editing)
	}
}

// What is typed right after a board has been made is its title, not the keys of tools.
func TestABoardIsNamedInPlace(t *testing.T) {
	x := newTable(t)
	x.create(testID(8), board.Create("", ""))
	pin := board.Pin{ID: "inner", Link: share.Link{Document: testID(8), Kind: cards.KindBoard}, At: board.Point{X: 60, Y: 60}}
	x.view.Edit("inner")
	for _, r := range "Ga" {
		x.view.TypedRune(r) // before the card is there
	}
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{pin}})
	x.until("the title is edited", func() bool { x.view.Sync(); return x.view.word != nil })
	x.view.word.entry.TypedRune('p')
	x.view.word.finish(true)
	x.settle()
	if b, _ := x.view.Value("inner").(*board.Board); b == nil || b.Title != "Gap" {
		t.Errorf("the board is %+v", b)
	}
	x.view.On(board.Key{Name: "F2", Down: true})
	x.until("the title is edited again", func() bool { x.view.Sync(); return x.view.word != nil })
	if x.view.word.entry.Text != "Gap" {
		t.Errorf("%q is edited", x.view.word.entry.Text)
	}
	x.view.word.entry.SetText("Gaps")
	x.view.word.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyA, Modifier: fyne.KeyModifierAlt})
	x.settle()
	if b, _ := x.view.Value("inner").(*board.Board); x.view.word != nil || b.Title != "Gaps" {
		t.Errorf("a shortcut leaves %+v", b)
	}
	if x.view.Rename(noteCard); x.view.word != nil || x.view.edit != nil {
		t.Error("a note has no title of its own to write")
	}
}
