package renderers

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/renderers/textedit"
	"corkboard/ui/lang"
)

// threadList is a thread that one can write in. Its rows are pictures, made by
// the painter's own code; the box at the foot and the title have live pens. It
// lays out the newest messages first, and older ones as one scrolls up to them.
type threadList struct {
	widget.BaseWidget
	host    EditorHost
	flights *flights
	typing  *typing // of the title
	shaper  *paint.Shaper
	closed  bool
	canvas  fyne.Canvas // of the window, once it is known
	mods    func() board.Mods

	thread  cards.Thread // never changed in place: shared with snapshots
	names   []string
	looks   []PersonLook // of those who speak, in the order in which they did first
	seen    int64        // as of when the thread was opened
	changed string       // the message that is being changed, or ""

	pen     *textedit.Editor // nil where one may only read
	title   *textedit.Editor
	titling bool // the title is being written

	zoom   float32
	up     float32 // scrolled up from the end, board units
	view   threadView
	over   talkHit
	press  talkHit
	wheel  *wheel
	object fyne.CanvasObject
}

// threadEditor is a threadList as an Editor: both have a Show, of another meaning.
type threadEditor struct{ *threadList }

func newThreadEditor(host EditorHost) Editor { return threadEditor{makeThreadList(host)} }

func makeThreadList(host EditorHost) *threadList {
	env := host.Env
	e := &threadList{host: host, zoom: 1, shaper: paint.NewShaper(), mods: currentMods, up: host.Scroll}
	e.ExtendBaseWidget(e)
	e.seen = env.People.seen(e.id())
	e.flights = newFlights(env, e.follow)
	e.typing = &typing{pace: pace{now: env.Now, after: alarmOf(env), name: string(env.NewID())}, send: e.sendTitle}
	if !env.ReadOnly {
		pal := env.Palette()
		e.pen = textedit.New(textedit.Options{
			Style: paint.Style{Color: pal.Ink}, Palette: pal, Placeholder: lang.T(threadWrite), Steady: env.Still,
			OnEdit: func(textedit.Splice) { e.arrange() }, OnLeave: e.leave, OnBlur: func() {}, OnKey: e.key, OnShortcut: e.shortcut,
		})
		_, style := threadTitle("x", pal)
		e.title = textedit.New(textedit.Options{
			Style: style, Palette: pal, SingleLine: true, NoWrap: true, Steady: env.Still,
			OnChange: func(_, text string) { e.typing.typed(text) },
			OnLeave:  e.leaveTitle, OnBlur: func() { e.typing.end() }, OnKey: e.titleKey, OnShortcut: e.titleShortcut,
		})
		e.write(env.drafts[e.id()])
	}
	e.wheel = newWheel(func(dy float32) {
		e.up += dy / e.zoom
		e.arrange()
	})
	e.object = container.NewStack(clipping(e), e.wheel)
	e.view.init()
	e.follow()
	return e
}

// id is that of the document.
func (e *threadList) id() doc.ID { return e.host.Handle.Snapshot().ID }

// Object implements Editor.
func (e *threadList) Object() fyne.CanvasObject { return e.object }

// SetZoom implements Editor.
func (e *threadList) SetZoom(zoom float32) {
	if zoom <= 0 || zoom == e.zoom {
		return
	}
	e.zoom = zoom
	if e.pen != nil {
		e.pen.SetScale(zoom)
		e.title.SetScale(zoom)
	}
	e.arrange()
}

// Focus implements Editor: into the title if that was pointed at, else to where
// one writes on.
func (e *threadList) Focus(c fyne.Canvas, at Point) {
	e.canvas = c
	e.titling = e.pen != nil && at.Y >= 0 && at.Y < threadTop
	e.takeKeys()
}

// takeKeys sends the keys here, to the pen in use.
func (e *threadList) takeKeys() {
	if e.canvas == nil {
		e.canvas = canvasOf(e)
	}
	if e.pen == nil || e.canvas == nil {
		return
	}
	if e.canvas.Focused() == e {
		e.inHand().FocusGained()
	} else {
		e.canvas.Focus(e)
	}
	e.arrange()
}

