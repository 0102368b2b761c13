package cards

import (
	"slices"
	"strconv"
	"strings"

	"corkboard/doc"
)

// Bounds of the comments of one document. What is older is not shown, and
// commands add no more.
const (
	MaxComments = 1000
	MaxAnswers  = 1000 // of each comment
)

// commentSlot begins the slots of comments at the root of any document. Each
// comment has one of its own and none lies in a map that all share: a document
// has no such map until somebody comments, two who made one at the same time
// would make two, and a document shows one of them.
const commentSlot = "comment:"

// Slots of a comment besides those of a message.
const (
	slotResolved = "resolved"
	slotAt       = "at"
	slotAnswers  = "answers"
)

// Comments are what people say about a document. They lie in it, whatever its
// kind, and travel with it. The list is shared between snapshots: read only.
type Comments struct {
	List []Comment // by time, oldest first

	cut bool // the document holds more than MaxComments
}

// Comment is one of them with its answers.
type Comment struct {
	Message  // the text is empty if it was taken back and has answers
	Resolved bool
	At       Place
	Answers  []Message

	hasAnswers, cut bool
}

// Place is a point of a card, from 0 to 1 across and down; the zero value is
// none.
type Place struct {
	On   bool
	X, Y float64
}

// CommentsCodec reads the comments of any document, each in a slot of its own:
// {comment:ID: {author, text, time, edited, resolved: bool, at: "x y", answers: {id: {author, text, time, edited}}}}.
type CommentsCodec struct{}

// Decode implements doc.Codec.
func (CommentsCodec) Decode(src doc.Source) Comments {
	root, _ := src.Value(doc.Path{})
	slots, _ := root.(doc.Map)
	var list []Comment
	for slot, v := range slots {
		if c, ok := readComment(slot, v); ok {
			list = append(list, c)
		}
	}
	return commentsOf(list)
}

// Update implements doc.Codec: only the comments that were touched are read.
func (codec CommentsCodec) Update(prev Comments, touched []doc.Path, src doc.Source) Comments {
	again := map[string]bool{}
	for _, p := range touched {
		switch {
		case len(p) > 0 && isNoComment(p):
		case len(p) == 0 || prev.cut:
			return codec.Decode(src)
		default:
			again[p[0]] = true
		}
	}
	if len(again) == 0 {
		return prev
	}
	slotOf := func(c Comment) string { return commentSlot + c.ID }
	return commentsOf(readAgain(prev.List, again, slotOf, func(slot string) (Comment, bool) {
		v, _ := src.Value(doc.At(slot))
		return readComment(slot, v)
	}))
}

// commentsOf takes comments in any order.
func commentsOf(list []Comment) Comments {
	slices.SortFunc(list, func(a, b Comment) int { return byTime(a.Message, b.Message) })
	n := len(list)
	switch {
	case n == 0:
		return Comments{}
	case n > MaxComments:
		return Comments{List: slices.Clone(list[n-MaxComments:]), cut: true}
	}
	return Comments{List: list}
}

// readComment reads what lies in a slot of the root; ok is false if that is no
// comment.
func readComment(slot string, v doc.Value) (c Comment, ok bool) {
	id, isComment := strings.CutPrefix(slot, commentSlot)
	if !isComment {
		return Comment{}, false
	}
	if c.Message, ok = readMessage(id, v); !ok {
		return Comment{}, false
	}
	slots, _ := v.(doc.Map)
	c.Resolved, _ = slots[slotResolved].(bool)
	c.At = readPlace(stringOf(slots[slotAt]))
	c.Answers, c.hasAnswers, c.cut = readMessages(slots[slotAnswers], MaxAnswers)
	return c, c.Text != "" || len(c.Answers) > 0
}

// readPlace reads "x y"; anything else is no place.
func readPlace(s string) Place {
	first, second, ok := strings.Cut(s, " ")
	x, err := strconv.ParseFloat(first, 64)
	y, err2 := strconv.ParseFloat(second, 64)
	if !ok || len(s) > maxPlace || err != nil || err2 != nil || !(x >= 0 && x <= 1) || !(y >= 0 && y <= 1) {
		return Place{}
	}
	return Place{On: true, X: x, Y: y}
}

const maxPlace = 80 // bytes

// String is the form that is stored: "" for none.
func (p Place) String() string {
	if !p.On {
		return ""
	}
	n := func(x float64) string { return strconv.FormatFloat(min(max(x, 0), 1), 'f', 4, 64) }
	return n(p.X) + " " + n(p.Y)
}

// Open counts the comments that are not resolved.
func (c Comments) Open() int {
	n := 0
	for i := range c.List {
		if !c.List[i].Resolved {
			n++
		}
	}
	return n
}

// CommentWords is what comments and answers say, for a search: they are part of
// a document, whatever its kind.
func CommentWords(src doc.Source) string {
	var b strings.Builder
	for _, c := range (CommentsCodec{}).Decode(src).List {
		for _, m := range append([]Message{c.Message}, c.Answers...) {
			if m.Text != "" {
				b.WriteString(m.Text)
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// isNoComment reports whether a change at a path may be one of more than comments.
func isNoComment(p doc.Path) bool { return len(p) == 0 || !strings.HasPrefix(p[0], commentSlot) }

func (c Comments) find(id string) int {
	return slices.IndexFunc(c.List, func(c Comment) bool { return c.ID == id })
}
