package renderers

import (
	"strconv"
	"time"

	"corkboard/doc"
)

// How typing is cut into changes and undo steps.
const (
	typingFlush = 250 * time.Millisecond // typed text reaches the document within this
	typingPause = time.Second            // a longer pause begins a new undo step
)

// alarm calls f once after d, on the UI goroutine, unless stopped.
type alarm func(d time.Duration, f func()) (stop func())

// alarmOf makes alarms of an Env.
func alarmOf(env *Env) alarm {
	return func(d time.Duration, f func()) func() {
		t := time.AfterFunc(d, func() { env.Post(f) })
		return func() { t.Stop() }
	}
}

// pace cuts typing into pieces: a change at most every typingFlush, an undo
// step for each burst. UI goroutine only.
type pace struct {
	now   func() time.Time
	after alarm
	name  string // begins the gestures; unlike that of any other editor

	last    time.Time
	grows   bool // the burst inserts; otherwise it deletes
	bursts  int
	running bool
	stop    func()
}

// note is told of every key; flush sends what is not sent yet. A new burst
// begins after a pause and where inserting turns to deleting or back.
func (p *pace) note(grows bool, flush func()) {
	at := p.now()
	if !p.running || grows != p.grows || at.Sub(p.last) > typingPause {
		flush()
		p.bursts++
	}
	p.running, p.grows, p.last = true, grows, at
	if p.stop == nil {
		p.stop = p.after(typingFlush, func() {
			p.stop = nil
			flush()
		})
	}
}

func (p *pace) gesture() string { return p.name + "/" + strconv.Itoa(p.bursts) }

func (p *pace) disarm() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// typing gathers what is typed into a short text and sends it on. For texts of
// any length there is draft. UI goroutine only.
type typing struct {
	pace
	send func(was, now, gesture string)

	sent string // what the document is known to say
	text string // what the editor shows
}

// reset takes another text without sending anything.
func (t *typing) reset(text string) {
	t.disarm()
	t.sent, t.text, t.running = text, text, false
}

// typed notes that the editor shows text now.
func (t *typing) typed(text string) {
	if text == t.text {
		return
	}
	t.note(len(text) >= len(t.text), t.flush)
	t.text = text
}

// flush sends what is typed and not sent yet.
func (t *typing) flush() {
	t.disarm()
	if t.text == t.sent {
		return
	}
	was := t.sent
	t.sent = t.text
	t.send(was, t.text, t.gesture())
}

// end flushes; what is typed later is another undo step.
func (t *typing) end() {
	t.flush()
	t.running = false
}

// follow takes what the document says now. The editor must make the change that
// is returned, so that it shows that together with what is not sent yet.
func (t *typing) follow(now string) []doc.Splice {
	if now == t.sent {
		return nil
	}
	change := doc.EditText(nil, t.sent, now, t.text)
	t.sent, t.text = now, doc.Spliced(t.text, change...)
	return change
}
