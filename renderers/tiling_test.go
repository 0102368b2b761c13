package renderers

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// farOut fills the table with a field of notes and looks at it from so far
// that it is drawn from tiles.
func farOut(t *testing.T) *table {
	t.Helper()
	x := newTable(t)
	var pins []board.Pin
	for i := range 400 {
		id := doc.NewID([32]byte{0: 100, 1: byte(i), 2: byte(i >> 8)})
		x.create(id, cards.NewText(fmt.Sprintf("# Note %d\nwith some words", i)))
		pins = append(pins, board.Pin{ID: farCard(i), Link: share.Link{Document: id, Kind: "text"},
			At: board.Point{X: float64(i % 20 * 340), Y: 1000 + float64(i/20*260)}, Size: board.Size{W: 300, H: 200}})
	}
	x.view.Live.Do(board.AddCards{Cards: pins})
	x.view.Session.Camera = board.Camera{Origin: board.Point{X: -100, Y: 900}, Zoom: 0.12}
	x.settle()
	return x
}

func farCard(i int) board.CardID { return board.CardID(fmt.Sprintf("far%03d", i)) }

// tileColor is the colour of the tile under a place of the board.
func (x *table) tileColor(p board.Point) color.RGBA {
	x.t.Helper()
	for _, k := range x.view.tiling.want {
		if tl := x.view.tiling.tiles[k]; tl.img != nil && tl.area.Contains(p) {
			q := p.Sub(tl.area.Min()).Scale(float64(k.scale))
			return tl.img.RGBAAt(int(q.X), int(q.Y))
		}
	}
	x.t.Fatalf("no tile shows %v", p)
	return color.RGBA{}
}

func TestManyCardsAreDrawnFromAFewTiles(t *testing.T) {
	x := farOut(t)
	if !x.view.tiling.on {
		t.Fatal("400 cards at 12 % are not drawn from tiles")
	}
	if n := len(x.view.objects); n > 30 {
		t.Errorf("%d objects in the tree", n)
	}
	pal := x.view.around.pal
	if got := x.tileColor(board.Point{X: 150, Y: 1150}); got != pal.Paper {
		t.Errorf("inside a card: %v, want paper %v", got, pal.Paper)
	}
	ground := BoardColor(x.view.Live.Snapshot().Value, pal)
	if got := x.tileColor(board.Point{X: 320, Y: 1110}); got == pal.Paper {
		t.Errorf("between cards: %v, want the ground %v", got, ground)
	}
}

func TestAMovedCardChangesOnlyTheTilesItTouches(t *testing.T) {
	x := farOut(t)
	before := map[tileKey]*image.RGBA{}
	for _, k := range x.view.tiling.want {
		before[k] = x.view.tiling.tiles[k].img
	}
	free := board.Point{X: -60, Y: 920}
	x.view.Live.Do(board.PlaceCards{Places: []board.Placement{{ID: farCard(0), At: free}}})
	x.settle()
	if got, want := x.tileColor(free.Add(board.Point{X: 150, Y: 150})), x.view.around.pal.Paper; got != want {
		t.Errorf("where the card is now: %v, want %v", got, want)
	}
	same := 0
	for k, img := range before {
		if x.view.tiling.tiles[k].img == img {
			same++
		}
	}
	if changed := len(before) - same; changed == 0 || changed > 4 {
		t.Errorf("%d of %d tiles were painted anew", changed, len(before))
	}
}

func TestATileFollowsWhatACardSays(t *testing.T) {
	x := farOut(t)
	last := x.view.tiling.want[len(x.view.tiling.want)-1]
	var id board.CardID
	for id = range x.view.tiling.tiles[last].drawn {
		break
	}
	before := x.view.tiling.tiles[last].img
	h := x.store.Open(x.view.Layout.Card(id).Link.Document, x.view.env.Registry.Face("text").View)
	defer h.Close()
	doCommand(h, cards.EditText{Was: h.Snapshot().Value.(cards.Text).Text, Now: "# Quite another title that is much longer"})
	x.settle()
	if x.view.tiling.tiles[last].img == before {
		t.Error("the tile shows the old text")
	}
}

