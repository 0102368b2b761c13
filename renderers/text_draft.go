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

	base   string          // the document's text when it was looked at last
	seen   uint64          // and its revision then
	sent   [][]doc.Splice  // changes of base, one after another
	open   textedit.Splice // typed after that and not sent yet
	busy   bool            // texts are being compared
	again  bool            // and have to be once more
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
	d.send([]doc.Splice{{From: s.At, Delete: s.Del, Insert: string(s.Ins)}})
}

func (d *draft) send(change []doc.Splice) {
	before := d.sent[:len(d.sent):len(d.sent)]
	d.sent = append(d.sent, change)
	d.flights.track(doCommand(d.handle, typeText{base: d.base, before: before, change: change, gesture: d.gesture()}))
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
		theirs := doc.Diff(nil, afterAll(base, sent), v.Text)
		d.env.Post(func() { d.saw(v.Text, snap.Revision, len(sent), theirs) })
	}()
}

// saw takes what others made of the text after n changes of ours had arrived.
// What was typed since moves over it, and it moves over what was typed.
func (d *draft) saw(text string, revision uint64, n int, theirs []doc.Splice) {
	d.busy = false
	if d.closed {
		return
	}
	undone := d.undone && len(theirs) > 0
	d.base, d.seen, d.sent = text, revision, slices.Clone(d.sent[n:])
	for i := range d.sent {
		d.sent[i], theirs = doc.Transform(d.sent[i], theirs)
	}
	theirs = d.carryOpen(theirs)
	for _, s := range theirs {
		d.changed(textedit.Splice{At: s.From, Del: s.Delete, Ins: []rune(s.Insert)}, undone)
	}
	d.undone = d.undone && !undone && (d.again || d.flights.flying())
	if d.again {
		d.again = false
		d.look()
	}
}

// carryOpen moves what is not sent yet over what others wrote, and the other way
// round. If they wrote inside of it, so that it is several splices, it is sent.
func (d *draft) carryOpen(theirs []doc.Splice) []doc.Splice {
	s := d.open
	if s.Del == 0 && len(s.Ins) == 0 {
		return theirs
	}
	open, theirs := doc.Transform([]doc.Splice{{From: s.At, Delete: s.Del, Insert: string(s.Ins)}}, theirs)
	d.open = textedit.Splice{}
	switch len(open) {
	case 0:
	case 1:
		d.open = textedit.Splice{At: open[0].From, Del: open[0].Delete, Ins: []rune(open[0].Insert)}
	default:
		d.disarm()
		d.send(open)
	}
	return theirs
}

// close sends what is not sent; what the document says is not followed then.
func (d *draft) close() {
	d.end()
	d.closed = true
	d.flights.close()
}

// afterAll is a text after changes, one after another.
func afterAll(text string, changes [][]doc.Splice) string {
	for _, c := range changes {
		text = doc.Spliced(text, c...)
	}
	return text
}

// typeText is a change typed after others into the text base. The texts are
// put together where the plan is made, on the document's goroutine.
type typeText struct {
	base    string
	before  [][]doc.Splice
	change  []doc.Splice
	gesture string
}

// Plan implements doc.Command. What others wrote meanwhile stays.
func (c typeText) Plan(t cards.Text) (doc.Plan, error) {
	was := afterAll(c.base, c.before)
	for _, s := range c.change {
		if s.Delete > 0 && s.Insert != "" { // much of it may stand there already
			return cards.EditText{Was: was, Now: doc.Spliced(was, c.change...), Gesture: c.gesture}.Plan(t)
		}
	}
	mine, _ := doc.Transform(c.change, doc.Diff(nil, was, t.Text))
	return cards.SpliceText{Change: mine, Gesture: c.gesture}.Plan(t)
}
