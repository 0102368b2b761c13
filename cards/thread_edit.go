package cards

import (
	"fmt"

	"corkboard/doc"
)

// NewThread is the first change of a thread.
func NewThread(title string) []doc.Edit {
	return []doc.Edit{
		doc.Put{Path: titlePath, Value: title},
		doc.Put{Path: messagesPath, Value: doc.Map{}},
	}
}

// PostMessage adds a message below all that are there.
type PostMessage struct {
	ID     string // made by the caller, unique in the thread
	Author string
	Text   string
	Time   int64 // ms since 1970 UTC
}

// Plan implements doc.Command; ErrNothing without text, ErrTooLong, ErrTooMany,
// ErrMessageID.
func (c PostMessage) Plan(t Thread) (doc.Plan, error) {
	if err := writable(c.Text); err != nil {
		return doc.Plan{}, err
	}
	switch {
	case t.cut || len(t.Messages) >= MaxMessages:
		return doc.Plan{}, ErrTooMany
	case c.ID == "" || findMessage(t.Messages, c.ID) >= 0:
		return doc.Plan{}, fmt.Errorf("posting message %q: %w", c.ID, ErrMessageID)
	}
	m := newMessage(c.Author, c.Text, after(t.Newest(), c.Time))
	edit := doc.Put{Path: doc.At(slotMessages, c.ID), Value: m}
	if !t.hasMessages {
		edit = doc.Put{Path: messagesPath, Value: doc.Map{c.ID: m}}
	}
	return doc.Plan{Label: "message", Edits: []doc.Edit{edit}}, nil
}

// EditMessage gives a message of the author's own another text.
type EditMessage struct {
	ID, Author, Text string
	Time             int64 // ms since 1970 UTC
}

// Plan implements doc.Command; ErrGone, ErrNothing, ErrTooLong, ErrNotYours.
func (c EditMessage) Plan(t Thread) (doc.Plan, error) {
	i := findMessage(t.Messages, c.ID)
	if i < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	edits, err := planRewrite(doc.At(slotMessages, c.ID), t.Messages[i], c.Author, c.Text, c.Time)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "edit message", Edits: edits}, nil
}

// DeleteMessage takes a message of the author's own out.
type DeleteMessage struct{ ID, Author string }

// Plan implements doc.Command; ErrGone, ErrNotYours.
func (c DeleteMessage) Plan(t Thread) (doc.Plan, error) {
	i := findMessage(t.Messages, c.ID)
	switch {
	case i < 0:
		return doc.Plan{}, doc.ErrGone
	case t.Messages[i].Author != c.Author:
		return doc.Plan{}, ErrNotYours
	}
	edits := []doc.Edit{doc.Delete{Path: doc.At(slotMessages, c.ID)}}
	return doc.Plan{Label: "delete message", Edits: edits}, nil
}

// SetThreadTitle is typing in the title: the editor showed Was and shows Now.
type SetThreadTitle struct {
	Was, Now string
	Gesture  string
}

// Plan implements doc.Command; ErrNothing.
func (c SetThreadTitle) Plan(t Thread) (doc.Plan, error) {
	return planTitle(c.Was, c.Now, c.Gesture, t.Title, t.titleMerges)
}
