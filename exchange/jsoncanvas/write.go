package jsoncanvas

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
)

// filesFolder is where files lie, beside the canvases.
const filesFolder = "files"

// Write writes a tree: each board a canvas, files beside. A file that cannot be had leaves
// a text in its place, and why it cannot is among the problems. Errors: those of the Sink,
// the context's.
func Write(ctx context.Context, t *exchange.Tree, to exchange.Sink, files exchange.Files, tell exchange.Progress) (problems []error, err error) {
	w := &writer{
		tree: t, to: to, names: exchange.Names{filesFolder: true}, folder: exchange.Names{},
		canvases: make([]string, len(t.Boards)), files: make([]string, len(t.Documents)), shown: map[int]int{},
	}
	for i, b := range t.Boards {
		title := b.Title
		if cards.CleanName(title) == "" {
			title = cards.TitleOf(cards.KindBoard, nil)
		}
		w.canvases[i] = w.names.Take(exchange.FileName(title, Extension))
		for _, c := range b.Cards {
			if !c.Of.Board {
				w.shown[c.Of.N]++
			}
		}
	}
	total := len(t.Documents) + len(t.Boards)
	for i := range t.Documents {
		tell(i, total)
		problem, err := w.file(ctx, i, files)
		if err != nil {
			return problems, err
		}
		if problem != nil {
			problems = append(problems, problem)
		}
	}
	for i := range t.Boards {
		tell(len(t.Documents)+i, total)
		if err := ctx.Err(); err != nil {
			return problems, err
		}
		if err := w.board(i); err != nil {
			return problems, fmt.Errorf("writing a board: %w", err)
		}
	}
	return problems, nil
}

type writer struct {
	tree     *exchange.Tree
	to       exchange.Sink
	names    exchange.Names // in the folder itself
	folder   exchange.Names // in that of the files
	canvases []string       // by board
	files    []string       // by document; "" for none
	shown    map[int]int    // on how many cards a document is
}

// file writes the file of a document, if it has one.
func (w *writer) file(ctx context.Context, n int, files exchange.Files) (problem, err error) {
	d := &w.tree.Documents[n]
	if d.File == "" || d.Missing {
		return nil, ctx.Err()
	}
	name := path.Join(filesFolder, w.folder.Take(d.File))
	problem, err = exchange.CopyFile(w.to, name, func(f io.Writer) error { return files(ctx, d, f) })
	if err != nil {
		return problem, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if problem == nil {
		w.files[n] = name
	}
	return problem, nil
}

// board writes one canvas.
func (w *writer) board(n int) error {
	b := &w.tree.Boards[n]
	canvas := fields{}
	maps.Copy(canvas, objectOf(b.Slots[slotCanvas]))
	own := ownCanvas{Format: ownFormat, Root: n == 0, Title: b.Title, Color: b.Color}
	if rest := withoutConnectors(withoutSlots(b.Slots, slotNode, slotCanvas, slotEdges, slotGroups)); len(rest) > 0 {
		raw, err := doc.EncodeValue(rest)
		if err != nil {
			return err
		}
		own.Slots = raw
	}
	canvas.put(key, own)
	taken := map[string]bool{}
	ids := nodeIDs(b, taken)
	nodes := groupNodes(b, taken)
	for layer := range 3 { // frames and columns lie behind all others
		for i := range b.Cards {
			if w.layer(b.Cards[i].Of) != layer {
				continue
			}
			node, err := w.node(&b.Cards[i], ids[i])
			if err != nil {
				return err
			}
			nodes = append(nodes, node)
		}
	}
	canvas.put("nodes", nodes)
	canvas.put("edges", edgesOf(b, ids, taken))
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(canvas); err != nil {
		return err
	}
	return exchange.WriteFile(w.to, w.canvases[n], out.Bytes())
}

// withoutSlots is a copy of slots without some of them.
func withoutSlots(m doc.Map, names ...string) doc.Map {
	out := maps.Clone(m)
	if out == nil {
		out = doc.Map{}
	}
	for _, n := range names {
		delete(out, n)
	}
	return out
}

// objectOf reads a JSON object that a slot keeps; nil for anything else.
func objectOf(v doc.Value) fields {
	s, ok := v.(string)
	if !ok || len(s) > maxKept || tooDeep([]byte(s)) {
		return nil
	}
	var f fields
	if json.Unmarshal([]byte(s), &f) != nil {
		return nil
	}
	return f
}
