package main

import (
	"image"
	"image/draw"
	"testing"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

const margin = 10

// picture paints a story as a board does, without the window.
func picture(t *testing.T, env *renderers.Env, i int, dark bool) *image.RGBA {
	t.Helper()
	face := env.Registry.Face(stories[i].kind)
	h := env.Docs.Open(id(i), face.View)
	defer h.Close()
	value := h.Snapshot().Value
	sh := paint.NewShaper()
	w, high := face.Natural(sh, value, 0)
	pal := paint.Light()
	if dark {
		pal = paint.Dark()
	}
	dst := image.NewRGBA(image.Rect(0, 0, int(w)+2*margin, int(high)+2*margin))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(pal.BoardBg), image.Point{}, draw.Src)
	sheet := &renderers.Sheet{
		Dst: dst, X: margin, Y: margin, Scale: 1, W: w, H: high, Pal: pal, Shaper: sh, Today: today,
		Picture:  func(p renderers.Picture) (*image.RGBA, error) { return fakePicture(p), nil },
		Sentence: env.Sentence,
		People:   env.People,
		Doc:      id(i), Arriving: func(of doc.ID, _ string) (renderers.Arriving, bool) { return env.Arriving(of) },
		Nested: func(id doc.ID, kind string) (*renderers.Face, any, bool) {
			f := env.Registry.Face(kind)
			h := env.Docs.Open(id, f.View)
			defer h.Close()
			return f, h.Snapshot().Value, true
		},
	}
	if !face.Bare {
		paint.FillRoundRect(dst, sheet.Rect(0, 0, w, high), 7, pal.Paper)
	}
	face.Paint(sheet, value)
	return dst
}

func testWorld(t *testing.T) *renderers.Env {
	t.Helper()
	env, err := newWorld(func(f func()) { f() }, func() bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(env.Pictures.Close)
	return env
}

func TestGoldenStories(t *testing.T) {
	env := testWorld(t)
	for i, s := range stories {
		for theme, dark := range map[string]bool{"light": false, "dark": true} {
			t.Run(s.name+"_"+theme, func(t *testing.T) {
				golden.Picture(t, s.name+"_"+theme, picture(t, env, i, dark))
			})
		}
	}
}

func TestEveryTypeHasAStoryAndALine(t *testing.T) {
	env := testWorld(t)
	told := map[string]bool{}
	for i, s := range stories {
		told[s.kind] = true
		face := env.Registry.Face(s.kind)
		h := env.Docs.Open(id(i), face.View)
		if line := face.Summary(h.Snapshot().Value); line.Title == "" {
			t.Errorf("the story %s has no title in a list", s.name)
		}
		h.Close()
	}
	for _, info := range cards.Catalog {
		if !told[info.Kind] {
			t.Errorf("there is no story of the type %s", info.Kind)
		}
	}
}
