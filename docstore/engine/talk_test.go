//go:build cgo && (linux || darwin)

package engine_test

import (
	"reflect"
	"testing"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore/engine"
)

// twice is one document that two people have, each with a copy of their own.
func twice(t *testing.T, first []doc.Edit) (a, b engine.Doc) {
	t.Helper()
	a = must(engine.Native().New(actor(1)))(t)
	must(a.Apply(first, "create", 1))(t)
	b = must(engine.Native().Load(a.Save(), nil, actor(2)))(t)
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// say carries a command out and gives the change as it travels.
func say[T any](t *testing.T, d engine.Doc, c doc.Codec[T], command doc.Command[T]) []byte {
	t.Helper()
	plan := must(command.Plan(read(t, d, c)))(t)
	return must(d.Apply(plan.Edits, plan.Label, 2))(t).Body
}

func read[T any](t *testing.T, d engine.Doc, c doc.Codec[T]) T {
	t.Helper()
	return c.Decode(doc.NewTree(must(d.Tree())(t)))
}

// agreed gives each the other's changes; both must read the same then.
func agreed[T any](t *testing.T, a, b engine.Doc, c doc.Codec[T], ofA, ofB [][]byte) T {
	t.Helper()
	must(a.Merge(ofB))(t)
	must(b.Merge(ofA))(t)
	got, other := read(t, a, c), read(t, b, c)
	if !reflect.DeepEqual(got, other) {
		t.Fatalf("one reads %+v, the other %+v", got, other)
	}
	return got
}

// Two who post at the same time are both heard, in the same order by both.
func TestMessagesPostedAtOnceBothStay(t *testing.T) {
	a, b := twice(t, cards.NewThread("Trip"))
	c := cards.ThreadCodec{}
	ofA := [][]byte{say(t, a, c, cards.PostMessage{ID: "x", Author: "ann", Text: "Bridge", Time: 500})}
	ofB := [][]byte{
		say(t, b, c, cards.PostMessage{ID: "w", Author: "ben", Text: "Harbour", Time: 500}),
		say(t, b, c, cards.PostMessage{ID: "v", Author: "ben", Text: "At nine", Time: 400}),
	}
	got := agreed(t, a, b, c, ofA, ofB)
	var said []string
	for _, m := range got.Messages {
		said = append(said, m.Text)
	}
	if want := []string{"Harbour", "Bridge", "At nine"}; !reflect.DeepEqual(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
}

// The same for comments, although the document has no place for them yet.
func TestFirstCommentsMadeAtOnceBothStay(t *testing.T) {
	a, b := twice(t, cards.NewText("A note"))
	c := cards.CommentsCodec{}
	ofA := [][]byte{
		say(t, a, c, cards.PostComment{ID: "x", Author: "ann", Text: "Really?", Time: 500}),
		say(t, a, c, cards.ResolveComment{ID: "x", Resolved: true}),
	}
	ofB := [][]byte{say(t, b, c, cards.PostComment{ID: "y", Author: "ben", Text: "Why?", Time: 400})}
	got := agreed(t, a, b, c, ofA, ofB)
	if len(got.List) != 2 || got.List[0].ID != "y" || got.Open() != 1 {
		t.Fatalf("%+v", got)
	}
	ofA = [][]byte{say(t, a, c, cards.AnswerComment{Comment: "y", ID: "r", Author: "ann", Text: "So", Time: 600})}
	ofB = [][]byte{say(t, b, c, cards.AnswerComment{Comment: "y", ID: "q", Author: "ben", Text: "Or so", Time: 600})}
	if got = agreed(t, a, b, c, ofA, ofB); len(got.List[0].Answers) != 2 {
		t.Errorf("%+v", got.List[0])
	}
	if text := read(t, a, cards.TextCodec{}); text.Text != "A note" {
		t.Errorf("the note says %q", text.Text)
	}
}
