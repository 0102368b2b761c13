package cards

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"corkboard/doc"
)

// commented is a text with a comment of ann that ben answered.
func commented(t *testing.T) *doc.Tree {
	t.Helper()
	tree := made(t, NewText("A note"))
	do(t, CommentsCodec{}, tree, PostComment{ID: "a", Author: "ann", Text: "Really?", Time: 1000, At: Place{true, 0.25, 1}})
	do(t, CommentsCodec{}, tree, AnswerComment{Comment: "a", ID: "r", Author: "ben", Text: "Yes", Time: 900})
	return tree
}

func TestCommentsUpdateAsTheyDecode(t *testing.T) {
	comment := newMessage("ann", "Really?", 5)
	comment["answers"] = doc.Map{"r": newMessage("ben", "Yes", 6), "s": newMessage("ben", "", 7)}
	comment["at"] = "0.5 0.5"
	checkCodec(t, CommentsCodec{},
		doc.Put{Path: doc.At("comment:a"), Value: comment},
		doc.Put{Path: doc.At("comment:b"), Value: newMessage("ben", "Oh", 5)},
		doc.Put{Path: doc.At("comment:"), Value: newMessage("ben", "nameless", 5)},
		doc.Put{Path: doc.At("comment:a", "answers", "t"), Value: newMessage("ann", "Well", 3)},
		doc.Put{Path: doc.At("comment:a", "text"), Value: ""},
		doc.Put{Path: doc.At("comment:a", "resolved"), Value: true},
		doc.Put{Path: doc.At("comment:a", "at"), Value: "0.5 NaN"},
		doc.Put{Path: doc.At("comments"), Value: comment},
	)
}

func TestCommentCommandsFitAnyDocument(t *testing.T) {
	checkCommands(t, CommentsCodec{}, func(r *rand.Rand, _ Comments) []doc.Command[Comments] {
		id, answer := fmt.Sprint("c", r.IntN(3)), []string{"", "r", "s"}[r.IntN(3)]
		who, text := []string{"ann", "ben"}[r.IntN(2)], []string{"", "hello", "über\nzwei"}[r.IntN(3)]
		return []doc.Command[Comments]{
			PostComment{ID: "c0", Author: who, Text: "first"}, PostComment{ID: id, Author: who, Text: text, At: Place{true, r.Float64(), 2}},
			AnswerComment{Comment: id, ID: answer, Author: who, Text: text}, ResolveComment{ID: id, Resolved: r.IntN(2) == 0},
			EditComment{Comment: id, Answer: answer, Author: who, Text: text, Time: 5}, DeleteComment{Comment: id, Answer: answer, Author: who},
		}
	}, "comment:c0", "comment:c1", "comment:c2")
}

func TestCommentsLieInAnyDocument(t *testing.T) {
	c := CommentsCodec{}.Decode(commented(t))
	if len(c.List) != 1 || c.Open() != 1 {
		t.Fatalf("%+v", c)
	}
	first := c.List[0]
	if first.Text != "Really?" || first.Author != "ann" || first.At != (Place{true, 0.25, 1}) {
		t.Errorf("%+v", first)
	}
	if got := said(first.Answers); got != "r ben: Yes" || first.Answers[0].Time != 1001 {
		t.Errorf("%s at %d", got, first.Answers[0].Time)
	}
}

func TestCommentsAreResolvedAndOpenedAgain(t *testing.T) {
	tree := commented(t)
	if c := do(t, CommentsCodec{}, tree, ResolveComment{ID: "a", Resolved: true}); c.Open() != 0 || !c.List[0].Resolved {
		t.Fatalf("%+v", c)
	}
	if c := do(t, CommentsCodec{}, tree, ResolveComment{ID: "a"}); c.Open() != 1 {
		t.Fatalf("%+v", c)
	}
}

