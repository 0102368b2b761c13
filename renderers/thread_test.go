package renderers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
	"corkboard/renderers/paint"
)

func init() { time.Local = time.UTC } // what is painted names hours

var threadTestView = doc.Erase(cards.KindThread, cards.ThreadCodec{})

// talkers are ann, who looks, ben, and somebody with a long name.
func talkers(seen int64) *People {
	looks := map[string]PersonLook{
		"ann": {Name: "Ann Smith", Colour: [3]byte{0x33, 0x95, 0xe8}},
		"ben": {Name: "Ben", Colour: [3]byte{0xe8, 0x0f, 0xa7}},
		"max": {Name: "Maximilian Alexander von und zu Hohenstein-Waldenfels", Colour: [3]byte{0x6c, 0xcb, 0x44}},
	}
	return &People{
		Me:   func() string { return "ann" },
		Look: func(id string) PersonLook { return looks[id] },
		Seen: func(doc.ID) int64 { return seen },
		Saw:  func(_ doc.ID, until int64) { seen = max(seen, until) },
	}
}

func at(day, hour, minute int) int64 {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC).UnixMilli()
}

// sampleThread is a talk of two days.
func sampleThread() cards.Thread {
	return cards.Thread{Title: "Summer party", Messages: []cards.Message{
		{ID: "a", Author: "ben", Text: "Where do we meet?", Time: at(10, 17, 2)},
		{ID: "b", Author: "ann", Text: "At the old bridge, see https://example.org/bridge", Time: at(10, 17, 5)},
		{ID: "c", Author: "ann", Text: "@Ben bring the tent", Time: at(10, 17, 6), Edited: at(10, 17, 9)},
		{ID: "d", Author: "ben", Text: "I will, @Ann Smith", Time: at(11, 9, 30)},
		{ID: "e", Author: "ben", Text: "And the stove", Time: at(11, 9, 31)},
	}}
}

func longThread() cards.Thread {
	t := cards.Thread{Title: "A title that is much too long for the head of a card of this width"}
	for i := range 30 {
		t.Messages = append(t.Messages, cards.Message{
			ID: fmt.Sprint(i), Author: []string{"ben", "ann", "max"}[i%3], Time: at(11, 8, i),
			Text: strings.Repeat("Something that somebody says at length. ", 1+i%3) + "\nhttps://example.org/" + strings.Repeat("path", i),
		})
	}
	return t
}

func threadJob(v cards.Thread, h, scale float32, dark bool, seen int64) paintJob {
	j := testJob(Erase(threadFace()), v, 320, h, scale, dark)
	j.people = talkers(seen)
	return j
}

func TestThreadGolden(t *testing.T) {
	sh := newTestShaper()
	for _, dark := range []bool{false, true} {
		for _, scale := range []float32{0.2, 1, 2} {
			name := pictureName("thread", scale, dark)
			golden.Picture(t, name, threadJob(sampleThread(), 360, scale, dark, at(10, 18, 0)).paint(sh).img)
		}
		golden.Picture(t, pictureName("thread_long", 1, dark), threadJob(longThread(), 360, 1, dark, at(11, 12, 0)).paint(sh).img)
		golden.Picture(t, pictureName("thread_empty", 1, dark), threadJob(cards.Thread{}, 360, 1, dark, 0).paint(sh).img)
	}
	scrolled := threadJob(longThread(), 360, 1, false, at(11, 12, 0))
	scrolled.scroll = 130
	golden.Picture(t, "thread_scrolled", scrolled.paint(sh).img)
	golden.Picture(t, "thread_low", threadJob(sampleThread(), 120, 1, false, at(11, 12, 0)).paint(sh).img)
}

func TestThreadsShowTheirEnd(t *testing.T) {
	sh := newTestShaper()
	short, long := threadJob(sampleThread(), 900, 1, false, 0).paint(sh), threadJob(longThread(), 360, 1, false, 0).paint(sh)
	if short.content != 0 || long.content < 1000 {
		t.Errorf("content is %v where all fits, %v where it does not", short.content, long.content)
	}
	if n := len(long.hot); n == 0 || n > 10 {
		t.Errorf("%d links can be clicked", n)
	}
	for _, h := range long.hot {
		if mid := h.Rect.Y + h.Rect.H/2; mid < threadTop || mid > 360-threadFoot {
			t.Errorf("a link at %v lies outside of what is shown", h.Rect)
		}
	}
	var opened string
	short.hot[0].Do(&Env{OpenURL: func(u string) { opened = u }}, nil)
	if opened != "https://example.org/bridge" {
		t.Errorf("opened %q", opened)
	}
}

