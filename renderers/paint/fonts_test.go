package paint

import (
	"sync"
	"testing"

	"corkboard/assets"
)

func TestMissingGlyphsComeFromTheFallback(t *testing.T) {
	if err := SetFallback([]byte("no font"), assets.JetBrainsMono); err == nil {
		t.Error("a broken font was taken without an error")
	}
	defer func() {
		if err := SetFallback(); err != nil {
			t.Error(err)
		}
	}()
	s := NewShaper()
	if n := len(s.set.fallback); n != 1 {
		t.Errorf("%d fallback fonts, want 1", n)
	}
	w := s.word("日", slotRegular)
	if w.advance <= 0 {
		t.Error("a glyph that no font has takes no place")
	}
	before := s.set
	_ = SetFallback()
	s.Plain("x", Style{}, 10, Options{})
	if s.set == before {
		t.Error("a shaper kept the old fonts")
	}
}

func TestShapersShareTheCaches(t *testing.T) {
	var wg sync.WaitGroup
	l := NewShaper().Plain(lorem, inkStyle, 200, Options{})
	for i := range 4 {
		wg.Go(func() {
			mine := NewShaper().Plain(lorem, inkStyle, 200, Options{})
			dst := canvas(220, 200, 1, red)
			mine.Draw(dst, 0, 0, 1+float32(i)/10)
			l.Draw(dst, 0, 0, 1)
			Shadow(dst, Rect{20, 20, 50, 50}, 5, float32(i+1), 2, red)
		})
	}
	wg.Wait()
	if l.Height <= 0 {
		t.Error("nothing was laid out")
	}
}
