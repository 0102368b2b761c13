package cards

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corkboard/doc"
)

// Bounds of what is written in threads and comments.
const (
	// MaxMessage bounds one message, in bytes; what is longer is cut when it is
	// read and refused when it is written.
	MaxMessage = 16 << 10

	maxAuthor = 64 // bytes of an author; a longer one counts as none
	// maxAhead is how far, in ms, a clock may be ahead for what is written after
	// it to be dated after it.
	maxAhead = 10 * 60 * 1000
)

// Slots of a message.
const (
	slotAuthor = "author"
	slotTime   = "time"
	slotEdited = "edited"
)

// Errors of commands on messages and comments.
var (
	// ErrNotYours says that somebody else wrote the message.
	ErrNotYours = errors.New("somebody else wrote this message")
	// ErrTooLong says that a message has more than MaxMessage bytes.
	ErrTooLong = errors.New("the message is too long")
	// ErrTooMany says that there is no room for another message.
	ErrTooMany = errors.New("there is no room for another message")
	// ErrMessageID says that a new message's id is empty or taken.
	ErrMessageID = errors.New("message id is empty or taken")
)

// Message is what somebody wrote at a time. Author is a person's id, and a
// claim: whoever may write in the document may write any.
type Message struct {
	ID, Author string
	Text       string
	Time       int64 // ms since 1970 UTC, by the author's clock
	Edited     int64 // when it was changed last, 0 if never
}

// byTime is the order of messages: the same for everybody.
func byTime(a, b Message) int { return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.ID, b.ID)) }

// readMessage reads a message; ok is false if there is none.
func readMessage(id string, v doc.Value) (m Message, ok bool) {
	slots, ok := v.(doc.Map)
	if !ok || id == "" {
		return Message{}, false
	}
	m = Message{
		ID: id, Author: stringOf(slots[slotAuthor]), Text: cutText(stringOf(slots[slotText])),
		Time: intOf(slots[slotTime], maxTime), Edited: intOf(slots[slotEdited], maxTime),
	}
	if len(m.Author) > maxAuthor || oneLine(m.Author, maxAuthor) != m.Author {
		m.Author = ""
	}
	return m, true
}

// cutText bounds a text at MaxMessage bytes, between runes.
func cutText(s string) string {
	if len(s) <= MaxMessage {
		return s
	}
	return strings.ToValidUTF8(s[:MaxMessage], "")
}

// readMessages reads a map of messages in their order, the newest limit of them;
// cut tells that there are more. Those without text are left out.
func readMessages(v doc.Value, limit int) (list []Message, isMap, cut bool) {
	slots, isMap := v.(doc.Map)
	for id, v := range slots {
		if m, ok := readMessage(id, v); ok && m.Text != "" {
			list = append(list, m)
		}
	}
	list, cut = newest(list, limit)
	return list, isMap, cut
}

// newest sorts messages and keeps the last ones; nil if there are none.
func newest(list []Message, limit int) (kept []Message, cut bool) {
	slices.SortFunc(list, byTime)
	switch n := len(list); {
	case n == 0:
		return nil, false
	case n > limit:
		return slices.Clone(list[n-limit:]), true
	}
	return list, false
}

func findMessage(list []Message, id string) int {
	return slices.IndexFunc(list, func(m Message) bool { return m.ID == id })
}

// lastTime is that of the newest message, 0 if there is none.
func lastTime(list []Message) int64 {
	if n := len(list); n > 0 {
		return list[n-1].Time
	}
	return 0
}

// after dates what is written after something: clocks differ, and an answer
// stands below what it answers. A clock that is far ahead is not followed.
func after(last, now int64) int64 {
	if last >= now && last-now <= maxAhead {
		return last + 1
	}
	return now
}

// writable checks what somebody is about to write.
func writable(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return doc.ErrNothing
	case len(text) > MaxMessage:
		return fmt.Errorf("%d bytes: %w", len(text), ErrTooLong)
	}
	return nil
}

func newMessage(author, text string, time int64) doc.Map {
	return doc.Map{slotAuthor: author, slotText: text, slotTime: time}
}

// planRewrite plans another text for a message of the author's own.
func planRewrite(at doc.Path, m Message, author, text string, now int64) ([]doc.Edit, error) {
	if err := writable(text); err != nil {
		return nil, err
	}
	switch {
	case m.Author != author:
		return nil, ErrNotYours
	case m.Text == text:
		return nil, doc.ErrNothing
	}
	return []doc.Edit{
		doc.Put{Path: below(at, slotText), Value: text},
		doc.Put{Path: below(at, slotEdited), Value: now},
	}, nil
}

func below(at doc.Path, slot string) doc.Path { return append(slices.Clip(at), slot) }
