package renderers

import (
	"context"
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

// typing gathers what is typed into one text and sends it on: a change at
// most every typingFlush, an undo step for each burst. UI goroutine only.
type typing struct {
	now   func() time.Time
	after alarm
	send  func(was, now, gesture string)
	name  string // begins the gestures; unlike that of any other editor

	sent    string // what the document is known to say
	text    string // what the editor shows
	last    time.Time
	grows   bool // the burst inserts; otherwise it deletes
	bursts  int
	running bool
	stop    func()
}

// reset takes another text without sending anything.
func (t *typing) reset(text string) {
	t.disarm()
	t.sent, t.text, t.running = text, text, false
}

// typed notes that the editor shows text now. A new burst begins after a pause
// and where inserting turns to deleting or back.
func (t *typing) typed(text string) {
	if text == t.text {
		return
	}
	at, grows := t.now(), len(text) >= len(t.text)
	if !t.running || grows != t.grows || at.Sub(t.last) > typingPause {
		t.flush()
		t.bursts++
	}
	t.running, t.grows, t.last, t.text = true, grows, at, text
	if t.stop == nil {
		t.stop = t.after(typingFlush, func() {
			t.stop = nil
			t.flush()
		})
	}
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

func (t *typing) gesture() string { return t.name + "/" + strconv.Itoa(t.bursts) }

func (t *typing) disarm() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

// follow takes what the document says now. ok tells that the editor must make
// the splice, so that it shows it together with what is not sent yet.
func (t *typing) follow(now string) (s doc.Splice, ok bool) {
	if now == t.sent {
		return doc.Splice{}, false
	}
	s, ok = doc.EditText(nil, t.sent, now, t.text)
	t.sent = now
	if ok {
		t.text = spliceText(t.text, s)
	}
	return s, ok
}

func spliceText(text string, s doc.Splice) string {
	r := []rune(text)
	from := min(max(s.From, 0), len(r))
	end := min(max(from+s.Delete, from), len(r))
	return string(r[:from]) + s.Insert + string(r[end:])
}

// flights counts the changes that are on their way to the snapshot. Until all
// have landed, older snapshots are not shown: they would take typed text back
// for a moment. UI goroutine only.
type flights struct {
	env    *Env
	landed func() // all have landed
	ctx    context.Context
	cancel context.CancelFunc
	n      int
}

func newFlights(env *Env, landed func()) *flights {
	f := &flights{env: env, landed: landed}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	return f
}

// track follows a change; an error of it shows as the document that stays.
func (f *flights) track(r doc.Receipt) {
	f.n++
	go func() {
		_ = r.Applied(f.ctx)
		if f.ctx.Err() != nil {
			return
		}
		f.env.Post(func() {
			if f.n--; f.n == 0 && f.ctx.Err() == nil {
				f.landed()
			}
		})
	}()
}

func (f *flights) flying() bool { return f.n > 0 }

// close forgets them; they still reach the document.
func (f *flights) close() { f.cancel() }
