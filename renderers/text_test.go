package renderers

import (
	"fmt"
	"strings"
	"testing"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
)

const sampleText = `# Trip to Lisbon

Pack **light**; the *tram* runs at 9:40. See [the map](https://example.org/map) first.

- [x] book the room
- [ ] ask ` + "`Ana`" + ` about dinner

> Everything good happens on foot.

1. Alfama
2. Belém`

// sixtyWords is a note of sixty words, as on an ordinary board.
var sixtyWords = strings.TrimSpace(strings.Repeat("The quick brown fox jumps over the lazy dog, **twice** today. ", 6))

func TestTextGolden(t *testing.T) {
	face := Erase(textFace())
	sh := newTestShaper()
	for _, dark := range []bool{false, true} {
		for _, scale := range []float32{0.5, 1, 2} {
			t.Run(pictureName("text", scale, dark), func(t *testing.T) {
				got := testJob(face, cards.Text{Text: sampleText}, 300, 0, scale, dark).paint(sh)
				golden.Picture(t, pictureName("text", scale, dark), got.img)
			})
		}
		got := testJob(face, cards.Text{Text: sampleText}, 240, 130, 1, dark).paint(sh)
		golden.Picture(t, pictureName("text_cut", 1, dark), got.img)
		got = testJob(face, cards.Text{}, 300, 0, 1, dark).paint(sh)
		golden.Picture(t, pictureName("text_empty", 1, dark), got.img)
		got = testJob(face, cards.Text{Text: sampleText}, 300, 200, 0.1, dark).paint(sh)
		golden.Picture(t, pictureName("text_bars", 0.1, dark), got.img)
	}
}

func pictureName(what string, scale float32, dark bool) string {
	theme := "light"
	if dark {
		theme = "dark"
	}
	return fmt.Sprintf("%s_%s_%g", what, theme, scale)
}

func TestTextNaturalSize(t *testing.T) {
	sh := newTestShaper()
	w, h := naturalText(sh, cards.Text{}, 0)
	if w != 300 || h != textMinH {
		t.Errorf("an empty text is %v×%v", w, h)
	}
	_, narrow := naturalText(sh, cards.Text{Text: sampleText}, 200)
	_, wide := naturalText(sh, cards.Text{Text: sampleText}, 400)
	if narrow <= wide {
		t.Errorf("a narrower card is not higher: %v at 200, %v at 400", narrow, wide)
	}
	if _, h = naturalText(sh, cards.Text{Text: strings.Repeat("word\n\n", 500)}, 300); h != maxNaturalH {
		t.Errorf("a very long text is %v high", h)
	}
}

func TestTextTicksToggleTheirSource(t *testing.T) {
	d := newDesk()
	face := Erase(textFace())
	h := newDeskHandle(t, face.View, cards.NewText(sampleText))
	hots := testJob(face, h.Snapshot().Value, 300, 0, 1, false).paint(newTestShaper()).hot
	if len(hots) != 3 {
		t.Fatalf("%d hot places, want a link and two boxes", len(hots))
	}
	hots[2].Do(d.Env, h)
	got := h.Snapshot().Value.(cards.Text).Text
	if !strings.Contains(got, "- [x] ask `Ana`") || !strings.Contains(got, "- [x] book") {
		t.Errorf("after the second box: %q", got)
	}
	hots[1].Do(d.Env, h)
	if got = h.Snapshot().Value.(cards.Text).Text; !strings.Contains(got, "- [ ] book") || !strings.Contains(got, "- [x] ask") {
		t.Errorf("after the first box, painted before the other change: %q", got)
	}
	hots[0].Do(d.Env, h)
	if len(d.urls) != 1 || d.urls[0] != "https://example.org/map" {
		t.Errorf("opened %v", d.urls)
	}
}

func TestTextHotsBelowTheCutAreGone(t *testing.T) {
	face := Erase(textFace())
	for _, hot := range testJob(face, cards.Text{Text: sampleText}, 300, 60, 1, false).paint(newTestShaper()).hot {
		if hot.Rect.Y+hot.Rect.H/2 > 60 {
			t.Errorf("hot place at %v on a card 60 high", hot.Rect)
		}
	}
}

func TestToggledTickRefusesWhatIsNoBox(t *testing.T) {
	for _, c := range []struct {
		src    string
		offset int
	}{{"- [ ] a", -1}, {"- [ ] a", 3}, {"[ ", 0}, {"[?]", 0}, {"", 0}} {
		if now, ok := toggledTick(c.src, c.offset); ok || now != c.src {
			t.Errorf("toggledTick(%q, %d) = %q, %v", c.src, c.offset, now, ok)
		}
	}
}

func TestTextSummary(t *testing.T) {
	face := Erase(textFace())
	if got := face.Summary(cards.Text{Text: "\n# **Plan**\nmore"}).Title; got != "Plan" {
		t.Errorf("title %q", got)
	}
	if got := face.Summary(cards.Text{}).Title; got == "" {
		t.Error("an empty text has no name at all")
	}
	if !face.Empty(cards.Text{Text: " \n"}) || face.Empty(cards.Text{Text: "a"}) {
		t.Error("Empty is wrong")
	}
}

func BenchmarkPaintText60Words(b *testing.B) {
	j := testJob(Erase(textFace()), cards.Text{Text: sixtyWords}, 300, 0, 1, false)
	sh := newTestShaper()
	j.paint(sh)
	b.ReportAllocs()
	for b.Loop() {
		j.paint(sh)
	}
}

var _ doc.Handle = (*deskHandle)(nil)
