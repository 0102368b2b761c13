package cards

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/doc"
)

// someThread has two messages of ann and one of ben.
func someThread(t *testing.T) *doc.Tree {
	t.Helper()
	tree := made(t, NewThread("Trip"))
	do(t, ThreadCodec{}, tree, PostMessage{ID: "a", Author: "ann", Text: "Where?", Time: 1000})
	do(t, ThreadCodec{}, tree, PostMessage{ID: "b", Author: "ben", Text: "There", Time: 2000})
	do(t, ThreadCodec{}, tree, PostMessage{ID: "c", Author: "ann", Text: "When?\nNow?", Time: 3000})
	return tree
}

func said(list []Message) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = m.ID + " " + m.Author + ": " + m.Text
	}
	return strings.Join(parts, "; ")
}

func TestThreadUpdatesAsItDecodes(t *testing.T) {
	message := func(id, author, text string, time int64) doc.Edit {
		return doc.Put{Path: doc.At("messages", id), Value: newMessage(author, text, time)}
	}
	checkCodec(t, ThreadCodec{}, append(NewThread("Trip"),
		message("a", "ann", "Where?", 5), message("b", "ben", "There", 5), message("c", "ann", "", 2),
		doc.Put{Path: doc.At("messages", "a", "text"), Value: "Where now?"},
		doc.Put{Path: doc.At("messages", "a", "time"), Value: int64(9)},
		doc.Put{Path: doc.At("messages", "b", "edited"), Value: int64(9)},
		doc.Put{Path: doc.At("messages", "b", "author"), Value: strings.Repeat("a", 65)},
	)...)
}

func TestThreadCommandsFitAnyDocument(t *testing.T) {
	checkCommands(t, ThreadCodec{}, func(r *rand.Rand, v Thread) []doc.Command[Thread] {
		id, who := fmt.Sprint("m", r.IntN(4)), []string{"ann", "ben"}[r.IntN(2)]
		text := []string{"", " ", "hello", "über\nzwei"}[r.IntN(4)]
		return []doc.Command[Thread]{
			PostMessage{ID: id, Author: who, Text: text, Time: int64(r.IntN(9))}, PostMessage{ID: "m0", Author: who, Text: "first"},
			EditMessage{ID: id, Author: who, Text: text, Time: 7}, DeleteMessage{ID: id, Author: who},
			SetThreadTitle{Was: v.Title, Now: text},
		}
	}, "title", "messages")
}

func TestThreadIsReadInTheOrderOfTime(t *testing.T) {
	tree := someThread(t)
	want := "a ann: Where?; b ben: There; c ann: When?\nNow?"
	if got := said(ThreadCodec{}.Decode(tree).Messages); got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	put := func(id string, time int64) doc.Edit {
		return doc.Put{Path: doc.At("messages", id), Value: newMessage("x", "y", time)}
	}
	if _, err := tree.Apply([]doc.Edit{put("z", 2000), put("0", 2000)}); err != nil {
		t.Fatal(err)
	}
	want = "a ann: Where?; 0 x: y; b ben: There; z x: y; c ann: When?\nNow?"
	if got := said(ThreadCodec{}.Decode(tree).Messages); got != want {
		t.Fatalf("%s, want %s", got, want)
	}
}

// An answer stands below what it answers though the clock there was ahead, but a
// clock that is wrong by hours is not followed.
func TestAnswersStandBelow(t *testing.T) {
	tree := someThread(t)
	v := do(t, ThreadCodec{}, tree, PostMessage{ID: "d", Author: "ben", Text: "Soon", Time: 2500})
	if last := v.Messages[3]; last.ID != "d" || last.Time != 3001 {
		t.Fatalf("%+v", last)
	}
	do(t, ThreadCodec{}, tree, PostMessage{ID: "far", Author: "ben", Text: "From tomorrow", Time: 1 << 40})
	v = do(t, ThreadCodec{}, tree, PostMessage{ID: "e", Author: "ann", Text: "Now", Time: 4000})
	if got := v.Messages[len(v.Messages)-2]; got.ID != "e" || got.Time != 4000 {
		t.Fatalf("%+v", v.Messages)
	}
}