// Small pictures are on tiles, thousands at once: what cannot be seen is not laid out.
func TestSmallThreadsLayOutWhatIsSeen(t *testing.T) {
	s := &Sheet{W: 320, H: 360, Scale: 0.15, Shaper: newTestShaper(), People: talkers(0), Today: "2026-03-11"}
	rows, _ := lastRows(s, longThread().Messages, 268)
	if n := len(rows); n == 0 || n > 8 || rows[n-1].msg.ID != "29" {
		t.Errorf("%d rows", n)
	}
}

func TestMessagesAreGroupedByAuthorAndTime(t *testing.T) {
	p := talkPlan{sh: newTestShaper(), pal: paint.Light(), width: 320, today: "2026-03-11", who: talkers(0), me: "ann", seen: at(11, 9, 30)}
	var got []string
	list := sampleThread().Messages
	list = append(list, cards.Message{ID: "f", Author: "ben", Text: "Later", Time: at(11, 9, 40)})
	for i := range list {
		var before *cards.Message
		if i > 0 {
			before = &list[i-1]
		}
		r := p.row(before, list[i])
		words := r.msg.ID
		for mark, on := range map[string]bool{"+day": r.day != nil} {
			if on {
				words += mark
			}
		}
		if r.fresh != nil {
			words += "+new"
		}
		if r.name != nil {
			words += "+name"
		}
		if r.own {
			words += "+own"
		}
		got = append(got, words)
	}
	want := "a+day+name b+name+own c+own d+day+name e+new+name f+name"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

func TestMentionsAndAddressesAreMarked(t *testing.T) {
	p := talkPlan{sh: newTestShaper(), pal: paint.Light(), who: talkers(0), me: "ann", names: []string{"Ann Smith", "Ben"}}
	for text, want := range map[string]string{
		"hello":                        "hello",
		"@Ben and @ann smith!":         "[@Ben]| and |[@ann smith]|!",
		"@Benno mail@ben.org @ @@":     "[@Benno]| mail@ben.org @ @@",
		"see https://a.org/@Ben, @Ü-1": "see |<https://a.org/@Ben>|, |[@Ü-1]",
		"javascript://x http://":       "javascript://x http://",
		"https://x.org":                "<https://x.org>",
	} {
		var parts []string
		for _, s := range p.spans(cards.Message{Text: text}) {
			switch {
			case s.Link != "":
				parts = append(parts, "<"+s.Text+">")
			case s.Bold:
				parts = append(parts, "["+s.Text+"]")
			default:
				parts = append(parts, s.Text)
			}
		}
		if got := strings.Join(parts, "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestDaysAreNamed(t *testing.T) {
	for day, want := range map[int]string{11: "Today", 10: "Yesterday", 9: "9 March", 12: "12 March"} {
		if got := dayWords(time.UnixMilli(at(day, 3, 0)), "2026-03-11"); got != want {
			t.Errorf("%d: %s, want %s", day, got, want)
		}
	}
	if got := dayWords(time.UnixMilli(0), "2026-03-11"); got != "1 January 1970" {
		t.Error(got)
	}
	if got := dayWords(time.UnixMilli(1<<53), "no day"); got == "" {
		t.Error("a time far away has no name")
	}
}

func TestThreadSummary(t *testing.T) {
	if s := Erase(threadFace()).Summary(sampleThread()); s.Title != "Summer party" || s.Detail != "5 messages" {
		t.Errorf("%+v", s)
	}
}

func BenchmarkPaintThread30(b *testing.B) {
	j := threadJob(longThread(), 360, 1, false, 0)
	sh := newTestShaper()
	j.paint(sh)
	b.ReportAllocs()
	for b.Loop() {
		j.paint(sh)
	}
}
