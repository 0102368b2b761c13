package cards

import (
	"strings"

	"corkboard/doc"
)

// MaxMessages bounds a thread: older messages are not shown, and commands add
// no more.
const MaxMessages = 10_000

const slotMessages = "messages"

var messagesPath = doc.At(slotMessages)

// Thread is a conversation. Messages are in their order, oldest first; the
// slice is shared between snapshots: read only.
type Thread struct {
	Title    string
	Messages []Message

	titleMerges bool // the title is a Text, not a register
	hasMessages bool // the messages slot holds a Map
	cut         bool // the document holds more than MaxMessages
}

// ThreadCodec reads threads:
// {title, messages: {id: {author: string, text: string, time: int, edited: int}}}.
type ThreadCodec struct{}

// Decode implements doc.Codec.
func (ThreadCodec) Decode(src doc.Source) Thread {
	var t Thread
	t.Title, t.titleMerges = readText(src, titlePath)
	v, _ := src.Value(messagesPath)
	t.Messages, t.hasMessages, t.cut = readMessages(v, MaxMessages)
	return t
}

// Update implements doc.Codec: only the messages that were touched are read.
func (c ThreadCodec) Update(prev Thread, touched []doc.Path, src doc.Source) Thread {
	again, known := touchedIn(slotMessages, touched)
	if !known || prev.cut && len(again) > 0 {
		return c.Decode(src)
	}
	t := prev
	if touches(touched, titlePath) {
		t.Title, t.titleMerges = readText(src, titlePath)
	}
	if len(again) == 0 {
		return t
	}
	if v, _ := src.Value(messagesPath); !prev.hasMessages || !isMap(v) {
		return c.Decode(src)
	}
	list := readAgain(prev.Messages, again, func(m Message) string { return m.ID }, func(id string) (Message, bool) {
		v, _ := src.Value(doc.At(slotMessages, id))
		m, ok := readMessage(id, v)
		return m, ok && m.Text != ""
	})
	t.Messages, t.cut = newest(list, MaxMessages)
	return t
}

// Unread counts the messages of others that are newer than a time.
func (t Thread) Unread(me string, since int64) int {
	n := 0
	for i := len(t.Messages) - 1; i >= 0 && t.Messages[i].Time > since; i-- {
		if t.Messages[i].Author != me {
			n++
		}
	}
	return n
}

// Newest is the time of the last message, 0 if there is none.
func (t Thread) Newest() int64 { return lastTime(t.Messages) }

// Empty reports whether nothing was ever said: such a card vanishes when its
// editor is left.
func (t Thread) Empty() bool { return t.Title == "" && len(t.Messages) == 0 }

// CardTitle implements Titled: the title, else the first message.
func (t Thread) CardTitle() string {
	if s := oneLine(t.Title, MaxTitle); s != "" {
		return s
	}
	for _, m := range t.Messages {
		if s := oneLine(m.Text, MaxTitle); s != "" {
			return s
		}
	}
	return ""
}

// CardWords implements Worded: all messages, oldest first.
func (t Thread) CardWords() string {
	var b strings.Builder
	for _, m := range t.Messages {
		b.WriteString(m.Text)
		b.WriteByte('\n')
	}
	return b.String()
}
