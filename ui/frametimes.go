package ui

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

const (
	timesKept   = 120 // frames
	timesHeight = 60  // pixels of the graph
	timesScale  = 3   // pixels for a millisecond
	timesPace   = 250 * time.Millisecond
)

// frameTimes measures what frames cost and draws it in a corner. While nobody
// looks nothing of it is in the window. Fyne has no hook for frames, so that
// the window's content has an empty widget above it that notices when the tree
// is measured and then painted. UI goroutine.
type frameTimes struct {
	w        *Window
	content  fyne.CanvasObject // what the window showed before
	measured bool              // the sizes of this frame are known: the next walk paints
	own      bool              // this frame shows the graph itself and does not count
	due      bool
	last     time.Duration   // busy time at the end of the frame before
	times    []time.Duration // of the last frames, the oldest first
	graph    *canvas.Image
	words    *canvas.Text
}

// toggleTimes shows or hides the graph.
func (w *Window) toggleTimes() {
	if t := w.times; t != nil {
		w.times = nil
		w.win.SetContent(t.content)
		w.focusBody()
		return
	}
	t := &frameTimes{w: w, content: w.win.Content(), last: busyTime()}
	t.graph = canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, timesKept*2, timesHeight)))
	t.graph.ScaleMode = canvas.ImageScalePixels
	t.graph.SetMinSize(fyne.NewSize(timesKept*2, timesHeight))
	t.words = canvas.NewText("", color.White)
	t.words.TextSize, t.words.TextStyle.Monospace = 11, true
	ground := canvas.NewRectangle(color.NRGBA{A: 0xe8})
	box := container.NewStack(ground, container.New(inset{6, 4}, container.New(stacked{grow: -1}, t.graph, t.words)))
	w.times = t
	w.win.SetContent(container.NewStack(t.content, container.New(topLeft{}, box), newFrameMark(t)))
	w.focusBody()
}

// painted ends a frame.
func (t *frameTimes) painted() {
	now := busyTime()
	took := now - t.last
	t.last, t.measured = now, false
	if t.own {
		t.own = false
		return
	}
	t.times = append(t.times, took)
	if len(t.times) > timesKept {
		t.times = t.times[1:]
	}
	if !t.due {
		t.due = true
		time.AfterFunc(timesPace, func() { t.w.frames.Add(t.draw) })
	}
}

// draw shows what was measured.
func (t *frameTimes) draw() {
	t.due = false
	if t.w.times != t {
		return
	}
	t.own = true
	t.graph.Image = timesPicture(t.times)
	t.words.Text = timesWords(t.times, t.objects())
	t.graph.Refresh()
	t.words.Refresh()
}

// objects is how many objects the board shows.
func (t *frameTimes) objects() int {
	if t.w.board == nil {
		return 0
	}
	return len(t.w.board.CreateRenderer().Objects())
}

// timesWords is the line below the graph.
func timesWords(times []time.Duration, objects int) string {
	if len(times) == 0 {
		return "no frames yet"
	}
	sorted := slices.Sorted(slices.Values(times))
	at := func(q float64) float64 {
		return float64(sorted[int(q*float64(len(sorted)-1))].Microseconds()) / 1000
	}
	return fmt.Sprintf("p50 %.1f  p99 %.1f ms  %d objects", at(0.5), at(0.99), objects)
}

// timesPicture is a bar for each frame; a line is where a frame of sixty a
// second ends.
func timesPicture(times []time.Duration) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, timesKept*2, timesHeight))
	for i, took := range times {
		ms := float64(took.Microseconds()) / 1000
		c := color.RGBA{0x67, 0xc4, 0x8b, 0xff}
		if ms > 8 {
			c = color.RGBA{0xe0, 0xad, 0x52, 0xff}
		}
		if ms > 1000.0/60 {
			c = color.RGBA{0xf0, 0x7a, 0x72, 0xff}
		}
		h := min(max(1, int(ms*timesScale)), timesHeight)
		for y := timesHeight - h; y < timesHeight; y++ {
			img.SetRGBA(2*i, y, c)
		}
	}
	line := timesHeight - 1000*timesScale/60
	for x := range timesKept * 2 {
		img.SetRGBA(x, line, color.RGBA{0x80, 0x80, 0x80, 0x80})
	}
	return img
}

// frameMark is a widget of nothing. Each frame asks the tree for its sizes
// first and then walks it to paint; other walks follow the pointer and ask for
// no sizes.
type frameMark struct {
	widget.BaseWidget
	t *frameTimes
}

func newFrameMark(t *frameTimes) *frameMark {
	m := &frameMark{t: t}
	m.ExtendBaseWidget(m)
	return m
}

// MinSize implements fyne.CanvasObject.
func (m *frameMark) MinSize() fyne.Size {
	m.t.measured = true
	return fyne.Size{}
}

// CreateRenderer implements fyne.Widget.
func (m *frameMark) CreateRenderer() fyne.WidgetRenderer { return frameMarkRenderer{m} }

type frameMarkRenderer struct{ m *frameMark }

func (r frameMarkRenderer) Objects() []fyne.CanvasObject {
	if r.m.t.measured {
		r.m.t.painted()
	}
	return nil
}
func (frameMarkRenderer) Destroy()           {}
func (frameMarkRenderer) Layout(fyne.Size)   {}
func (frameMarkRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (frameMarkRenderer) Refresh()           {}

// topLeft is a layout that puts its objects into the corner, as small as they
// can be.
type topLeft struct{}

// MinSize implements fyne.Layout.
func (topLeft) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (topLeft) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(o.MinSize())
		o.Move(fyne.NewPos(cornerGap, barHeight+cornerGap))
	}
}
