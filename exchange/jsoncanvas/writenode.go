package jsoncanvas

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"math"
	"slices"
	"strconv"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// nodeIDs is the ids of a board's cards as nodes: those of the cards, each once.
func nodeIDs(b *exchange.Board, taken map[string]bool) []string {
	out := make([]string, len(b.Cards))
	for i, c := range b.Cards {
		out[i] = fresh(string(c.ID), taken)
	}
	return out
}

// fresh is an id that was not taken, and takes it.
func fresh(id string, taken map[string]bool) string {
	if id == "" {
		id = "node"
	}
	out := id
	for n := 2; taken[out]; n++ {
		out = id + "-" + strconv.Itoa(n)
	}
	taken[out] = true
	return out
}

// node is a card as a node.
func (w *writer) node(c *exchange.Card, id string) (fields, error) {
	node, own := fields{}, ownNode{Group: c.Group, Locked: c.Locked, On: string(c.On), In: string(c.In), Order: c.Order}
	if c.Of.Board {
		maps.Copy(node, objectOf(w.tree.Boards[c.Of.N].Slots[slotNode]))
		node.put("type", "file")
		node.put("file", w.canvases[c.Of.N])
	} else if err := w.content(c.Of.N, node, &own); err != nil {
		return nil, err
	}
	node.clean()
	node.put("id", id)
	x, y := math.Round(c.Drawn.X), math.Round(c.Drawn.Y)
	width, height := max(1, math.Round(c.Drawn.W)), max(1, math.Round(c.Drawn.H))
	node.put("x", int(x))
	node.put("y", int(y))
	node.put("width", int(width))
	node.put("height", int(height))
	if place := []float64{c.At.X, c.At.Y, c.Size.W, c.Size.H}; !slices.Equal(place, []float64{x, y, width, height}) {
		own.Place, own.Drawn = place, []float64{x, y, width, height}
	}
	if !own.empty() {
		node.put(key, own)
	}
	return node, nil
}

// content is what a document that is no board says in a node.
func (w *writer) content(n int, node fields, own *ownNode) error {
	d := &w.tree.Documents[n]
	maps.Copy(node, objectOf(d.Root[slotNode]))
	root := withoutSlots(d.Root, slotNode)
	if w.shown[n] > 1 {
		own.Same = "d" + strconv.Itoa(n)
	}
	if name := w.files[n]; name != "" {
		node.put("type", "file")
		node.put("file", name)
		own.Kind = d.Kind
		return own.keep(root)
	}
	switch d.Kind {
	case cards.KindFrame:
		return own.keepFrame(node, root)
	case cards.KindColumn:
		return own.keepColumn(node, root)
	}
	if d.Kind == cards.KindURL {
		if u := (cards.URLCodec{}).Decode(doc.NewTree(root)); u.Address != "" {
			node.put("type", "link")
			node.put("url", u.Address)
			own.Kind = d.Kind
			return own.keep(root)
		}
	}
	text := d.Text
	if d.File != "" {
		text = "*" + d.Title + "* is not here."
	}
	if node.text("type") == "link" && node.text("url") != "" && plainText(d) && linkText(node.text("url")) == text {
		return nil // a link came in as a text and goes out as a link
	}
	node.put("type", "text")
	node.put("text", text)
	if plainText(d) { // the text is in the open: only what else there is
		delete(root, "text")
		if len(root) == 0 {
			return nil
		}
	} else {
		own.Kind, own.Sum = d.Kind, sum(text)
	}
	return own.keep(root)
}

// plainText reports whether a document is a text card whose text merges.
func plainText(d *exchange.Document) bool {
	_, merges := d.Root["text"].(doc.Text)
	return d.Kind == cards.KindText && merges
}

func (o *ownNode) keep(root doc.Map) error {
	raw, err := doc.EncodeValue(root)
	o.Document = raw
	return err
}

// sum names a text.
func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:8])
}

// linkText is what a card says that stands for a link node.
func linkText(url string) string { return "<" + url + ">" }
