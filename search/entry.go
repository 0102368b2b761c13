package search

import (
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// maxText is how many bytes of a document, and how many of its file, can be found.
const maxText = 1 << 20

// Entry is what the index keeps of one document.
type Entry struct {
	ID         doc.ID
	Kind       cards.Kind // "" if the document does not say
	Title      string
	Text       string // besides the title, at most maxText bytes
	Blob       string // of a file whose text belongs to the document, or ""
	MIME       string // of that file
	Collection string // what it belongs to
	Heads      string // of the version that was read
	Changed    int64  // ms since 1970 UTC
	Pins       []Pin  // of a board
}

// Pin is a document on a board.
type Pin struct {
	Card     board.CardID
	Document doc.ID
	Kind     cards.Kind
	Area     board.Rect // of the card, in board units
}

// Read says of any document, however strange, what can be found of it. ID, collection,
// heads and time are left to the caller.
func Read(src doc.Source) Entry {
	e := readKind(src)
	if said := cards.CommentWords(src); said != "" {
		e.Text = clip(e.Text + "\n" + said)
	}
	return e
}

// readKind is Read without what people say about the document.
func readKind(src doc.Source) Entry {
	is := func(slot string) bool {
		_, ok := src.Value(doc.At(slot))
		return ok
	}
	switch {
	case is("cards"):
		return readBoard(board.Codec{}.Decode(src))
	case is("items"):
		t := cards.TodoCodec{}.Decode(src)
		return Entry{Kind: cards.KindTodo, Title: t.CardTitle(), Text: clip(t.CardWords())}
	case is("messages"):
		t := cards.ThreadCodec{}.Decode(src)
		return Entry{Kind: cards.KindThread, Title: t.CardTitle(), Text: clip(t.CardWords())}
	case is("mime"), is("blob"), is("extension"):
		f := cards.FileCodec{}.Decode(src)
		e := Entry{Kind: f.Kind(), Title: f.CardTitle(), Text: clip(f.CardWords()), MIME: f.MIME}
		if hasText(f.MIME) {
			e.Blob = f.Blob
		}
		return e
	case is("stroke"):
		return Entry{Kind: cards.KindInk}
	case is("column"):
		return Entry{Kind: cards.KindColumn, Title: cards.ColumnCodec{}.Decode(src).CardTitle()}
	case is("frame"):
		return Entry{Kind: cards.KindFrame, Title: cards.FrameCodec{}.Decode(src).CardTitle()}
	case is("url"):
		u := cards.URLCodec{}.Decode(src)
		return Entry{Kind: cards.KindURL, Title: oneLine(u.CardTitle()), Text: clip(u.CardWords()), Blob: u.Article.Blob, MIME: u.Article.MIME}
	case is("device") && is("person"):
		return Entry{Kind: cards.KindDevice, Title: cards.DeviceCodec{}.Decode(src).CardTitle()}
	case is("device"):
		return Entry{Kind: cards.KindStorage, Title: cards.StoragePeerCodec{}.Decode(src).CardTitle()}
	case is("person"):
		return Entry{Kind: cards.KindContact, Title: cards.ContactCodec{}.Decode(src).CardTitle()}
	case is("text"):
		t := cards.TextCodec{}.Decode(src)
		return Entry{Kind: cards.KindText, Title: t.CardTitle(), Text: clip(withoutTitle(t.CardWords(), t.CardTitle()))}
	}
	return readUnknown(src)
}

func readBoard(b *board.Board) Entry {
	e := Entry{Kind: cards.KindBoard, Title: oneLine(b.Title)}
	for _, c := range b.Cards {
		if c.LinkErr == nil {
			e.Pins = append(e.Pins, Pin{c.ID, c.Link.Document, c.Link.Kind, board.RectAt(c.At, c.Size)})
		}
	}
	return e
}

// readUnknown finds the texts of a document that this version does not know, and no
// other values: they may be secrets.
func readUnknown(src doc.Source) (e Entry) {
	root, _ := src.Value(nil)
	m, _ := root.(doc.Map)
	if title, ok := m["title"].(string); ok {
		e.Title = oneLine(title)
	}
	var b strings.Builder
	collect(&b, m)
	e.Text = clip(b.String())
	return e
}

func collect(b *strings.Builder, v doc.Value) {
	switch v := v.(type) {
	case doc.Text:
		if b.Len() < maxText {
			b.WriteString(string(v))
			b.WriteByte('\n')
		}
	case doc.Map:
		for _, key := range sortedKeys(v) {
			collect(b, v[key])
		}
	case doc.List:
		for _, x := range v {
			collect(b, x)
		}
	}
}

// hasText tells files in whose text something can be found.
func hasText(mime string) bool {
	return mime == "application/pdf" || strings.HasPrefix(mime, "text/")
}

// clip keeps the beginning of a text that is longer than can be found.
func clip(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.ToValidUTF8(s, "")
}

// withoutTitle leaves out a first line that is the title.
func withoutTitle(text, title string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if strings.TrimSpace(strings.TrimLeft(first, "# ")) == title {
		return rest
	}
	return text
}
