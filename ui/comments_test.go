package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
)

// ben is somebody else who writes.
const ben = "ben"

// withBen lets the window know ben, and somebody with a long name.
func (d *desk) withBen() {
	own := d.w.env.People.Look
	d.w.env.People.Look = func(id string) renderers.PersonLook {
		switch id {
		case ben:
			return renderers.PersonLook{Name: "Ben", Colour: personColours[3]}
		case "long":
			return renderers.PersonLook{Name: longName, Colour: personColours[1]}
		}
		return own(id)
	}
}

// comment changes the comments of a document as somebody else does.
func (d *desk) comment(id doc.ID, c doc.Command[cards.Comments]) {
	d.t.Helper()
	live := doc.Open(d.app.Docs(), id, renderers.CommentsView.Name, cards.CommentsCodec{})
	defer live.Close()
	if err := live.Do(c).Applied(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// remarks is what the panel shows.
func (d *desk) remarks() string {
	if !d.w.comments.object.Visible() {
		return ""
	}
	return wordsIn(d.w.comments.scroll)
}

// wordsIn is all words of an object; unlike saidBy it leaves the object where it is.
func wordsIn(o fyne.CanvasObject) string {
	var out []string
	for _, o := range test.LaidOutObjects(o) {
		if t, ok := o.(*canvas.Text); ok {
			out = append(out, t.Text)
		}
	}
	return strings.Join(out, " ")
}

func (d *desk) tapRemark(words string) {
	d.t.Helper()
	for _, o := range test.LaidOutObjects(d.w.comments.object) {
		if b, ok := o.(*escButton); ok && b.Text == words {
			b.OnTapped()
			return
		}
	}
	d.t.Fatalf("no button says %q beside: %s", words, d.remarks())
}

func (d *desk) says(words string) func() bool {
	return func() bool { return strings.Contains(d.remarks(), words) }
}

func TestCommentsAreWrittenAnsweredAndResolved(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.withBen()
	card := d.text("A note", board.Point{X: 300, Y: 200})
	document := d.w.board.Live.Snapshot().Value.Card(card).Link.Document
	d.until("the note is read", func() bool { t, ok := d.w.board.Value(card).(cards.Text); return ok && t.Text != "" })
	d.w.board.Session.Select(card)
	d.w.board.Perform("comment")
	if !strings.Contains(wordsIn(d.w.comments.object), "Comments on “A note”") {
		t.Fatalf("the panel says %s", wordsIn(d.w.comments.object))
	}
	d.types("Really?")
	d.until("it is there", d.says("Really?"))
	d.until("the card has a mark", func() bool { return d.openComments(document) == 1 })
	d.tapRemark("Answer")
	d.types("No")
	d.until("the answer is there", d.says("No"))
	d.tapRemark("Edit")
	if got := d.w.comments.write.Text; got != "Really?" {
		t.Fatalf("the box holds %q", got)
	}
	d.types("?")
	d.until("it is changed", d.says("Really??"))
	d.tapRemark("Resolve")
	d.until("it is resolved", d.says("Nothing is open"))
	if n := d.openComments(document); n != 0 {
		t.Errorf("%d are open", n)
	}
	d.tapRemark("Show 1 resolved")
	d.until("it is shown", d.says("Really??"))
	d.tapRemark("Open again")
	d.until("it is open", func() bool { return d.openComments(document) == 1 })
	d.press(fyne.KeyEscape)
	if d.w.comments.object.Visible() || d.w.win.Canvas().Focused() != d.w.board {
		t.Error("Esc does not close the panel")
	}
}

// openComments counts those of a document.
func (d *desk) openComments(id doc.ID) int {
	live := doc.Open(d.app.Docs(), id, renderers.CommentsView.Name, cards.CommentsCodec{})
	defer live.Close()
	return live.Snapshot().Value.Open()
}

// Others' comments can be answered and resolved, not changed.
func TestCommentsOfOthers(t *testing.T) {
	d := newDesk(t)
	d.withBen()
	id := d.w.board.Live.ID()
	d.comment(id, cards.PostComment{ID: "a", Author: ben, Text: "Nice board", Time: 5})
	d.w.board.Perform("comment") // nothing is selected: the board itself
	d.until("it is there", d.says("Nice board"))
	for _, o := range test.LaidOutObjects(d.w.comments.object) {
		if b, ok := o.(*escButton); ok && (b.Text == "Edit" || b.Text == "Delete") {
			t.Errorf("somebody else's comment offers %s", b.Text)
		}
	}
	d.tapRemark("Answer")
	d.comment(id, cards.DeleteComment{Comment: "a", Author: ben})
	d.until("it is gone", d.says("Nothing is open"))
	if d.w.comments.subject != (subject{}) {
		t.Error("the box still answers what is gone")
	}
}

func TestWhatWasNotSentWaitsInThePanel(t *testing.T) {
	d := newDesk(t)
	d.w.board.Perform("comment")
	d.write("Not yet")
	d.press(fyne.KeyEscape)
	d.w.board.Perform("comment")
	if got := d.w.comments.write.Text; got != "Not yet" {
		t.Errorf("the box holds %q", got)
	}
}

func TestReadersDoNotComment(t *testing.T) {
	d := newDesk(t)
	d.withBen()
	id := d.w.board.Live.ID()
	d.comment(id, cards.PostComment{ID: "a", Author: d.w.me(), Text: "Mine", Time: 5})
	d.w.env.ReadOnly = true
	d.w.board.Perform("comment")
	d.until("it is there", d.says("Mine"))
	for _, o := range test.LaidOutObjects(d.w.comments.object) {
		if b, ok := o.(*escButton); ok && b.Text != "" {
			t.Errorf("a reader is offered %q", b.Text)
		}
	}
}

// The panel in both themes and windows of several sizes: nothing is cut off.
func TestNothingInThePanelIsCutOff(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  float32
		scale float32
		mode  string
	}{
		{"light", 1280, 800, 1, "light"}, {"dark", 1280, 800, 1, "dark"}, {"twice", 800, 500, 2, "dark"}, {"narrow", 480, 640, 1, "light"},
	} {
		t.Run(size.name, func(t *testing.T) {
			d := newDesk(t)
			d.withBen()
			d.w.fyne.Settings().SetTheme(look{size.mode, nil})
			d.w.env.Dark = func() bool { return size.mode == "dark" }
			d.w.win.Canvas().(test.WindowlessCanvas).SetScale(size.scale)
			d.w.win.Resize(fyne.NewSize(size.w, size.h))
			d.w.themed()
			id, now := d.w.board.Live.ID(), time.Now().UnixMilli()
			for _, c := range []doc.Command[cards.Comments]{
				cards.PostComment{ID: "z", Author: ben, Text: "Settled", Time: 1},
				cards.ResolveComment{ID: "z", Resolved: true},
				cards.PostComment{ID: "a", Author: ben, Text: "Where do we put the stove? It is very heavy, and it needs air on every side.\n\nOutside?", Time: 1e12},
				cards.AnswerComment{Comment: "a", ID: "r", Author: d.w.me(), Text: "Below the tree", Time: now},
				cards.EditComment{Comment: "a", Answer: "r", Author: d.w.me(), Text: "Under the tree", Time: now},
				cards.PostComment{ID: "b", Author: "long", Text: strings.Repeat("endless", 30), Time: now},
				cards.PostComment{ID: "c", Author: d.w.me(), Text: "Mine", Time: now},
			} {
				d.comment(id, c)
			}
			d.w.board.Perform("comment")
			d.until("they are there", d.says("endless"))
			d.tapRemark("Show 1 resolved")
			d.until("all are there", d.says("Settled"))
			d.keepLook("comments-end-" + size.name)
			d.w.comments.scroll.ScrollToTop()
			d.wantApart(d.w.comments.object, d.w.comments.paper)
			d.keepLook("comments-" + size.name)
		})
	}
}

func TestCommentsSayWhen(t *testing.T) {
	now := time.Date(2026, 3, 11, 12, 0, 0, 0, time.Local)
	for want, at := range map[string]time.Time{
		"09:30": now.Add(-150 * time.Minute), "10 Mar 12:00": now.AddDate(0, 0, -1), "11 Mar 2025 12:00": now.AddDate(-1, 0, 0),
	} {
		if got := writtenWords(at.UnixMilli(), now); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
