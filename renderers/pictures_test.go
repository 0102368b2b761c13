package renderers

import (
	"context"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// sized gives pictures of 4×3 of the side that is wished for.
func sized(_ context.Context, k Picture) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, k.W, k.W*3/4)), nil
}

// await gets a picture, however often it has to ask.
func await(t *testing.T, p *Pictures, key Picture) *image.RGBA {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		again := make(chan struct{})
		if img, err := p.Get(key, func() { close(again) }); img != nil || err != nil {
			return img
		}
		select {
		case <-again:
		case <-late:
			t.Fatalf("%v never came", key)
		}
	}
}

func TestPicturesComeInLevelsOfTheirLongerSide(t *testing.T) {
	var calls atomic.Int32
	p := NewPictures(1<<30, func(ctx context.Context, k Picture) (*image.RGBA, error) {
		calls.Add(1)
		return sized(ctx, k)
	})
	defer p.Close()
	a := await(t, p, Picture{Blob: "a", W: 512, H: 256})
	if b := await(t, p, Picture{Blob: "a", W: 128, H: 512}); a != b || calls.Load() != 1 {
		t.Errorf("fetched %d times", calls.Load())
	}
}

func TestNearestLevel(t *testing.T) {
	p := NewPictures(1<<30, sized)
	defer p.Close()
	want := func(side, nearest int) {
		t.Helper()
		got := 0
		if img := p.Nearest(Picture{Blob: "a", W: side, H: side}); img != nil {
			got = img.Rect.Dx()
		}
		if got != nearest {
			t.Errorf("nearest to %d: %d, want %d", side, got, nearest)
		}
	}
	want(256, 0)
	for _, side := range []int{64, 512} {
		await(t, p, Picture{Blob: "a", W: side, H: side})
	}
	await(t, p, Picture{Blob: "b", W: 256, H: 256})
	await(t, p, Picture{Blob: "a", W: 256, H: 256, PDF: true})
	want(64, 64)
	want(128, 512)
	want(256, 512)
	want(512, 512)
	want(4096, 512)
	want(0, 64)
	if p.Nearest(Picture{Blob: "a", Page: 1, W: 64, H: 64}) != nil {
		t.Error("another page")
	}
}

func TestWhoMovedOnIsNotWaitedFor(t *testing.T) {
	const many = 3 * freshWishes
	open := make(chan struct{})
	var fetched sync.Map
	p := NewPictures(1<<30, func(ctx context.Context, k Picture) (*image.RGBA, error) {
		<-open
		fetched.Store(k.Blob, true)
		return sized(ctx, k)
	})
	defer p.Close()
	var told sync.WaitGroup
	for i := range many {
		told.Add(1)
		p.Get(Picture{Blob: fmt.Sprint(i), W: 64, H: 64}, told.Done) // and never asks again
	}
	close(open)
	told.Wait()
	n := 0
	fetched.Range(func(any, any) bool { n++; return true })
	if n < freshWishes || n > freshWishes+pictureLoaders {
		t.Errorf("%d pictures fetched, want about %d", n, freshWishes)
	}
	if _, ok := fetched.Load(fmt.Sprint(many - 1)); !ok {
		t.Error("not the newest")
	}
}

func TestWhoStillCaresGetsAllPictures(t *testing.T) {
	p := NewPictures(1<<30, sized)
	defer p.Close()
	var got atomic.Int32
	var done sync.WaitGroup
	for i := range 5 * freshWishes {
		done.Add(1)
		key := Picture{Blob: fmt.Sprint(i), W: 64, H: 64}
		var again func()
		again = func() {
			if img, _ := p.Get(key, func() { again() }); img != nil {
				got.Add(1)
				done.Done()
			}
		}
		again()
	}
	done.Wait()
	if got.Load() != 5*freshWishes {
		t.Errorf("%d pictures", got.Load())
	}
}
