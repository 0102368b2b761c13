package renderers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/textedit"
)

// draftDesk is a draft with an editor's text beside it, and its document.
type draftDesk struct {
	*desk
	h     *deskHandle
	d     *draft
	shown string
}

func newDraftDesk(t *testing.T, text string) *draftDesk {
	test.NewTempApp(t)
	k := &draftDesk{desk: newDesk(), h: newDeskHandle(t, textTestView, cards.NewText(text))}
	k.d = newDraft(k.Env, k.h, func(s textedit.Splice, _ bool) { k.shown = withSplice(k.shown, s) })
	k.d.after = k.clock.after
	k.shown = k.d.start()
	return k
}

func withSplice(text string, s textedit.Splice) string {
	return doc.Spliced(text, doc.Splice{From: s.At, Delete: s.Del, Insert: string(s.Ins)})
}

func (k *draftDesk) typeAt(s textedit.Splice) {
	k.shown = withSplice(k.shown, s)
	k.d.typed(s)
}

func (k *draftDesk) settleAll() {
	for k.d.flights.flying() || k.d.busy {
		(<-k.posts)()
	}
}

// drawSplice draws a change of a text of n runes.
func drawSplice(t *rapid.T, n int, letters string) textedit.Splice {
	at := rapid.IntRange(0, n).Draw(t, "at")
	return textedit.Splice{
		At: at, Del: rapid.IntRange(0, min(4, n-at)).Draw(t, "del"),
		Ins: []rune(rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 4, -1).Draw(t, "ins")),
	}
}

// Whatever is typed here, changed elsewhere, undone and delayed, the editor and
// the document say the same in the end.
func TestDraftAndDocumentMeet(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := newDraftDesk(t, rapid.SampledFrom([]string{"", "hello world", "日本 é"}).Draw(rt, "text"))
		runes := func(s string) int { return len([]rune(s)) }
		steps := map[string]func(){
			"type":    func() { k.typeAt(drawSplice(rt, runes(k.shown), "abc")) },
			"flush":   func() { k.clock.pass(typingFlush) },
			"look":    func() { k.d.look() },
			"hold":    k.h.hold,
			"release": k.h.release,
			"undo":    k.d.undo,
			"redo":    k.d.redo,
			"foreign": func() {
				v := k.h.Snapshot().Value.(cards.Text)
				s := drawSplice(rt, runes(v.Text), "XYZ")
				if s.Del > 0 || len(s.Ins) > 0 {
					k.h.foreign(t, doc.Splice{Path: doc.At("text"), From: s.At, Delete: s.Del, Insert: string(s.Ins)})
				}
			},
			"post": func() {
				select {
				case f := <-k.posts:
					f()
				default:
				}
			},
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			names := []string{"type", "type", "flush", "look", "hold", "release", "undo", "redo", "foreign", "post"}
			steps[rapid.SampledFrom(names).Draw(rt, "step")]()
		}
		k.h.release()
		k.d.end()
		k.settleAll()
		k.d.look()
		k.settleAll()
		if got := k.h.Snapshot().Value.(cards.Text).Text; got != k.shown {
			rt.Fatalf("the document says %q, the editor %q", got, k.shown)
		}
	})
}

// Every rune is written once: what is typed here and what is written elsewhere
// meanwhile stands in the end, unless somebody who saw it deleted it, and undoing
// what was typed here takes away nothing else.
func TestNothingIsLostBetweenDraftAndDocument(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const begin = "ab cd\nef"
		k := newDraftDesk(t, begin)
		made, mine, goneHere, goneThere := []rune(begin), map[rune]bool{}, map[rune]bool{}, map[rune]bool{}
		draw := func(text string, gone map[rune]bool) textedit.Splice {
			r := []rune(text)
			at := rapid.IntRange(0, len(r)).Draw(rt, "at")
			s := textedit.Splice{At: at, Del: rapid.IntRange(0, min(5, len(r)-at)).Draw(rt, "del")}
			for range rapid.IntRange(0, 3).Draw(rt, "ins") {
				s.Ins = append(s.Ins, rune(0x4e00+len(made)))
				made = append(made, s.Ins[len(s.Ins)-1])
			}
			for _, c := range r[at : at+s.Del] {
				gone[c] = true
			}
			return s
		}
		steps := map[string]func(){
			"type": func() {
				n := len(made)
				k.typeAt(draw(k.shown, goneHere))
				for _, c := range made[n:] {
					mine[c] = true
				}
			},
			"foreign": func() {
				s := draw(k.h.Snapshot().Value.(cards.Text).Text, goneThere)
				if s.Del > 0 || len(s.Ins) > 0 {
					k.h.foreign(t, doc.Splice{Path: doc.At("text"), From: s.At, Delete: s.Del, Insert: string(s.Ins)})
				}
			},
			"flush":   func() { k.clock.pass(typingFlush) },
			"look":    func() { k.d.look() },
			"hold":    k.h.hold,
			"release": k.h.release,
			"post": func() {
				select {
				case f := <-k.posts:
					f()
				default:
				}
			},
		}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			names := []string{"type", "type", "flush", "look", "hold", "release", "foreign", "foreign", "post"}
			steps[rapid.SampledFrom(names).Draw(rt, "step")]()
		}
		k.h.release()
		k.d.end()
		settled := func(gone func(rune) bool, either func(rune) bool) {
			k.settleAll()
			k.d.look()
			k.settleAll()
			got := k.h.Snapshot().Value.(cards.Text).Text
			if got != k.shown {
				rt.Fatalf("the document says %q, the editor %q", got, k.shown)
			}
			for _, c := range made {
				if n := strings.Count(got, string(c)); n > 1 || (n == 1) == gone(c) && !either(c) {
					rt.Fatalf("%q stands %d times in %q", c, n, got)
				}
			}
		}
		settled(func(c rune) bool { return goneHere[c] || goneThere[c] }, func(rune) bool { return false })
		for _, _, more, _ := k.h.Steps(); more; _, _, more, _ = k.h.Steps() {
			k.d.undo()
			k.settleAll()
		}
		both := func(c rune) bool { return goneHere[c] && goneThere[c] } // whoever's deletion came first
		settled(func(c rune) bool { return mine[c] || goneThere[c] }, both)
	})
}

