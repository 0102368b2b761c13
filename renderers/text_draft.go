package renderers

import (
	"slices"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/textedit"
)

// draft is what is being written into the text of a document, as splices: what
// is typed, what of it is on its way, and what others write meanwhile. Nothing
// here that the UI goroutine does grows with the text; whole texts are put
// together and compared on other goroutines. UI goroutine only.
type draft struct {
	pace
	env     *Env
	handle  doc.Handle
	flights *flights
	// changed is told of a change that the editor does not show yet. undone
	// tells that the person asked for it.
	changed func(s textedit.Splice, undone bool)

	base   string            // the document's text when it was looked at last
	seen   uint64            // and its revision then
	sent   []textedit.Splice // to base, one after another
	open   textedit.Splice   // typed after that and not sent yet
	busy   bool              // texts are being compared
	again  bool              // and have to be once more
	undone bool
	closed bool
}

func newDraft(env *Env, h doc.Handle, changed func(s textedit.Splice, undone bool)) *draft {
	d := &draft{
		pace: pace{now: env.Now, after: alarmOf(env), name: string(env.NewID())},
		env:  env, handle: h, changed: changed,
	}
	d.flights = newFlights(env, d.look)
	return d
}

// start takes the text that the document has now and returns it.
func (d *draft) start() string {
	snap := d.handle.Snapshot()
	v, _ := snap.Value.(cards.Text)
	d.base, d.seen = v.Text, snap.Revision
	return v.Text
}

// typed notes what the person changed in the editor.
func (d *draft) typed(s textedit.Splice) {
	if _, ok := d.open.Join(s); !ok {
		d.flush()
	}
	d.note(len(s.Ins) >= s.Del, d.flush)
	d.open, _ = d.open.Join(s)
}

// flush sends what is typed and not sent yet.
func (d *draft) flush() {
	d.disarm()
	s := d.open
	d.open = textedit.Splice{}
	if s.Del == 0 && len(s.Ins) == 0 {
		return
	}
	before := d.sent[:len(d.sent):len(d.sent)]
	d.sent = append(d.sent, s)
	d.flights.track(doCommand(d.handle, typeText{base: d.base, before: before, splice: s, gesture: d.gesture()}))
}

// end flushes; what is typed later is another undo step.
func (d *draft) end() {
	d.flush()
	d.running = false
}

// undo takes back this person's newest step, redo does it again.
func (d *draft) undo() { d.step(d.handle.Undo) }
func (d *draft) redo() { d.step(d.handle.Redo) }

func (d *draft) step(take func() doc.Receipt) {
	d.end()
	d.undone = true
	d.flights.track(take())
}

// look finds out whether the document says what the editor shows. As long as
// changes are on their way it does not: then it is called again.
func (d *draft) look() {
	if d.closed || d.flights.flying() {
		return
	}
	if d.busy {
		d.again = true
		return
	}
	snap := d.handle.Snapshot()
	v, ok := snap.Value.(cards.Text)
	if !ok || snap.Revision == d.seen && len(d.sent) == 0 && len(v.Text) == len(d.base) {
		return // the length tells a document that had not been read when editing began
	}
	d.busy = true
	base, sent := d.base, slices.Clone(d.sent)
	go func() {
		theirs := textedit.Diff(textedit.Apply(base, sent...), v.Text)
		d.env.Post(func() { d.saw(v.Text, snap.Revision, len(sent), theirs) })
	}()
}

// saw takes what others made of the text after n changes of ours had arrived.
// What was typed since moves over it, and it moves over what was typed.
func (d *draft) saw(text string, revision uint64, n int, theirs []textedit.Splice) {
	d.busy = false
	if d.closed {
		return
	}
	d.base, d.seen, d.sent = text, revision, slices.Clone(d.sent[n:])
	for _, s := range theirs {
		for i := range d.sent {
			d.sent[i], s = textedit.Transform(d.sent[i], s)
		}
		d.open, s = textedit.Transform(d.open, s)
		d.changed(s, d.undone)
	}
	d.undone = d.undone && len(theirs) == 0 && (d.again || d.flights.flying())
	if d.again {
		d.again = false
		d.look()
	}
}

// close sends what is not sent; what the document says is not followed then.
func (d *draft) close() {
	d.end()
	d.closed = true
	d.flights.close()
}

// typeText is a splice typed after others into the text base. The texts are
// put together where the plan is made, on the document's goroutine.
type typeText struct {
	base    string
	before  []textedit.Splice
	splice  textedit.Splice
	gesture string
}

// Plan implements doc.Command. What others wrote meanwhile stays.
func (c typeText) Plan(t cards.Text) (doc.Plan, error) {
	was := textedit.Apply(c.base, c.before...)
	mine := c.splice
	for _, s := range textedit.Diff(was, t.Text) {
		mine, _ = textedit.Transform(mine, s)
	}
	return cards.EditText{Was: t.Text, Now: textedit.Apply(t.Text, mine), Gesture: c.gesture}.Plan(t)
}
