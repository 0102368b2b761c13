package jsoncanvas

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/share"
)

// maxID bounds ids of nodes that become ids of cards, in bytes.
const maxID = 64

// maxOrderKey bounds order keys in columns, in bytes.
const maxOrderKey = 4096

// known are the fields of nodes that become something of ours.
var known = []string{"id", "x", "y", "width", "height", key}

// card reads a node that is no group of ours; dir is the folder of its canvas.
func (r *Reader) card(node fields, dir string) exchange.Card {
	var own ownNode
	if json.Unmarshal(node[key], &own) != nil {
		own = ownNode{}
	}
	if len(own.Document) > maxOwn {
		own.Document = nil
	}
	rect, _ := node.rect()
	c := exchange.Card{Group: own.Group, Locked: own.Locked, Drawn: rect}
	if len(own.On) <= maxID {
		c.On = board.CardID(own.On)
	}
	if len(own.In) <= maxID && len(own.Order) <= maxOrderKey {
		c.In, c.Order = board.CardID(own.In), own.Order
	}
	if id := node.text("id"); len(id) <= maxID {
		c.ID = board.CardID(id)
	}
	c.At, c.Size = own.placed(rect)
	delete(node, key)
	switch node.text("type") {
	case "text":
		c.Of = r.shared(own, node.text("text"), textOf(own, node.text("text"), node.rest(append(known, "type", "text")...)))
	case "file":
		c.Of = r.file(node, own, dir)
	case "link":
		node.clean()
		c.Of = r.link(node, own)
	case "group":
		node.clean()
		c.Of = r.shared(own, node.text("label")+node.text("color"), groupOf(own, node))
	default:
		r.tree.Left.Note(exchange.OddCard)
		c.Of = r.tree.Add(textOf(ownNode{}, oddText(node), node.rest(append(known, "text")...)))
	}
	return c
}

func spaceless(s string) string { return strings.Join(strings.Fields(s), "") }

// shared is the document of nodes that show the same one, as long as they say the same.
func (r *Reader) shared(own ownNode, text string, d exchange.Document) exchange.Ref {
	if own.Same == "" {
		return r.tree.Add(d)
	}
	id := strings.Join([]string{own.Same, own.Kind, sum(string(own.Document)), sum(text)}, " ")
	ref, ok := r.same[id]
	if !ok {
		ref = r.tree.Add(d)
		r.same[id] = ref
	}
	return ref
}

// textOf makes the document of a text node. rest is kept for others.
func textOf(own ownNode, text, rest string) exchange.Document {
	d := exchange.NewText(text)
	root, ok := exchange.DecodeRoot(own.Document)
	switch plain := own.Kind == "" || own.Kind == cards.KindText; {
	case !ok:
	case plain && own.Sum == "":
		maps.Copy(root, d.Root)
		d.Root = root
	case !validKind(own.Kind):
	case own.Sum == sum(text):
		d.Kind, d.Root = own.Kind, root
	case own.Kind == cards.KindTodo:
		if now, ok := exchange.ReadTodo(text); ok {
			maps.Copy(root, now)
			d.Kind, d.Root = own.Kind, root
		}
	}
	if rest != "" {
		d.Root[slotNode] = rest
	}
	return d
}

// link makes the document of a link node: a web page that nobody has fetched yet, or a
// text where its address is none.
func (r *Reader) link(node fields, own ownNode) exchange.Ref {
	url := spaceless(node.text("url"))
	address, ok := cards.WebAddress(url)
	if !ok {
		return r.tree.Add(textOf(ownNode{}, linkText(url), node.rest(known...)))
	}
	t := doc.NewTree(nil)
	if _, err := t.Apply(cards.NewURL(address)); err != nil {
		return r.tree.Add(textOf(ownNode{}, linkText(url), node.rest(known...)))
	}
	d := exchange.Document{Kind: cards.KindURL, Root: t.Root()}
	if root, ok := exchange.DecodeRoot(own.Document); ok && own.Kind == cards.KindURL {
		if (cards.URLCodec{}).Decode(doc.NewTree(root)).Address == address { // else it is another page by now
			d.Root = root
		}
	}
	if rest := node.rest(append(known, "type", "url")...); rest != "" {
		d.Root[slotNode] = rest
	}
	return r.shared(own, address, d)
}

// validKind reports whether a document of that kind can come from outside: boards come as
// canvases.
func validKind(kind string) bool {
	switch kind {
	case cards.KindBoard, share.KindPerson, share.KindDevice, share.KindStorage:
		return false
	}
	return share.ValidKind(kind)
}

// oddText is what a node of an unknown type says.
func oddText(node fields) string {
	for _, name := range []string{"text", "label", "title", "name", "url", "file"} {
		if s := node.text(name); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return "```json\n" + node.rest() + "\n```"
}

// file reads a file node: a nested board, a file, or what is left of one.
func (r *Reader) file(node fields, own ownNode, dir string) exchange.Ref {
	name, ok := r.find(node.text("file"), dir)
	rest := node.rest(append(known, "type", "file")...)
	if ok && strings.EqualFold(path.Ext(name), "."+Extension) && len(r.boards) < exchange.MaxBoards {
		ref := r.Board(name)
		r.shown[name] = r.shown[name] || name != r.now
		if b := &r.tree.Boards[ref.N]; rest != "" && b.Slots[slotNode] == nil {
			b.Slots = maps.Clone(b.Slots)
			if b.Slots == nil {
				b.Slots = doc.Map{}
			}
			b.Slots[slotNode] = rest
		}
		return ref
	}
	if !ok {
		r.tree.Left.Note(exchange.NoFile)
		title := cards.CleanName(path.Base(strings.ReplaceAll(node.text("file"), "\\", "/")))
		return r.tree.Add(textOf(ownNode{}, "*"+title+"* is not here.", rest))
	}
	if ref, ok := r.files[name]; ok {
		return ref
	}
	d := exchange.Document{File: name, Root: doc.Map{}}
	if root, ok := exchange.DecodeRoot(own.Document); ok && validKind(own.Kind) {
		d.Kind, d.Root = own.Kind, root
	}
	if rest != "" {
		d.Root[slotNode] = rest
	}
	r.files[name] = r.tree.Add(d)
	return r.files[name]
}

// find is the file that a node names: from the root, or from where its canvas is.
func (r *Reader) find(name, dir string) (string, bool) {
	name = path.Clean(strings.TrimLeft(strings.ReplaceAll(name, "\\", "/"), "/"))
	for _, at := range []string{name, path.Join(dir, name)} {
		if !fs.ValidPath(at) || at == "." {
			continue
		}
		if info, err := fs.Stat(r.from, at); err == nil && info.Mode().IsRegular() {
			return at, true
		}
	}
	return "", false
}
