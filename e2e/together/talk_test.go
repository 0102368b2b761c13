//go:build linux

package together

import (
	"strings"
	"testing"
	"time"

	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestTalk is two people who talk in a thread and about a card.
func TestTalk(t *testing.T) {
	x11.Wanted(t)
	l := lab.New(t, lab.Options{})
	a, b := newDesk(t, l, "talk-a"), newDesk(t, l, "talk-b")
	a.Open()
	b.Open()
	a.callThemselves("Ada")
	b.callThemselves("Ben")
	a.makeBoard("Trip")
	link := a.shares()
	began := b.joins(link)
	within(t, "the other has the board", began, func() bool { return b.partly(link) != nil }, a, b)

	a.Point(503, 163)
	a.Changes(func() { a.Key("c") })
	a.Type("Shall we leave on Saturday?\n")
	a.Key("Escape")
	a.Key("Escape")
	began = time.Now()
	within(t, "the question is there", began, func() bool { return b.talks(link, "Shall we leave on Saturday?") }, a, b)
	b.Still()
	b.Point(603, 300)
	b.Keep("asked")
	b.Changes(func() { b.DoubleClick(603, 300) })
	b.Type("Sunday is better\n")
	b.Keep("answers")
	b.Key("Escape")
	began = time.Now()
	within(t, "the answer is there", began, func() bool { return a.talks(link, "Shall we leave on Saturday?", "Sunday is better") }, a, b)
	a.Keep("answered")

	b.Changes(func() { b.Key("Ctrl+Alt+m") })
	b.Type("Whose car?\n")
	b.Keep("comments")
	began = time.Now()
	within(t, "the comment is there", began, func() bool { return a.talks(link, "Whose car?") }, a, b)
	a.Keep("commented")
	b.Key("Escape")
	b.Key("Escape")
	alike(t, link, time.Now(), a, b)
}

// talks reports whether a board and its cards hold some words.
func (d *desk) talks(link string, words ...string) bool {
	d.T.Helper()
	text := d.partly(link)["board.json"]
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
