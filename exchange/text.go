package exchange

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"corkboard/cards"
	"corkboard/doc"
)

// Speaker is how somebody is called who has written something, by the id in what they wrote.
type Speaker func(id string) string

// MarkdownOf is what a document that is no board says, as Markdown; "" for files.
func MarkdownOf(kind cards.Kind, root doc.Map, who Speaker) string {
	src := doc.NewTree(root)
	switch kind {
	case cards.KindText:
		return Markdown(cards.TextCodec{}.Decode(src), who)
	case cards.KindTodo:
		return Markdown(cards.TodoCodec{}.Decode(src), who)
	case cards.KindThread:
		return Markdown(cards.ThreadCodec{}.Decode(src), who)
	case cards.KindURL:
		return pageText(cards.URLCodec{}.Decode(src))
	case cards.KindFrame, cards.KindColumn:
		return "## " + TitleOf(kind, root)
	case cards.KindImage, cards.KindPDF, cards.KindAudio, cards.KindVideo, cards.KindFile, cards.KindInk:
		return ""
	}
	return TitleOf(kind, root)
}

// pageText is a web page with its address.
func pageText(u cards.URL) string {
	var b strings.Builder
	if u.Title != "" {
		fmt.Fprintf(&b, "**%s**\n\n", u.Title)
	}
	fmt.Fprintf(&b, "<%s>\n", u.Address)
	if u.Description != "" {
		fmt.Fprintf(&b, "\n%s\n", u.Description)
	}
	return b.String()
}

// Markdown is what the value of a text, a to-do list or a thread says; "" for any other.
func Markdown(value any, who Speaker) string {
	switch v := value.(type) {
	case cards.Text:
		return v.Text
	case cards.Todo:
		return todoText(v)
	case cards.Thread:
		return threadText(v, who)
	}
	return ""
}

// TitleOf is the title of a document that is no board, in one line and never empty.
func TitleOf(kind cards.Kind, root doc.Map) string {
	src := doc.NewTree(root)
	var v any
	switch kind {
	case cards.KindText:
		v = cards.TextCodec{}.Decode(src)
	case cards.KindTodo:
		v = cards.TodoCodec{}.Decode(src)
	case cards.KindThread:
		v = cards.ThreadCodec{}.Decode(src)
	case cards.KindContact:
		v = cards.ContactCodec{}.Decode(src)
	case cards.KindDevice:
		v = cards.DeviceCodec{}.Decode(src)
	case cards.KindStorage:
		v = cards.StoragePeerCodec{}.Decode(src)
	case cards.KindImage, cards.KindPDF, cards.KindAudio, cards.KindVideo, cards.KindFile:
		v = cards.FileCodec{}.Decode(src)
	case cards.KindURL:
		v = cards.URLCodec{}.Decode(src)
	case cards.KindColumn:
		v = cards.ColumnCodec{}.Decode(src)
	case cards.KindFrame:
		v = cards.FrameCodec{}.Decode(src)
	default:
		if s, _ := root["title"].(string); cards.CleanName(s) != "" {
			return cards.CleanName(s)
		}
	}
	return cards.TitleOf(kind, v)
}

const dueMark = " (due "

func todoText(t cards.Todo) string {
	var b strings.Builder
	if t.Title != "" {
		fmt.Fprintf(&b, "# %s\n\n", oneLine(t.Title))
	}
	for _, it := range t.Items {
		tick := " "
		if it.Done {
			tick = "x"
		}
		fmt.Fprintf(&b, "- [%s] %s", tick, oneLine(it.Text))
		if it.Due != "" {
			b.WriteString(dueMark + it.Due + ")")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func threadText(t cards.Thread, who Speaker) string {
	var b strings.Builder
	if t.Title != "" {
		fmt.Fprintf(&b, "# %s\n\n", oneLine(t.Title))
	}
	for _, m := range t.Messages {
		at := time.UnixMilli(m.Time).UTC().Format("2006-01-02 15:04")
		fmt.Fprintf(&b, "**%s**, %s\n\n%s\n\n", who(m.Author), at, strings.TrimSpace(m.Text))
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ReadTodo reads what MarkdownOf writes for a to-do list, also after somebody has changed
// it elsewhere; ok is false for a text that holds anything else. ids are made of numbers.
func ReadTodo(text string) (root doc.Map, ok bool) {
	var title string
	var items []cards.NewItem
	due := map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		head, isHead := strings.CutPrefix(line, "# ")
		switch {
		case line == "":
		case isHead && title == "" && len(items) == 0:
			title = oneLine(head)
		case isTick(line) && len(items) < cards.MaxItems:
			it := cards.NewItem{ID: "item-" + strconv.Itoa(len(items)+1), Done: line[3] != ' ', Text: strings.TrimSpace(line[5:])}
			it.Text, due[it.ID] = cutDue(it.Text)
			items = append(items, it)
		default:
			return nil, false
		}
	}
	if len(items) == 0 {
		return nil, false
	}
	t := doc.NewTree(nil)
	if _, err := t.Apply(cards.NewTodo(title, items...)); err != nil {
		return nil, false
	}
	for id, date := range due {
		if v, _ := t.Value(doc.At("items", id)); date != "" && v != nil {
			t.Replace(doc.At("items", id, "due"), date, true)
		}
	}
	return t.Root(), true
}

func isTick(line string) bool {
	return len(line) >= 5 && (strings.HasPrefix(line, "- [ ]") || strings.EqualFold(line[:5], "- [x]"))
}

// cutDue takes the date off the end of an item.
func cutDue(s string) (text, due string) {
	at := strings.LastIndex(s, dueMark)
	if at < 0 || !strings.HasSuffix(s, ")") {
		return s, ""
	}
	date := s[at+len(dueMark) : len(s)-1]
	if !cards.IsDate(date) {
		return s, ""
	}
	return s[:at], date
}
