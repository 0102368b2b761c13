package renderers

import (
	"image"
	"testing"
	"time"
)

func TestImagePlays(t *testing.T) {
	clock := newTypingClock()
	var shown []int
	frames := make([]Frame, 3)
	for i := range frames {
		frames[i] = Frame{Image: image.NewRGBA(image.Rect(0, 0, i+1, 1)), Delay: 50 * time.Millisecond}
	}
	frames[1].Delay = 0 // in a hurry
	visible := true
	p := imagePlay{after: clock.after, visible: func() bool { return visible }, show: func(img *image.RGBA) { shown = append(shown, img.Rect.Dx()) }}
	p.start(frames)
	clock.pass(50 * time.Millisecond) // 2
	clock.pass(50 * time.Millisecond) // still 2
	clock.pass(50 * time.Millisecond) // 3
	visible = false
	clock.pass(50 * time.Millisecond)
	clock.pass(50 * time.Millisecond)
	visible = true
	clock.pass(50 * time.Millisecond) // 1
	p.close()
	clock.pass(time.Second)
	want := []int{1, 2, 3, 1}
	if len(shown) != len(want) {
		t.Fatal(shown)
	}
	for i := range want {
		if shown[i] != want[i] {
			t.Fatal(shown)
		}
	}
	p.start(frames[:1])
	if len(shown) != len(want) || p.stop != nil {
		t.Error("a single frame is no animation")
	}
}
