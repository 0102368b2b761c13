package renderers

import (
	"reflect"
	"testing"
	"time"
)

// clock is a time that tests move; alarms ring when it passes them.
type typingClock struct {
	at    time.Time
	rings []typingRing
}

type typingRing struct {
	at   time.Time
	f    func()
	gone *bool
}

func newTypingClock() *typingClock {
	return &typingClock{at: time.Date(2026, 3, 11, 10, 0, 0, 0, time.UTC)}
}

func (c *typingClock) now() time.Time { return c.at }

func (c *typingClock) after(d time.Duration, f func()) func() {
	gone := false
	c.rings = append(c.rings, typingRing{c.at.Add(d), f, &gone})
	return func() { gone = true }
}

func (c *typingClock) pass(d time.Duration) {
	c.at = c.at.Add(d)
	rings := c.rings
	c.rings = nil
	for _, r := range rings {
		switch {
		case *r.gone:
		case r.at.After(c.at):
			c.rings = append(c.rings, r)
		default:
			r.f()
		}
	}
}

type sentText struct{ Was, Now, Gesture string }

func newTestTyping() (*typing, *typingClock, *[]sentText) {
	c, sent := newTypingClock(), &[]sentText{}
	t := &typing{pace: pace{now: c.now, after: c.after, name: "g"}, send: func(was, now, gesture string) {
		*sent = append(*sent, sentText{was, now, gesture})
	}}
	return t, c, sent
}

func TestTypingIsSentInPiecesOfOneBurst(t *testing.T) {
	ty, c, sent := newTestTyping()
	for _, s := range []string{"a", "ab", "abc"} {
		ty.typed(s)
		c.pass(100 * time.Millisecond)
	}
	ty.typed("abcd")
	c.pass(typingFlush)
	want := []sentText{{"", "abc", "g/1"}, {"abc", "abcd", "g/1"}}
	if !reflect.DeepEqual(*sent, want) {
		t.Errorf("sent %v, want %v", *sent, want)
	}
	if c.pass(time.Minute); len(*sent) != 2 {
		t.Errorf("an idle editor sent %v", *sent)
	}
}

func TestTypingBeginsABurstAfterAPauseAndOnATurn(t *testing.T) {
	ty, c, sent := newTestTyping()
	ty.typed("one")
	c.pass(2 * time.Second)
	ty.typed("one two")
	ty.typed("one tw")
	ty.typed("one twi")
	ty.flush()
	want := []sentText{{"", "one", "g/1"}, {"one", "one two", "g/2"}, {"one two", "one tw", "g/3"}, {"one tw", "one twi", "g/4"}}
	if !reflect.DeepEqual(*sent, want) {
		t.Errorf("sent %v, want %v", *sent, want)
	}
}

func TestTypingAfterEndIsAnotherStep(t *testing.T) {
	ty, _, sent := newTestTyping()
	ty.typed("a")
	ty.end()
	ty.typed("ab")
	ty.end()
	if want := []sentText{{"", "a", "g/1"}, {"a", "ab", "g/2"}}; !reflect.DeepEqual(*sent, want) {
		t.Errorf("sent %v, want %v", *sent, want)
	}
}

func TestTypingKeepsUnsentTextWhenTheDocumentChanges(t *testing.T) {
	ty, _, sent := newTestTyping()
	ty.reset("hello world")
	ty.typed("hello world!")
	change := ty.follow("oh, hello world")
	if len(change) != 1 || change[0].From != 0 || change[0].Insert != "oh, " {
		t.Fatalf("follow gave %+v", change)
	}
	if ty.text != "oh, hello world!" {
		t.Errorf("text is %q", ty.text)
	}
	ty.flush()
	if want := (sentText{"oh, hello world", "oh, hello world!", "g/1"}); len(*sent) != 1 || (*sent)[0] != want {
		t.Errorf("sent %v, want %v", *sent, want)
	}
	if change := ty.follow("oh, hello world!"); len(change) > 0 {
		t.Errorf("the document's echo asks for %+v", change)
	}
	ty.typed("hello")
	if change := ty.follow("oh, hello brave world!!"); ty.text != "hellobrave !" {
		t.Errorf("with %+v the text is %q", change, ty.text)
	}
}