func TestACardInTheHandLeavesItsTile(t *testing.T) {
	x := farOut(t)
	r, _ := x.view.Layout.Rect(farCard(0))
	at := x.view.Session.Camera.ToScreen(r.Center())
	x.view.On(board.PointerDown{At: at})
	x.view.On(board.PointerMove{At: at.Add(board.Point{X: 0, Y: -14})})
	x.settle()
	if got := x.tileColor(r.Center().Add(board.Point{Y: 60})); got == x.view.around.pal.Paper {
		t.Error("the tile still shows the card that is in the hand")
	}
	x.view.On(board.Key{Name: "Escape", Down: true})
	x.settle()
	if got := x.tileColor(r.Center()); got != x.view.around.pal.Paper {
		t.Errorf("put back, the tile shows %v there", got)
	}
}

func TestZoomingInShowsCardsAgain(t *testing.T) {
	x := farOut(t)
	x.view.Session.Camera = board.Camera{Origin: board.Point{X: -20, Y: 980}, Zoom: 1}
	x.settle()
	if x.view.tiling.on {
		t.Error("at 100 % cards are drawn from tiles")
	}
	if p := x.view.pins[farCard(0)]; p == nil || p.img == nil {
		t.Error("a card in view has no picture of its own")
	}
}

func TestTheOverviewShowsTheWholeBoard(t *testing.T) {
	x := farOut(t)
	x.until("there is a new overview", func() bool {
		_, area := x.view.Overview()
		if area.H > 1000 {
			return true
		}
		x.view.later()
		return false
	})
	img, area := x.view.Overview()
	if b := x.view.Layout.Bounds(); area.Union(b) != area {
		t.Errorf("the overview shows %v, the cards are in %v", area, b)
	}
	r, _ := x.view.Layout.Rect(farCard(399))
	k := float64(img.Rect.Dx()-1) / area.W
	p := r.Center().Sub(area.Min()).Scale(k)
	if got := img.RGBAAt(int(p.X), int(p.Y)); got != x.view.around.pal.Paper {
		t.Errorf("the last card is %v in the overview", got)
	}
}

func TestTilesOver(t *testing.T) {
	got := tilesOver(board.Rect{X: -10, Y: 0, W: 2000, H: 1100}, 0.5, nil)
	if len(got) != 3*2 {
		t.Errorf("%d tiles: %v", len(got), got)
	}
	for _, k := range got {
		if !k.area().Intersects(board.Rect{X: -10, Y: 0, W: 2000, H: 1100}) {
			t.Errorf("tile %v is aside", k)
		}
	}
	if n := len(tilesOver(board.Rect{W: 1e9, H: 1e9}, 1, nil)); n != 0 {
		t.Errorf("%d tiles of a senseless area", n)
	}
	for scale, want := range map[float32]float32{0.3: 0.25, 0.26: 0.25, 0.12: 0.125, 0.2: 0.25, 1: 1} {
		if got := levelOf(scale); got != want {
			t.Errorf("levelOf(%v) = %v, want %v", scale, got, want)
		}
	}
}

func TestAStormOfChangesIsFewFrames(t *testing.T) {
	x := newTable(t)
	before := x.view.frame
	const moves = 500
	for range moves {
		x.view.Live.Do(board.MoveCards{IDs: []board.CardID{noteCard}, By: board.Point{X: 1}})
		for len(x.desk.posts) > 0 {
			(<-x.desk.posts)()
		}
	}
	x.settle()
	if n := x.view.frame - before; n > moves/10 {
		t.Errorf("%d changes were %d frames", moves, n)
	}
	if r, _ := x.view.Layout.Rect(noteCard); r.X != 100+moves {
		t.Errorf("in the end the card is at %v", r.X)
	}
}
