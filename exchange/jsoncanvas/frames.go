package jsoncanvas

import (
	"maps"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// isFrame reports whether a frame lies on a card.
func (w *writer) isFrame(of exchange.Ref) bool {
	return !of.Board && w.tree.Documents[of.N].Kind == cards.KindFrame
}

// keepFrame puts a frame into a group node, and what else its document holds under our key.
func (o *ownNode) keepFrame(node fields, root doc.Map) error {
	f := cards.FrameCodec{}.Decode(doc.NewTree(root))
	node.put("type", "group")
	if label := frameRoot(node.text("label"), ""); label["title"] != f.Title { // else a longer one is kept
		node.put("label", f.Title)
	}
	if f.Colour != "" {
		node.put("color", f.Colour)
	}
	rest := withoutSlots(root, "title", "frame")
	if len(rest) == 0 {
		return nil
	}
	return o.keep(rest)
}

// frameOf makes the document of a group node.
func frameOf(own ownNode, node fields) exchange.Document {
	label, colour := node.text("label"), node.text("color")
	named := append(known[:len(known):len(known)], "type")
	if !board.ValidColor(colour) {
		colour = ""
	} else {
		named = append(named, "color")
	}
	root := frameRoot(label, colour)
	if root["title"] == label {
		named = append(named, "label")
	}
	if more, ok := exchange.DecodeRoot(own.Document); ok {
		maps.Copy(more, root)
		root = more
	}
	if rest := node.rest(named...); rest != "" {
		root[slotNode] = rest
	}
	return exchange.Document{Kind: cards.KindFrame, Root: root}
}

// frameRoot is what the document of a frame holds.
func frameRoot(title, colour string) doc.Map {
	t := doc.NewTree(nil)
	if _, err := t.Apply(cards.NewFrame(cards.Frame{Title: title, Colour: colour})); err != nil {
		return doc.Map{}
	}
	return t.Root()
}
