package renderers

import (
	"context"
	"errors"
	"image"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/cards"
	"corkboard/renderers/paint"
)

func TestAFaceThatPanicsIsOneCardThatSaysSo(t *testing.T) {
	f := Erase(Typed[cards.Text]{
		Codec:   cards.TextCodec{},
		Info:    cards.Info{Kind: "text", Label: "Text", Size: cards.Size{W: 200, H: 100}},
		Paint:   func(*Sheet, cards.Text) []Hot { panic("broken painter") },
		Natural: func(*paint.Shaper, cards.Text, float32) (float32, float32) { panic("broken measure") },
		Summary: func(cards.Text) Summary { panic("broken summary") },
	})
	r := testJob(f, cards.Text{}, 0, 0, 1, false).paint(paint.NewShaper())
	if r.img == nil || r.natural != (Point{200, 100}) {
		t.Fatalf("want a picture of the catalogue's size, got %v", r.natural)
	}
	if f.Summary(cards.Text{}).Title != "Text" {
		t.Error("the summary of a broken face names its kind")
	}
}

func TestAValueOfAnotherTypeIsDrawnAsEmpty(t *testing.T) {
	f := NewRegistry().Face("todo")
	if r := testJob(f, "not a to-do list", 0, 0, 1, true).paint(paint.NewShaper()); r.img == nil {
		t.Fatal("no picture")
	}
}

func TestEveryKindOfTheCatalogueHasAFace(t *testing.T) {
	r := NewRegistry()
	for _, info := range cards.Catalog {
		f := r.Face(string(info.Kind))
		if f.Unknown {
			t.Errorf("%s has no face", info.Kind)
			continue
		}
		if info.EditsInPlace != (f.Edit != nil || f.Named && !info.OpensFull) {
			t.Errorf("%s: the catalogue and the face disagree about editing in place", info.Kind)
		}
		if info.OpensFull && info.Kind != cards.KindBoard && f.Full == nil {
			t.Errorf("%s has no full view", info.Kind)
		}
		if f.Summary(nil).Title == "" {
			t.Errorf("%s has no title for lists", info.Kind)
		}
	}
	if !r.Face("hologram").Unknown {
		t.Error("an unknown kind is taken for a known one")
	}
}

func TestHugeCardsArePaintedCoarserNotLarger(t *testing.T) {
	f := NewRegistry().Face("file")
	r := testJob(f, cards.File{Title: "x"}, 20000, 20000, 8, false).paint(paint.NewShaper())
	if px := r.img.Rect.Dx() * r.img.Rect.Dy(); px > maxCardPixels+maxCardPixels/50 {
		t.Errorf("%d pixels for one card", px)
	}
}

func TestFramesPostOneClosureAtATimeAndRunAll(t *testing.T) {
	var posted []func()
	now := time.Unix(0, 0)
	f := NewFrames(func(fn func()) { posted = append(posted, fn) }, func() time.Time { now = now.Add(time.Millisecond); return now })
	ran := 0
	for range 20 {
		f.Add(func() { ran++ })
	}
	if len(posted) != 1 {
		t.Fatalf("%d closures in flight", len(posted))
	}
	rounds := 0
	for len(posted) > 0 {
		next := posted[0]
		posted = posted[1:]
		next()
		rounds++
	}
	if ran != 20 {
		t.Errorf("%d of 20 ran", ran)
	}
	if rounds < 3 {
		t.Errorf("20 ms of work ran in %d drains of %v", rounds, FrameBudget)
	}
	f.Close()
	f.Add(func() { t.Error("ran after Close") })
	if len(posted) != 0 {
		t.Error("posted after Close")
	}
}

func TestPicturesDecodeOnceAndForgetTheOldest(t *testing.T) {
	var calls atomic.Int32
	p := NewPictures(3*400, func(_ context.Context, k Picture) (*image.RGBA, error) {
		calls.Add(1)
		if k.Blob == "broken" {
			return nil, errors.New("broken picture")
		}
		return image.NewRGBA(image.Rect(0, 0, 10, 10)), nil
	})
	defer p.Close()
	get := func(blob string) (*image.RGBA, error) {
		ready := make(chan struct{})
		img, err := p.Get(Picture{Blob: blob}, func() { close(ready) })
		if img != nil || err != nil {
			return img, err
		}
		<-ready
		return p.Get(Picture{Blob: blob}, func() {})
	}
	if img, err := get("a"); img == nil || err != nil {
		t.Fatal(img, err)
	}
	if _, err := get("broken"); err == nil {
		t.Fatal("a broken picture has no error")
	}
	get("a")
	if n := calls.Load(); n != 2 {
		t.Errorf("decoded %d times, want 2", n)
	}
	for _, blob := range []string{"b", "c", "d"} {
		get(blob)
	}
	if p.bytes > 3*400 {
		t.Errorf("%d bytes kept of %d", p.bytes, 3*400)
	}
	get("a")
	if n := calls.Load(); n != 6 {
		t.Errorf("decoded %d times: the oldest should have been forgotten", n)
	}
}

func TestLevelIsAPowerOfTwoInBounds(t *testing.T) {
	for want, px := range map[int]float32{64: 1, 128: 65, 1024: 1024, 4096: 1e9} {
		if got := Level(px); got != want {
			t.Errorf("Level(%v) = %d, want %d", px, got, want)
		}
	}
}
