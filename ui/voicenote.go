package ui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/media/player"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

const (
	noteWidth = 420
	notePace  = 100 * time.Millisecond // between two looks at what is recorded
)

// voiceNote is a note while it is spoken, with its sheet.
type voiceNote struct {
	w    *Window
	rec  *player.Recorder
	dir  string // holds the file alone
	path string
	at   board.Point
	on   docID // the board

	page  *page
	time  *widget.Label
	loud  *meter
	drop  bool // the person does not want it
	once  sync.Once
	timer *time.Timer
}

// recordNote records from the microphone and pins what was said to the board.
func (w *Window) recordNote(at board.Point) {
	for _, why := range []error{w.elsewhen(), w.refusal()} {
		if why != nil {
			w.tell(why)
			return
		}
	}
	n := &voiceNote{w: w, at: at, on: w.boardID()}
	name := lang.Tf("Voice note %s", w.env.Now().Format("2006-01-02 15.04")) + ".wav"
	w.work(func(context.Context) error {
		var err error
		if n.dir, err = os.MkdirTemp("", "corkboard-"); err != nil {
			return err
		}
		n.path = filepath.Join(n.dir, name)
		if n.rec, err = player.Record(n.path); err != nil {
			_ = os.Remove(n.dir) // it is empty
			return err
		}
		w.frames.Add(n.open)
		return nil
	})
}

// open shows the sheet. Closing it in any way keeps what was said, but for “Discard”.
func (n *voiceNote) open() {
	n.time, n.loud = widget.NewLabel(""), newMeter(n.w.env.Palette())
	n.time.Alignment, n.time.SizeName = fyne.TextAlignCenter, theme.SizeNameHeadingText
	stop := n.w.mainButton(lang.T("Stop and keep"), n.w.closeModal)
	stop.Icon = theme.MediaStopIcon()
	discard := newEscButton(lang.T("Discard"), func() {
		n.drop = true
		n.w.closeModal()
	}, n.w.closeModal)
	n.page = n.w.openPage(lang.T("Voice note"), noteWidth, stop, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			n.w.prose(lang.T("Speak now. The note goes on the board when you stop, after 30 minutes at the latest."), width, n.w.env.Palette().InkMuted),
			n.time, container.New(inset{0, 14}, n.loud.object), container.NewHBox(stop, discard),
		}
	})
	n.page.modal.closed = n.ended
	n.w.note = n
	n.look()
}

// look shows how much is recorded, and comes back.
func (n *voiceNote) look() {
	if !n.page.shown() {
		return
	}
	select {
	case <-n.rec.Full():
		n.w.closeModal()
		return
	default:
	}
	length, loud := n.rec.Now()
	if words := renderers.Clock(length); n.time.Text != words {
		n.time.SetText(words)
	}
	n.loud.show(loud)
	n.timer = time.AfterFunc(notePace, func() { n.w.frames.Add(n.look) })
}

// ended keeps the note, or not, beside the UI goroutine.
func (n *voiceNote) ended() {
	if n.timer != nil {
		n.timer.Stop()
	}
	n.w.work(n.finish)
}

// finish stops the recording and pins it. It blocks; it does so once, and who calls it again
// waits for that.
func (n *voiceNote) finish(ctx context.Context) (err error) {
	n.once.Do(func() {
		defer os.RemoveAll(n.dir)
		if err = n.rec.Stop(); err != nil || n.drop {
			return
		}
		for _, r := range n.w.app.Import(ctx, n.on, n.at, []string{n.path}, nil) {
			err = r.Err
		}
		n.w.frames.Add(func() {
			if n.w.note == n {
				n.w.note = nil
			}
		})
	})
	return err
}
