package renderers

import (
	"context"
	"image"
	"time"
)

// shortestFrame bounds how fast an animation plays; files that ask for less
// mean what every browser makes of it.
const (
	shortestFrame = 20 * time.Millisecond
	hurriedFrame  = 100 * time.Millisecond
)

// imagePlay shows the frames of an animation in turn. UI goroutine only.
type imagePlay struct {
	after   alarm
	visible func() bool
	show    func(*image.RGBA)

	frames []Frame
	next   int
	stop   func()
}

// start begins to play; fewer than two frames are no animation.
func (p *imagePlay) start(frames []Frame) {
	p.close()
	if len(frames) < 2 {
		return
	}
	p.frames, p.next = frames, 0
	p.step()
}

// step shows the next frame and sees to the one after it. While the picture
// cannot be seen the animation stands still.
func (p *imagePlay) step() {
	if len(p.frames) == 0 {
		return
	}
	f := p.frames[p.next]
	if p.visible() {
		p.show(f.Image)
		p.next = (p.next + 1) % len(p.frames)
	}
	p.stop = p.after(frameDelay(f.Delay), p.step)
}

func frameDelay(d time.Duration) time.Duration {
	if d < shortestFrame {
		return hurriedFrame
	}
	return d
}

// close stops for good.
func (p *imagePlay) close() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
	p.frames = nil
}

// loadFrames decodes an animation in the background and then plays it.
func (f *imageFull) loadFrames(ctx context.Context, p Picture) {
	if f.env.Frames == nil {
		return
	}
	go func() {
		frames, err := f.env.Frames(ctx, p)
		if err != nil || ctx.Err() != nil {
			return // the still picture stays
		}
		f.frames.Add(func() { f.play.start(frames) })
	}()
}
