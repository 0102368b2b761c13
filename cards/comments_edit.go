package cards

import (
	"fmt"

	"corkboard/doc"
)

// PostComment says something about a document.
type PostComment struct {
	ID     string // made by the caller, unique in the document
	Author string
	Text   string
	Time   int64 // ms since 1970 UTC
	At     Place
}

// Plan implements doc.Command; ErrNothing without text, ErrTooLong, ErrTooMany,
// ErrMessageID.
func (c PostComment) Plan(all Comments) (doc.Plan, error) {
	if err := writable(c.Text); err != nil {
		return doc.Plan{}, err
	}
	last := int64(0)
	if n := len(all.List); n > 0 {
		last = all.List[n-1].Time
	}
	switch {
	case all.cut || len(all.List) >= MaxComments:
		return doc.Plan{}, ErrTooMany
	case c.ID == "" || all.find(c.ID) >= 0:
		return doc.Plan{}, fmt.Errorf("posting comment %q: %w", c.ID, ErrMessageID)
	}
	m := newMessage(c.Author, c.Text, after(last, c.Time))
	m[slotResolved], m[slotAnswers] = false, doc.Map{}
	if c.At.On {
		m[slotAt] = c.At.String()
	}
	return commentPlan("comment", doc.Put{Path: commentPath(c.ID), Value: m}), nil
}

// AnswerComment adds an answer to a comment.
type AnswerComment struct {
	Comment string
	ID      string // made by the caller, unique in the comment
	Author  string
	Text    string
	Time    int64 // ms since 1970 UTC
}

// Plan implements doc.Command; ErrGone, and those of PostComment.
func (c AnswerComment) Plan(all Comments) (doc.Plan, error) {
	i := all.find(c.Comment)
	if i < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	if err := writable(c.Text); err != nil {
		return doc.Plan{}, err
	}
	of := all.List[i]
	switch {
	case of.cut || len(of.Answers) >= MaxAnswers:
		return doc.Plan{}, ErrTooMany
	case c.ID == "" || findMessage(of.Answers, c.ID) >= 0:
		return doc.Plan{}, fmt.Errorf("answering %q: %w", c.ID, ErrMessageID)
	}
	m := newMessage(c.Author, c.Text, after(max(of.Time, lastTime(of.Answers)), c.Time))
	at := below(commentPath(c.Comment), slotAnswers)
	if !of.hasAnswers {
		return commentPlan("answer", doc.Put{Path: at, Value: doc.Map{c.ID: m}}), nil
	}
	return commentPlan("answer", doc.Put{Path: below(at, c.ID), Value: m}), nil
}

// ResolveComment says that a comment is settled, or opens it again.
type ResolveComment struct {
	ID       string
	Resolved bool
}

// Plan implements doc.Command; ErrGone, ErrNothing.
func (c ResolveComment) Plan(all Comments) (doc.Plan, error) {
	i := all.find(c.ID)
	switch {
	case i < 0:
		return doc.Plan{}, doc.ErrGone
	case all.List[i].Resolved == c.Resolved:
		return doc.Plan{}, doc.ErrNothing
	}
	label := "resolve comment"
	if !c.Resolved {
		label = "reopen comment"
	}
	return commentPlan(label, doc.Put{Path: below(commentPath(c.ID), slotResolved), Value: c.Resolved}), nil
}

// EditComment gives a comment, or one of its answers, of the author's own
// another text.
type EditComment struct {
	Comment, Answer string // Answer is "" for the comment itself
	Author, Text    string
	Time            int64 // ms since 1970 UTC
}

// Plan implements doc.Command; ErrGone, ErrNothing, ErrTooLong, ErrNotYours.
func (c EditComment) Plan(all Comments) (doc.Plan, error) {
	_, m, at, err := all.message(c.Comment, c.Answer)
	if err != nil {
		return doc.Plan{}, err
	}
	edits, err := planRewrite(at, m, c.Author, c.Text, c.Time)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "edit comment", Edits: edits}, nil
}

// DeleteComment takes a comment, or one of its answers, of the author's own
// back. Of a comment that was answered the text goes and the answers stay.
type DeleteComment struct{ Comment, Answer, Author string }

// Plan implements doc.Command; ErrGone, ErrNotYours.
func (c DeleteComment) Plan(all Comments) (doc.Plan, error) {
	of, m, at, err := all.message(c.Comment, c.Answer)
	switch {
	case err != nil:
		return doc.Plan{}, err
	case m.Author != c.Author:
		return doc.Plan{}, ErrNotYours
	case c.Answer == "" && len(of.Answers) > 0:
		return commentPlan("delete comment", doc.Put{Path: below(at, slotText), Value: ""}), nil
	}
	return commentPlan("delete comment", doc.Delete{Path: at}), nil
}

// message finds what a comment says, or one of its answers, and where it lies;
// ErrGone if it is not there.
func (c Comments) message(comment, answer string) (of Comment, m Message, at doc.Path, err error) {
	i := c.find(comment)
	if i < 0 {
		return of, m, nil, doc.ErrGone
	}
	of, at = c.List[i], commentPath(comment)
	if answer == "" {
		if of.Text == "" {
			return of, m, nil, doc.ErrGone
		}
		return of, of.Message, at, nil
	}
	j := findMessage(of.Answers, answer)
	if j < 0 {
		return of, m, nil, doc.ErrGone
	}
	return of, of.Answers[j], append(at, slotAnswers, answer), nil
}

func commentPath(id string) doc.Path { return doc.At(commentSlot + id) }

func commentPlan(label string, e doc.Edit) doc.Plan {
	return doc.Plan{Label: label, Edits: []doc.Edit{e}}
}