// inHand is the pen in use; only where one may write.
func (e *threadList) inHand() *textedit.Editor {
	if e.titling {
		return e.title
	}
	return e.pen
}

// Show implements Editor; the handle knows the newest value.
func (e threadEditor) Show(any) { e.look() }

func (e *threadList) look() {
	if !e.flights.flying() {
		e.follow()
	}
}

// follow shows the newest snapshot. Who has scrolled up stays where they are.
func (e *threadList) follow() {
	v, ok := e.host.Handle.Snapshot().Value.(cards.Thread)
	if !ok || e.closed {
		return
	}
	last := ""
	if n := len(e.thread.Messages); n > 0 {
		last = e.thread.Messages[n-1].ID
	}
	e.thread = v
	e.meet()
	if e.changed != "" && e.find(e.changed) < 0 {
		e.changed = ""
	}
	if e.titling {
		for _, s := range e.typing.follow(v.Title) {
			e.title.Splice(s.From, s.Delete, s.Insert)
		}
	}
	if e.up > 0 && last != "" {
		e.up += e.heightBelow(last)
	}
	e.host.Env.People.saw(e.id(), v.Newest())
	e.arrange()
}

// meet notes how those who speak are shown.
func (e *threadList) meet() {
	who := e.host.Env.People
	e.names = namesOf(e.thread.Messages, who)
	looks := looksOf(e.thread.Messages, who)
	if !slices.Equal(looks, e.looks) {
		e.looks = looks
		clear(e.view.laid)
		clear(e.view.pics.all)
	}
}

// PeopleMoved says that somebody may have another name or colour.
func (e *threadList) PeopleMoved() {
	e.meet()
	e.arrange()
}

// looksOf are how those who speak are shown, in the order in which they did first.
func looksOf(list []cards.Message, who *People) (looks []PersonLook) {
	met := map[string]bool{}
	for i := range list {
		if id := list[i].Author; !met[id] {
			met[id] = true
			looks = append(looks, who.person(id))
		}
	}
	return looks
}

// Natural implements Editor: the card keeps its size.
func (e *threadList) Natural(float32) float32 { return 0 }

// Close implements Editor. What was written and not sent is there again when the
// thread is opened next.
func (e *threadList) Close() {
	if e.closed {
		return
	}
	if e.pen != nil {
		e.typing.end()
		env := e.host.Env
		if env.drafts == nil {
			env.drafts = map[doc.ID]string{}
		}
		delete(env.drafts, e.id())
		if text := e.pen.Text(); e.changed == "" && text != "" {
			env.drafts[e.id()] = text
		}
		e.pen.FocusLost() // its caret stops blinking
		e.title.FocusLost()
	}
	e.closed = true
	e.flights.close()
}

// write puts a text into the box with the caret behind it.
func (e *threadList) write(text string) {
	e.pen.SetText(text)
	n := e.pen.Len()
	e.pen.Select(n, n)
}

// find gives the index of a message, or -1.
func (e *threadList) find(id string) int {
	return slices.IndexFunc(e.thread.Messages, func(m cards.Message) bool { return m.ID == id })
}

// refused tells why a change was not made; nothing that was to change is no reason.
func (e *threadList) refused(err error) {
	if tell := e.host.Env.Refused; tell != nil && !errors.Is(err, doc.ErrNothing) && !errors.Is(err, doc.ErrGone) {
		tell(err)
	}
}

// do carries a command out; failed is called on the UI goroutine if it was refused.
func (e *threadList) do(c doc.Command[cards.Thread], failed func()) {
	r := doCommand(e.host.Handle, c)
	e.flights.track(r)
	go func() {
		err := r.Applied(context.Background())
		if err != nil {
			e.refused(err)
			e.host.Env.Post(failed)
		}
	}()
}
