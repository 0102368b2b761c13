package jsoncanvas

import (
	"maps"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// layer orders what lies behind all other cards: frames first, then columns.
func (w *writer) layer(of exchange.Ref) int {
	if of.Board {
		return 2
	}
	switch w.tree.Documents[of.N].Kind {
	case cards.KindFrame:
		return 0
	case cards.KindColumn:
		return 1
	}
	return 2
}

// keepFrame puts a frame into a group node, and what else its document holds under our key.
func (o *ownNode) keepFrame(node fields, root doc.Map) error {
	f := cards.FrameCodec{}.Decode(doc.NewTree(root))
	return o.keepGroup(node, f.Title, f.Colour, withoutSlots(root, "title", "frame"))
}

// keepColumn does the same for a column.
func (o *ownNode) keepColumn(node fields, root doc.Map) error {
	c := cards.ColumnCodec{}.Decode(doc.NewTree(root))
	o.Kind = cards.KindColumn
	return o.keepGroup(node, c.Title, c.Colour, withoutSlots(root, "title", "column"))
}

func (o *ownNode) keepGroup(node fields, title, colour string, rest doc.Map) error {
	node.put("type", "group")
	if label := groupRoot(cards.KindFrame, node.text("label"), ""); label["title"] != title { // else a longer one is kept
		node.put("label", title)
	}
	node.putColour(colour)
	if len(rest) == 0 {
		return nil
	}
	return o.keep(rest)
}

// groupOf makes the document of a group node: a column of ours, or a frame.
func groupOf(own ownNode, node fields) exchange.Document {
	kind := cards.KindFrame
	if own.Kind == cards.KindColumn {
		kind = own.Kind
	}
	label := node.text("label")
	root := groupRoot(kind, label, node.colour())
	named := append(known[:len(known):len(known)], "type")
	if board.ValidColor(node.text("color")) { // a number of the six is kept as it is
		named = append(named, "color")
	}
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
	return exchange.Document{Kind: kind, Root: root}
}

// groupRoot is what the document of a frame or a column holds.
func groupRoot(kind cards.Kind, title, colour string) doc.Map {
	edits := cards.NewFrame(cards.Frame{Title: title, Colour: colour})
	if kind == cards.KindColumn {
		edits = cards.NewColumn(cards.Column{Title: title, Colour: colour})
	}
	t := doc.NewTree(nil)
	if _, err := t.Apply(edits); err != nil {
		return doc.Map{}
	}
	return t.Root()
}

// inColumns lets cards leave columns that are not there any more, and those outside which
// somebody has put them elsewhere.
func inColumns(list []exchange.Card, isColumn func(exchange.Ref) bool) {
	columns := map[board.CardID]board.Rect{}
	for _, c := range list {
		if isColumn(c.Of) {
			columns[c.ID] = c.Drawn
		}
	}
	for i := range list {
		c := &list[i]
		if r, ok := columns[c.In]; c.In != "" && (!ok || !r.Contains(c.Drawn.Center())) {
			c.In, c.Order = "", ""
		}
	}
}
