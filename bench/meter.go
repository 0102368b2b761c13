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

// maxFrame is how long a frame may take to come at all.
const maxFrame = 5 * time.Second

// meter tells what a frame costs. Fyne has no hook for that, so that the
// window's content lies between two empty widgets whose children are asked for
// in each walk over the tree. All its fields belong to the UI goroutine.
type meter struct {
	thread  int     // of the UI goroutine; never changes
	inputs  []input // that the next frame shows
	walks   int
	walking time.Time     // when the frame began
	spent   time.Duration // of the processor by then
}

// input is something that a hand did.
type input struct {
	posted     time.Time
	waited     time.Duration // wall time until it ran
	took       time.Duration // wall time
	due, began time.Duration // when it was posted, when it ran: of the UI goroutine's processor
	ended      time.Duration // likewise
	done       chan<- frame
}

// frame is one input and the frame that shows it.
type frame struct {
	cpu   time.Duration // of the UI goroutine's thread, from the input to the end of the paint
	wall  time.Duration // of the input, and of sizes and paint
	queue time.Duration // the same from posting the input, with all that was done before it
	total time.Duration // wall time from posting the input to the end of the paint
	// late is total without the time in which the UI goroutine had nothing to
	// do and waited for the next of its sixty frames a second.
	late time.Duration
}

// newMeter is called on the UI goroutine.
func newMeter(w fyne.Window) *meter {
	m := &meter{thread: unix.Gettid()}
	first, last := newMark(m.begin), newMark(m.end)
	w.SetContent(container.NewStack(first, w.Content(), last))
	return m
}

// measure runs an input on the UI goroutine and waits for its frame; ok is
// false if there was none.
func (m *meter) measure(c fyne.Canvas, do func()) (f frame, ok bool) {
	done := make(chan frame, 1)
	m.post(c, do, done)
	select {
	case f := <-done:
		return f, true
	case <-time.After(maxFrame):
		return frame{}, false
	}
}

// post queues an input for the UI goroutine and returns at once; done gets its
// frame and has to have room for it.
func (m *meter) post(c fyne.Canvas, do func(), done chan<- frame) {
	in := input{posted: time.Now(), due: threadTime(m.thread), done: done}
	fyne.Do(func() {
		ran := time.Now()
		in.began = threadTime(m.thread)
		do()
		in.waited, in.took, in.ended = ran.Sub(in.posted), time.Since(ran), threadTime(m.thread)
		if len(m.inputs) == 0 {
			m.walks = 0
		}
		m.inputs = append(m.inputs, in)
		if c, ok := c.(interface{ SetDirty() }); ok {
			c.SetDirty()
		}
	})
}

func (m *meter) begin() {
	if len(m.inputs) > 0 && m.walks == 0 {
		m.walking, m.spent = time.Now(), threadTime(m.thread)
	}
}

func (m *meter) end() {
	if len(m.inputs) == 0 {
		return
	}
	if m.walks++; m.walks < walksPerFrame {
		return
	}
	now, cpu := time.Now(), threadTime(m.thread)
	painting := now.Sub(m.walking)
	for _, in := range m.inputs {
		in.done <- frame{
			cpu:   cpu - in.began,
			wall:  in.took + painting,
			queue: cpu - in.due,
			total: now.Sub(in.posted),
			late:  in.waited + in.took + max(0, m.spent-in.ended) + painting,
		}
	}
	m.inputs = m.inputs[:0]
}

// threadTime is the processor time of a thread of this process; the UI
// goroutine keeps its thread for itself.
func threadTime(thread int) time.Duration {
	const ofThread, scheduled = 4, 2 // the kernel's way to name such a clock
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^thread<<3|ofThread|scheduled), &t); err != nil {
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
