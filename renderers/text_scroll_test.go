package renderers

import (
	"bytes"
	"image"
	"strings"
	"testing"

	"corkboard/cards"
	"corkboard/internal/golden"
	"corkboard/renderers/paint"
)

// scrolledText paints a text on a card of 240×130 that is scrolled.
func scrolledText(face *Face, text string, scroll float32, pal paint.Palette) (*Sheet, []Hot) {
	s := &Sheet{
		Dst: image.NewRGBA(image.Rect(0, 0, 240, 130)), Scale: 1, W: 240, H: 130,
		Pal: pal, Shaper: newTestShaper(), Scroll: scroll,
	}
	paint.FillRect(s.Dst, paint.Rect{W: s.W, H: s.H}, pal.Paper)
	return s, face.Paint(s, cards.Text{Text: text})
}

func TestTextScrolledGolden(t *testing.T) {
	face := Erase(textFace())
	for name, pal := range map[string]paint.Palette{"light": paint.Light(), "dark": paint.Dark()} {
		s, _ := scrolledText(face, sampleText, 90, pal)
		golden.Picture(t, "text_scrolled_"+name, s.Dst)
	}
}

func TestTextScrollsWithinItsContent(t *testing.T) {
	face := Erase(textFace())
	top, hots := scrolledText(face, sampleText, 0, paint.Light())
	_, h := naturalText(newTestShaper(), cards.Text{Text: sampleText}, 240)
	if d := top.Content - h; d > 0.5 || d < -0.5 {
		t.Errorf("the content is %v high, natural %v", top.Content, h)
	}
	end, _ := scrolledText(face, sampleText, top.Content-top.H, paint.Light())
	far, _ := scrolledText(face, sampleText, 1e6, paint.Light())
	if !bytes.Equal(end.Dst.Pix, far.Dst.Pix) {
		t.Error("scrolled too far, it does not show the end")
	}
	over, _ := scrolledText(face, sampleText, -50, paint.Light())
	if !bytes.Equal(over.Dst.Pix, top.Dst.Pix) {
		t.Error("scrolled back too far, it does not show the beginning")
	}
	_, moved := scrolledText(face, sampleText, 30, paint.Light())
	if len(hots) == 0 || len(moved) == 0 || hots[0].Rect.Y-moved[0].Rect.Y != 30 {
		t.Errorf("places to click went from %v to %v", hots, moved)
	}
	fits, _ := scrolledText(face, "short", 40, paint.Light())
	still, _ := scrolledText(face, "short", 0, paint.Light())
	if fits.Content != 0 || !bytes.Equal(fits.Dst.Pix, still.Dst.Pix) {
		t.Error("a text that fits is scrolled")
	}
}

func TestLongPagesKeepTheLayout(t *testing.T) {
	var pages longPages
	sh, src := newTestShaper(), strings.Repeat("some words\n\n", 100)
	first := pages.layout(sh, src, 200, paint.Light())
	if pages.layout(sh, strings.Clone(src), 200, paint.Light()) != first {
		t.Error("the same text is laid out twice")
	}
	if pages.layout(sh, src, 200, paint.Dark()) == first || pages.layout(sh, src, 210, paint.Light()) == first {
		t.Error("another look has the same layout")
	}
	for i := range 4 {
		pages.layout(sh, src[:100+i], 200, paint.Light())
	}
	if pages.layout(sh, src, 200, paint.Light()) == first {
		t.Error("more layouts are kept than there is room for")
	}
}

func TestScrollMark(t *testing.T) {
	if _, ok := scrollMark(200, 100, 0, 100); ok {
		t.Error("a mark for a text that fits")
	}
	top, _ := scrollMark(200, 100, 0, 400)
	end, _ := scrollMark(200, 100, 300, 400)
	if top.Y < 0 || end.Y+end.H > 100 || end.Y <= top.Y || top.H != end.H {
		t.Errorf("the mark goes from %v to %v", top, end)
	}
}
