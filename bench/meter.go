package main

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/sys/unix"
)

// walksPerFrame: Fyne walks the tree once for sizes and once to paint.
const walksPerFrame = 2

// meter tells what a frame costs. Fyne has no hook for that, so that the
// window's content lies between two empty widgets whose children are asked for
// in each walk over the tree. All but done belongs to the UI goroutine.
type meter struct {
	armed   bool
	walks   int
	began   time.Duration // of the thread's processor, when the input began
	input   time.Duration // wall time
	walking time.Time
	done    chan frame
}

// frame is one input and the frame that shows it.
type frame struct {
	cpu  time.Duration // of the UI goroutine's thread, from the input to the end of the paint
	wall time.Duration // of the input, and of sizes and paint
}

func newMeter(w fyne.Window) *meter {
	m := &meter{done: make(chan frame, 1)}
	first, last := newMark(m.begin), newMark(m.end)
	w.SetContent(container.NewStack(first, w.Content(), last))
	return m
}

// measure runs an input on the UI goroutine and waits for its frame; ok is
// false if there was none.
func (m *meter) measure(c fyne.Canvas, input func()) (f frame, ok bool) {
	fyne.Do(func() {
		m.began = threadTime()
		start := time.Now()
		input()
		m.input = time.Since(start)
		m.armed, m.walks = true, 0
		if c, ok := c.(interface{ SetDirty() }); ok {
			c.SetDirty()
		}
	})
	select {
	case f := <-m.done:
		return f, true
	case <-time.After(5 * time.Second):
		return frame{}, false
	}
}

func (m *meter) begin() {
	if m.armed && m.walks == 0 {
		m.walking = time.Now()
	}
}

func (m *meter) end() {
	if !m.armed {
		return
	}
	if m.walks++; m.walks < walksPerFrame {
		return
	}
	m.armed = false
	m.done <- frame{cpu: threadTime() - m.began, wall: m.input + time.Since(m.walking)}
}

// threadTime is the processor time of this thread; the UI goroutine keeps its
// thread for itself.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// mark is a widget of nothing that notices each walk.
type mark struct {
	widget.BaseWidget
	passed func()
}

func newMark(passed func()) *mark {
	m := &mark{passed: passed}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer { return markRenderer{m} }

type markRenderer struct{ m *mark }

func (r markRenderer) Objects() []fyne.CanvasObject {
	r.m.passed()
	return nil
}
func (markRenderer) Destroy()           {}
func (markRenderer) Layout(fyne.Size)   {}
func (markRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (markRenderer) Refresh()           {}
