package pushpin

import (
	"fmt"
	"io/fs"
	"math"
	"path"
	"strings"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// of is a document, made when it is asked for first; ok is false where there is nothing to
// show.
func (r *reader) of(id string) (ref exchange.Ref, ok bool) {
	if ref, ok = r.refs[id]; ok {
		return ref, true
	}
	o, ok := r.docs[id]
	if !ok {
		return ref, false
	}
	switch kind := r.kinds[id]; kind {
	case "board":
		if len(r.tree.Boards) >= exchange.MaxBoards {
			return ref, false
		}
		ref = r.tree.AddBoard(exchange.Board{})
		r.queue = append(r.queue, id)
	case "text":
		ref = r.tree.Add(exchange.NewText(longText(o["text"])))
	case "thread":
		ref = r.tree.Add(thread(o))
	case "url":
		ref = r.tree.Add(exchange.NewText(address(o)))
	case "file", "image", "pdf", "audio", "video":
		ref = r.file(o)
	case "contact":
		ref = r.tree.Add(exchange.NewText(clean(str(o, "name"))))
	case "workspace", "device", "storage-peer":
		return ref, false
	default:
		r.tree.Left.Note(exchange.OddCard)
		ref = r.tree.Add(exchange.NewText(strings.TrimSpace(clean(str(o, "title", "name")) + "\n\n" + longText(o["text"]))))
	}
	r.refs[id] = ref
	return ref, true
}

// longText reads a text: a string, or the letters of one in a list.
func longText(v any) string {
	var b strings.Builder
	switch v := v.(type) {
	case string:
		b.WriteString(v)
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok && b.Len() < maxText {
				b.WriteString(s)
			} else if o, ok := x.(object); ok && b.Len() < maxText {
				b.WriteString(str(o, "value", "text"))
			}
		}
	}
	s := b.String()
	return s[:min(len(s), maxText)]
}

// thread makes a thread. Who wrote what is no person of ours: their ids stand for nobody.
func thread(o object) exchange.Document {
	messages := doc.Map{}
	list, _ := o["messages"].([]any)
	for i, x := range list[:min(len(list), cards.MaxMessages)] {
		m, _ := x.(object)
		text := longText(m["content"])
		if text == "" {
			text = longText(m["text"])
		}
		if text = text[:min(len(text), cards.MaxMessage)]; strings.TrimSpace(text) == "" {
			continue
		}
		messages[fmt.Sprintf("pushpin-%05d", i)] = doc.Map{
			"author": "", "text": strings.ToValidUTF8(text, ""), "time": int64(min(max(num(m, "time"), 0), 1<<53)),
		}
	}
	return exchange.Document{Kind: cards.KindThread, Root: doc.Map{"title": clean(str(o, "title")), "messages": messages}}
}

// address is a web address with what is known of it.
func address(o object) string {
	data, _ := o["data"].(object)
	at := clean(str(o, "url"))
	if at == "" {
		at = clean(str(data, "canonicalLink"))
	}
	var b strings.Builder
	if title := clean(str(o, "title")); title != "" {
		fmt.Fprintf(&b, "**%s**\n\n", title)
	} else if title := clean(str(data, "title")); title != "" {
		fmt.Fprintf(&b, "**%s**\n\n", title)
	}
	fmt.Fprintf(&b, "<%s>\n", at)
	if words := clean(str(data, "description")); words != "" {
		fmt.Fprintf(&b, "\n%s\n", words)
	}
	return b.String()
}

// file takes a file from beside the JSON, by its title or by its address.
func (r *reader) file(o object) exchange.Ref {
	title, extension := clean(str(o, "title")), clean(str(o, "extension"))
	name := title
	if extension != "" && !strings.EqualFold(path.Ext(title), "."+extension) {
		name = title + "." + extension
	}
	hash := strings.TrimPrefix(strings.TrimPrefix(str(o, "hyperfileUrl"), "hyperfile:"), "/")
	for _, at := range []string{hash, hash + "." + extension, name, "files/" + name, "files/" + hash} {
		if !fs.ValidPath(at) || at == "." {
			continue
		}
		if info, err := fs.Stat(r.from, at); err == nil && info.Mode().IsRegular() {
			return r.tree.Add(exchange.Document{File: at, Root: doc.Map{}})
		}
	}
	r.tree.Left.Note(exchange.NoFile)
	if name == "" {
		name = "A file"
	}
	return r.tree.Add(exchange.NewText("*" + name + "* is not here."))
}

// str is the first of some fields that is a string.
func str(v any, names ...string) string {
	o, _ := v.(object)
	for _, n := range names {
		if s, ok := o[n].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// num is a field that is a number, bounded; 0 for anything else.
func num(o object, name string) float64 {
	x, _ := o[name].(float64)
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, -1<<53), 1<<53)
}

func clean(s string) string { return cards.CleanName(s) }
