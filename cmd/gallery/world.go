package main

import (
	"context"
	"image"
	"image/color"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/share"
)

// wall is the board on which all stories are pinned.
var wall = doc.NewID([32]byte{255})

// id names the document of a story.
func id(i int) doc.ID { return doc.NewID([32]byte{byte(i + 1)}) }

// arriving says how far the file of a story has come.
func arriving(of doc.ID) (renderers.Arriving, bool) {
	for i, s := range stories {
		if id(i) == of && s.coming != nil {
			return *s.coming, true
		}
	}
	return renderers.Arriving{}, false
}

// newWorld is an Env of canned data. post runs a function on the UI goroutine.
func newWorld(post func(func()), dark func() bool) (*renderers.Env, error) {
	store := doctest.NewStore()
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil, err
	}
	made := byte(0)
	e := &renderers.Env{
		Docs: store, Post: post, Dark: dark,
		Sentence: func(err error) string { return err.Error() },
		Now:      func() time.Time { return now },
		NewID:    func() doc.ID { made++; return doc.NewID([32]byte{254, made}) },
		OpenURL:  func(string) {}, Copy: func(string) {},
		OpenFile: func(_, _, _ string) {}, OpenWith: func(cards.File) {}, SaveFile: func(_, _, _ string) {},
		OpenDocument: func(doc.ID, string) {},
		Room:         roomOf,
		People:       talkers(),
		Registry:     renderers.NewRegistry(),
		Fetch: func(_ context.Context, p renderers.Picture) (*image.RGBA, error) {
			return fakePicture(p), nil
		},
		Arriving: arriving,
		Known:    gossip{},
		Sound:    gossip{},
		Frames:   func(context.Context, renderers.Picture) ([]renderers.Frame, error) { return nil, nil },
		PageText: func(context.Context, string, int) (renderers.PageText, error) {
			return renderers.PageText{Text: "Ferry", Words: []renderers.Word{{Text: "Ferry", Rect: paint.Rect{X: 60, Y: 60, W: 80, H: 20}}}}, nil
		},
		FileText: func(context.Context, string) (string, error) {
			return "Meet at the **old bridge**. The ferry leaves at [twenty to ten](https://example.org/ferry).\n\n- three hours\n- mostly flat\n\n> Rain moves it to Sunday.", nil
		},
		Capture: func(doc.ID) {},
		PageSizes: func(context.Context, string) ([]renderers.Point, error) {
			sizes := make([]renderers.Point, 12)
			for i := range sizes {
				sizes[i] = renderers.Point{X: 595, Y: 842}
			}
			return sizes, nil
		},
	}
	e.Pictures = renderers.NewPictures(64<<20, e.Fetch)
	return e, fill(store, e.Registry)
}

// fill makes the documents of all stories and pins them: on the wall, and on
// the board that is one of them.
func fill(store doc.Store, faces *renderers.Registry) error {
	ctx := context.Background()
	sh := paint.NewShaper()
	var pins []board.Pin
	at := board.Point{X: 40, Y: 40}
	if err := store.Create(wall, board.Create("Gallery", "")).Applied(ctx); err != nil {
		return err
	}
	for i, s := range stories {
		if err := store.Create(id(i), s.edits).Applied(ctx); err != nil {
			return err
		}
		if s.kind == cards.KindBoard {
			if err := pin(store, id(i), pins); err != nil {
				return err
			}
		}
		face := faces.Face(s.kind)
		h := store.Open(id(i), face.View)
		w, _ := face.Natural(sh, h.Snapshot().Value, 0)
		h.Close()
		pins = append(pins, board.Pin{ID: board.CardID(s.name), Link: share.Link{Document: id(i), Kind: s.kind}, At: at})
		at.X += float64(w) + 2*board.Grid
		if i%4 == 3 {
			at = board.Point{X: 40, Y: at.Y + 480}
		}
	}
	return pin(store, wall, pins)
}

func pin(store doc.Store, on doc.ID, pins []board.Pin) error {
	live := doc.Open(store, on, cards.KindBoard, board.Codec{})
	defer live.Close()
	return live.Do(board.AddCards{Cards: pins}).Applied(context.Background())
}

// fakePicture is a sky over water; a page of a PDF is paper with lines.
func fakePicture(p renderers.Picture) *image.RGBA {
	ratio := 3.0 / 4
	if p.PDF {
		ratio = 842.0 / 595
	}
	w := max(1, min(p.W, int(float64(p.H)/ratio)))
	h := max(1, int(float64(w)*ratio))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		x, y := float64(i%w)/float64(w), float64(i/w)/float64(h)
		c := color.RGBA{40, uint8(150 - 90*y), uint8(170 - 70*y), 255}
		switch {
		case p.PDF && x > 0.1 && x < 0.9 && y > 0.08 && y < 0.9 && int(y*40)%2 == 0:
			c = color.RGBA{184, 190, 198, 255}
		case p.PDF:
			c = color.RGBA{255, 255, 255, 255}
		case y < 0.55:
			c = color.RGBA{uint8(110 + 120*y), uint8(150 + 90*y), 210, 255}
		}
		img.SetRGBA(i%w, i/w, c)
	}
	return img
}