// What was answered stays as a place for the answers, without its text.
func TestDeletedCommentsKeepTheAnswersOfOthers(t *testing.T) {
	tree := commented(t)
	c := do(t, CommentsCodec{}, tree, DeleteComment{Comment: "a", Author: "ann"})
	if len(c.List) != 1 || c.List[0].Text != "" || len(c.List[0].Answers) != 1 {
		t.Fatalf("%+v", c)
	}
	if err := refused(t, CommentsCodec{}, tree, DeleteComment{Comment: "a", Author: "ann"}); !errors.Is(err, doc.ErrGone) {
		t.Error(err)
	}
	if c = do(t, CommentsCodec{}, tree, DeleteComment{Comment: "a", Answer: "r", Author: "ben"}); len(c.List) != 0 {
		t.Fatalf("%+v", c)
	}
	tree = made(t, NewText(""))
	do(t, CommentsCodec{}, tree, PostComment{ID: "a", Author: "ann", Text: "x"})
	do(t, CommentsCodec{}, tree, DeleteComment{Comment: "a", Author: "ann"})
	if _, still := tree.Value(doc.At("comment:a")); still {
		t.Error("a deleted comment is still in the document")
	}
}

func TestCommentsRefuse(t *testing.T) {
	tree := commented(t)
	for _, c := range []struct {
		cmd  doc.Command[Comments]
		want error
	}{
		{PostComment{ID: "b"}, doc.ErrNothing},
		{PostComment{ID: "a", Text: "x"}, ErrMessageID},
		{PostComment{ID: "b", Text: strings.Repeat("x", MaxMessage+1)}, ErrTooLong},
		{AnswerComment{Comment: "z", ID: "s", Text: "x"}, doc.ErrGone},
		{AnswerComment{Comment: "a", ID: "r", Text: "x"}, ErrMessageID},
		{AnswerComment{Comment: "a", ID: "s", Text: " "}, doc.ErrNothing},
		{ResolveComment{ID: "z"}, doc.ErrGone},
		{ResolveComment{ID: "a"}, doc.ErrNothing},
		{EditComment{Comment: "a", Author: "ben", Text: "x"}, ErrNotYours},
		{EditComment{Comment: "a", Answer: "r", Author: "ann", Text: "x"}, ErrNotYours},
		{EditComment{Comment: "a", Answer: "z", Author: "ann", Text: "x"}, doc.ErrGone},
		{DeleteComment{Comment: "a", Answer: "r", Author: "ann"}, ErrNotYours},
	} {
		if err := refused(t, CommentsCodec{}, tree, c.cmd); !errors.Is(err, c.want) {
			t.Errorf("%T%+v: %v, want %v", c.cmd, c.cmd, err, c.want)
		}
	}
}

func TestPlacesAreReadStrictly(t *testing.T) {
	for s, want := range map[string]Place{
		"0.25 1": {true, 0.25, 1}, "0 0": {true, 0, 0}, "": {}, "1": {}, "0.5 1.1": {}, "-0.1 0": {},
		"NaN 0": {}, "0 Inf": {}, "0.5 0.5 0.5": {}, "0." + strings.Repeat("1", 100) + " 0": {},
	} {
		if got := readPlace(s); got != want {
			t.Errorf("%q: %+v", s, got)
		}
	}
	if got := (Place{true, -1, 0.123456}).String(); got != "0.0000 0.1235" {
		t.Error(got)
	}
}

func TestCommentWords(t *testing.T) {
	if got := CommentWords(commented(t)); got != "Really?\nYes\n" {
		t.Errorf("%q", got)
	}
	if got := CommentWords(doc.NewTree(nil)); got != "" {
		t.Errorf("%q", got)
	}
}

// A comment is none of the business of a document's own codec.
func TestCodecsLookAwayFromComments(t *testing.T) {
	touched := []doc.Path{doc.At("comment:a", "answers", "r")}
	untouched := poisoned{t}
	if got := (TextCodec{}).Update(Text{Text: "x"}, touched, untouched); got.Text != "x" {
		t.Error(got)
	}
	if got := (TodoCodec{}).Update(Todo{Title: "x"}, touched, untouched); got.Title != "x" {
		t.Error(got)
	}
	if got := (ThreadCodec{}).Update(Thread{Title: "x"}, touched, untouched); got.Title != "x" {
		t.Error(got)
	}
	file := FileCodec{}.Decode(made(t, NewFile(wholeFile)))
	if got := (FileCodec{}).Update(file, touched, untouched); !reflect.DeepEqual(got, file) {
		t.Error(got)
	}
	if got := (CommentsCodec{}).Update(Comments{}, []doc.Path{doc.At("text")}, untouched); got.List != nil {
		t.Error(got)
	}
}

// poisoned is a document that must not be read.
type poisoned struct{ t *testing.T }

func (p poisoned) Value(at doc.Path) (doc.Value, bool) {
	p.t.Errorf("%v was read", at)
	return nil, false
}
