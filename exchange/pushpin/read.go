package pushpin

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/exchange"
)

// ErrNotPushPin says that a file holds no documents of PushPin.
var ErrNotPushPin = errors.New("no PushPin documents")

// Limits of what is read.
const (
	maxFile = 256 << 20 // bytes
	maxText = 1 << 20   // bytes of one text
	cell    = 20        // PushPin's grid, in board units
)

// object is a JSON object.
type object = map[string]any

// Read reads a JSON file into a Tree. The first board is the one that no other shows; if
// there are several they lie on a board of their own, and so does what lies on none.
// Errors: ErrNotPushPin, exchange.ErrTooLong, those of the file system.
func Read(from fs.FS, name string) (*exchange.Tree, error) {
	text, err := exchange.ReadFile(from, name, maxFile)
	if err != nil {
		return nil, fmt.Errorf("reading PushPin documents: %w", err)
	}
	var top any
	if err := json.Unmarshal(text, &top); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotPushPin, err)
	}
	r := &reader{from: from, tree: &exchange.Tree{}, docs: map[string]object{}, kinds: map[string]string{}, refs: map[string]exchange.Ref{}}
	r.collect(top, 0)
	if len(r.docs) == 0 {
		return nil, ErrNotPushPin
	}
	r.build()
	return r.tree, nil
}

type reader struct {
	from  fs.FS
	tree  *exchange.Tree
	docs  map[string]object // by address without its query, or by where they stood
	kinds map[string]string
	refs  map[string]exchange.Ref
	queue []string // boards
	count int      // cards
}

// maxDeep is how deep documents may stand in others.
const maxDeep = 4

// collect finds documents: a document itself, a list of them, or a map by address.
func (r *reader) collect(v any, deep int) {
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			o, ok := x.(object)
			if !ok {
				continue
			}
			address := str(o, "url", "docUrl", "id", "_id")
			for _, in := range []string{"doc", "document", "value", "content", "contents"} {
				if inner, ok := o[in].(object); ok && shape(inner) != "" {
					r.add(cmp.Or(address, fmt.Sprintf("#%06d", i)), str(o, "contentType", "type", "kind"), inner)
					o = nil
					break
				}
			}
			if o != nil && shape(o) != "" {
				r.add(fmt.Sprintf("#%06d", i), "", o)
			}
		}
	case object:
		if shape(v) != "" {
			r.add("#", "", v)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			switch inner := v[key].(type) {
			case object:
				if shape(inner) != "" {
					r.add(key, "", inner)
				} else if deep < maxDeep {
					if d, ok := inner["doc"].(object); ok && shape(d) != "" {
						r.add(key, str(inner, "contentType", "type"), d)
					} else {
						r.collect(inner, deep+1)
					}
				}
			case []any:
				if deep < maxDeep {
					r.collect(inner, deep+1)
				}
			}
		}
	}
}

// add keeps a document under its address.
func (r *reader) add(address, kind string, o object) {
	id, query := split(address)
	if _, ok := r.docs[id]; ok || len(r.docs) >= exchange.MaxCards {
		return
	}
	r.docs[id] = o
	r.kinds[id] = cmp.Or(query, kind, shape(o))
}

// split cuts an address into what names the document and its type.
func split(address string) (id, kind string) {
	id, query, _ := strings.Cut(address, "?")
	for part := range strings.SplitSeq(query, "&") {
		if k, ok := strings.CutPrefix(part, "pushpinContentType="); ok {
			kind = k
		}
	}
	return strings.TrimPrefix(strings.TrimPrefix(id, "hypermerge:"), "/"), kind
}

// shape is the type of a document by its fields; "" for what is none.
func shape(o object) string {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { _, ok := o[n]; return !ok })
	}
	_, cards := o["cards"].(object)
	_, messages := o["messages"].([]any)
	switch {
	case cards:
		return "board"
	case messages:
		return "thread"
	case has("hyperfileUrl"):
		return "file"
	case has("currentDocUrl"), has("contactIds"), has("viewedDocUrls"):
		return "workspace"
	case has("name", "color"), has("name", "avatarDocId"):
		return "contact"
	case has("icon", "name"):
		return "device"
	case has("url") && (has("title") || has("data") || has("capturedAt")):
		return "url"
	case has("text"):
		return "text"
	}
	return ""
}

// tops is what no board shows, and of boards that show each other the first.
func (r *reader) tops() []string {
	shown := map[string]bool{}
	for from := range r.docs {
		for _, id := range r.shows(from) {
			shown[id] = shown[id] || id != from
		}
	}
	var tops []string
	reached := map[string]bool{}
	reach := func(id string) {
		tops = append(tops, id)
		for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
			if at := queue[0]; !reached[at] {
				reached[at] = true
				queue = append(queue, r.shows(at)...)
			}
		}
	}
	order := slices.Sorted(maps.Keys(r.docs))
	for _, id := range order {
		switch r.kinds[id] {
		case "workspace", "device", "storage-peer", "contact":
		default:
			if !shown[id] {
				reach(id)
			}
		}
	}
	for _, id := range order {
		if r.kinds[id] == "board" && !reached[id] {
			reach(id)
		}
	}
	return tops
}

// shows is what is on a document, if it is a board.
func (r *reader) shows(id string) []string {
	var out []string
	list, _ := r.docs[id]["cards"].(object)
	for _, key := range slices.Sorted(maps.Keys(list)) {
		out = append(out, firstOf(split(str(list[key], "url"))))
	}
	return out
}

// build makes the boards, and one around those that nobody shows.
func (r *reader) build() {
	tops := r.tops()
	if len(tops) == 1 && r.kinds[tops[0]] == "board" {
		r.of(tops[0])
	} else {
		r.tree.AddBoard(exchange.Board{Title: "PushPin"})
		var refs []exchange.Ref
		for _, id := range tops {
			if ref, ok := r.of(id); ok {
				refs = append(refs, ref)
			}
		}
		r.tree.Boards[0].Cards = exchange.InRows(refs)
	}
	for len(r.queue) > 0 {
		id := r.queue[0]
		r.queue = r.queue[1:]
		r.board(id)
	}
}

// board fills a board that was named.
func (r *reader) board(id string) {
	o := r.docs[id]
	b := exchange.Board{Title: clean(str(o, "title"))}
	if c := str(o, "backgroundColor"); board.ValidColor(c) {
		b.Color = c
	}
	list, _ := o["cards"].(object)
	for _, key := range slices.Sorted(maps.Keys(list)) {
		c, ok := list[key].(object)
		if r.count++; r.count > exchange.MaxCards {
			r.tree.Left.Note(exchange.TooMany)
			continue
		}
		of, known := r.of(firstOf(split(str(c, "url"))))
		if !ok || !known {
			r.tree.Left.Note(exchange.BadCard)
			continue
		}
		card := exchange.Card{Of: of, At: board.Point{X: num(c, "x"), Y: num(c, "y")}}
		if len(key) <= 64 {
			card.ID = board.CardID(key)
		}
		card.Size = board.Size{W: side(num(c, "width")), H: side(num(c, "height"))}
		if card.Size.W == 0 {
			card.Size = board.Size{}
		}
		b.Cards = append(b.Cards, card)
	}
	r.tree.Boards[r.refs[id].N] = b
}

func firstOf(id, _ string) string { return id }

// side is a side of a card in board units; old documents counted cells.
func side(v float64) float64 {
	if v > 0 && v < cell {
		v *= cell
	}
	return max(v, 0)
}