// The caret of the editor keeps its neighbours when others write elsewhere,
// and what is typed and not sent stays.
func TestCaretStaysWithItsTextWhileOthersWrite(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.StringOfN(rapid.RuneFrom([]rune("ab \né日")), 0, 30, -1)
		head, tail := words.Draw(rt, "head"), words.Draw(rt, "tail")
		d := newTextDesk(t, head+"<>"+tail)
		at := len([]rune(head)) + 1
		d.e.pen.Select(at, at)
		test.Type(d.focused(), "typed")
		if rapid.Bool().Draw(rt, "sent") {
			d.clock.pass(typingFlush)
			d.drain()
		}
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			v := d.text()
			cut := strings.Index(v, "<")
			s := drawSplice(rt, len([]rune(v[:cut])), "XYZ")
			if rapid.Bool().Draw(rt, "behind") {
				end := strings.Index(v, ">") + 1
				s = drawSplice(rt, len([]rune(v[end:])), "XYZ")
				s.At += len([]rune(v[:end]))
			}
			if s.Del > 0 || len(s.Ins) > 0 {
				d.h.foreign(t, doc.Splice{Path: doc.At("text"), From: s.At, Delete: s.Del, Insert: string(s.Ins)})
			}
			d.e.Show(nil)
			d.drain()
		}
		now := d.e.pen.Text()
		from, to := d.e.pen.Selection()
		if before := d.e.pen.Slice(from-6, from); before != "<typed" || from != to || d.e.pen.Slice(to, to+1) != ">" {
			rt.Fatalf("in %q the caret is at %d", now, from)
		}
		d.e.Close()
		if d.text() != now {
			rt.Fatalf("the document says %q, the editor %q", d.text(), now)
		}
	})
}

func TestTypedTextStaysBetweenTwoChangesOfOthers(t *testing.T) {
	k := newDraftDesk(t, "one\ntwo\nthree\n")
	k.typeAt(textedit.Splice{At: 7, Ins: []rune(" typed")})
	k.h.foreign(t, doc.Splice{Path: doc.At("text"), From: 14, Insert: "four\n"})
	k.h.foreign(t, doc.Splice{Path: doc.At("text"), From: 0, Insert: "zero\n"})
	k.clock.pass(typingFlush)
	k.settleAll()
	const want = "zero\none\ntwo typed\nthree\nfour\n"
	if got := k.h.Snapshot().Value.(cards.Text).Text; got != want || k.shown != want {
		t.Errorf("the document says %q, the editor %q", got, k.shown)
	}
}

func TestDraftSendsWhatIsTypedAsOneSplice(t *testing.T) {
	k := newDraftDesk(t, strings.Repeat("a", 50))
	for i := range 3 {
		k.typeAt(textedit.Splice{At: 20 + i, Ins: []rune("a")})
	}
	if k.d.open.At != 20 || k.d.open.Del != 0 || string(k.d.open.Ins) != "aaa" || len(k.d.sent) != 0 {
		t.Errorf("waiting is %+v", k.d.open)
	}
	k.typeAt(textedit.Splice{At: 0, Ins: []rune("x")})
	if len(k.d.sent) != 1 || k.d.open.At != 0 {
		t.Error("typing elsewhere did not send what was typed before")
	}
	k.clock.pass(typingFlush)
	k.settleAll()
	if got := k.h.Snapshot().Value.(cards.Text).Text; got != k.shown {
		t.Errorf("the document says %q, want %q", got, k.shown)
	}
}

func TestTextEditorGoesToWhatIsUndone(t *testing.T) {
	d := newTextDesk(t, longNote(20<<10, true))
	d.e.pen.Select(10, 10)
	test.Type(d.focused(), "early")
	d.e.draft.end()
	n := d.e.pen.Len()
	d.e.pen.Select(n, n)
	d.clock.pass(typingPause)
	typeUndo(d.focused())
	d.drain()
	if from, to := d.e.pen.Selection(); from != 10 || to != 10 {
		t.Errorf("after undo the caret is at %d to %d", from, to)
	}
	if top, _ := d.e.pen.Scroll(); top != 0 {
		t.Errorf("the undone place is not in view: scrolled by %v", top)
	}
}

func TestTextEditorFinds(t *testing.T) {
	d := newTextDesk(t, "one two one")
	typeShortcut(d.focused(), fyne.KeyF, 0)
	if !d.e.find.Visible() || len(d.other) != 0 {
		t.Fatalf("the row is not there; the board got %d shortcuts", len(d.other))
	}
	test.Type(d.focused(), "ONE")
	typeKey(d.focused(), fyne.KeyReturn)
	if got := d.e.pen.SelectedText(); got != "one" {
		t.Errorf("selected is %q", got)
	}
	typeKey(d.focused(), fyne.KeyEscape)
	if d.e.find.Visible() || d.left != 0 || d.focused() != d.e.pen {
		t.Error("Esc did not close the row alone")
	}
	typeShortcut(d.focused(), fyne.KeyF, 0)
	d.win.Canvas().Focus(d.e.pen)
	typeKey(d.focused(), fyne.KeyEscape)
	if d.e.find.Visible() || d.left != 0 {
		t.Error("Esc in the text did not close the row first")
	}
}