func TestOnesOwnMessagesAreEditedAndDeleted(t *testing.T) {
	tree := someThread(t)
	v := do(t, ThreadCodec{}, tree, EditMessage{ID: "a", Author: "ann", Text: "Where to?", Time: 9000})
	if m := v.Messages[0]; m.Text != "Where to?" || m.Edited != 9000 || m.Time != 1000 {
		t.Fatalf("%+v", m)
	}
	v = do(t, ThreadCodec{}, tree, DeleteMessage{ID: "c", Author: "ann"})
	if got := said(v.Messages); got != "a ann: Where to?; b ben: There" {
		t.Fatal(got)
	}
	if _, still := tree.Value(doc.At("messages", "c")); still {
		t.Error("a deleted message is still in the document")
	}
}

func TestThreadRefuses(t *testing.T) {
	tree := someThread(t)
	for _, c := range []struct {
		cmd  doc.Command[Thread]
		want error
	}{
		{PostMessage{ID: "d", Text: " \n"}, doc.ErrNothing},
		{PostMessage{ID: "d", Text: strings.Repeat("x", MaxMessage+1)}, ErrTooLong},
		{PostMessage{ID: "a", Text: "x"}, ErrMessageID},
		{PostMessage{Text: "x"}, ErrMessageID},
		{EditMessage{ID: "b", Author: "ann", Text: "x"}, ErrNotYours},
		{EditMessage{ID: "a", Author: "ann", Text: "Where?"}, doc.ErrNothing},
		{EditMessage{ID: "z", Author: "ann", Text: "x"}, doc.ErrGone},
		{DeleteMessage{ID: "b", Author: "ann"}, ErrNotYours},
		{DeleteMessage{ID: "z", Author: "ann"}, doc.ErrGone},
		{SetThreadTitle{Was: "Trip", Now: "Trip"}, doc.ErrNothing},
	} {
		if err := refused(t, ThreadCodec{}, tree, c.cmd); !errors.Is(err, c.want) {
			t.Errorf("%T%+v: %v, want %v", c.cmd, c.cmd, err, c.want)
		}
	}
}

func TestThreadIsBounded(t *testing.T) {
	m := doc.Map{}
	for i := range MaxMessages + 5 {
		m[fmt.Sprintf("%05d", i)] = newMessage("ann", "x", int64(i))
	}
	m["99999"] = newMessage("ann", strings.Repeat("ü", MaxMessage), maxTime)
	tree := doc.NewTree(doc.Map{"messages": m})
	v := ThreadCodec{}.Decode(tree)
	if n := len(v.Messages); n != MaxMessages || v.Messages[0].ID != "00006" {
		t.Fatalf("%d messages from %s", n, v.Messages[0].ID)
	}
	if got := len(v.Messages[MaxMessages-1].Text); got > MaxMessage || got < MaxMessage-1 {
		t.Errorf("a long message has %d bytes", got)
	}
	if err := refused(t, ThreadCodec{}, tree, PostMessage{ID: "new", Text: "x"}); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
	gone := doc.At("messages", "99999")
	if _, err := tree.Apply([]doc.Edit{doc.Delete{Path: gone}}); err != nil {
		t.Fatal(err)
	}
	if v = (ThreadCodec{}).Update(v, []doc.Path{gone}, tree); v.Messages[0].ID != "00005" {
		t.Errorf("what was cut did not come back: %s", v.Messages[0].ID)
	}
}

func TestUnreadAreThoseOfOthers(t *testing.T) {
	v := ThreadCodec{}.Decode(someThread(t))
	for _, c := range []struct {
		me    string
		since int64
		want  int
	}{{"ann", 0, 1}, {"ben", 0, 2}, {"ben", 1000, 1}, {"ben", 3000, 0}, {"", 0, 3}} {
		if got := v.Unread(c.me, c.since); got != c.want {
			t.Errorf("%s since %d: %d, want %d", c.me, c.since, got, c.want)
		}
	}
}

func TestThreadTitle(t *testing.T) {
	for want, v := range map[string]Thread{
		"Trip":            {Title: " Trip\n", Messages: []Message{{Text: "Where?"}}},
		"Where?":          {Messages: []Message{{Text: "Where?"}}},
		"Untitled thread": {},
	} {
		if got := TitleOf(KindThread, v); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func BenchmarkThreadUpdate10000(b *testing.B) {
	m := doc.Map{}
	for i := range MaxMessages {
		m[fmt.Sprintf("%05d", i)] = newMessage("ann", "Some words of a message", int64(i))
	}
	tree := doc.NewTree(doc.Map{"messages": m})
	v := ThreadCodec{}.Decode(tree)
	touched := []doc.Path{doc.At("messages", "09999")}
	for b.Loop() {
		v = ThreadCodec{}.Update(v, touched, tree)
	}
}
