package jsoncanvas

import (
	"strings"
	"testing"
	"testing/fstest"

	"corkboard/board"
	"corkboard/cards"
)

// canvasOf has a column of ours with two cards, the second moved out of it by somebody else,
// a group of another program with a colour by number, and an edge with another.
const canvasOf = `{"nodes":[
 {"id":"k","type":"group","label":"Reading","color":"4","x":0,"y":0,"width":300,"height":200,"corkboard":{"kind":"column"}},
 {"id":"a","type":"text","text":"in","x":10,"y":44,"width":280,"height":60,"corkboard":{"in":"k","order":"V"}},
 {"id":"b","type":"text","text":"out","x":910,"y":44,"width":280,"height":60,"corkboard":{"in":"k","order":"W"}},
 {"id":"g","type":"group","label":"Theirs","color":"1","x":0,"y":500,"width":300,"height":200},
 {"id":"c","type":"text","text":"lost","x":10,"y":544,"width":280,"height":60,"corkboard":{"in":"nowhere","order":"W"}}],
 "edges":[{"id":"e","fromNode":"a","toNode":"b","color":"5"},{"id":"f","fromNode":"b","toNode":"c","color":"#123456"}]}`

func TestColumnsOfACanvas(t *testing.T) {
	tree := read(t, fstest.MapFS{"x.canvas": {Data: []byte(canvasOf)}}, "x.canvas")
	b := tree.Boards[0]
	in := map[board.CardID]board.CardID{}
	kinds := map[board.CardID]string{}
	for _, c := range b.Cards {
		in[c.ID], kinds[c.ID] = c.In, tree.Documents[c.Of.N].Kind
	}
	if in["a"] != "k" || in["b"] != "" || in["c"] != "" || kinds["k"] != cards.KindColumn || kinds["g"] != cards.KindFrame {
		t.Errorf("in %v, kinds %v", in, kinds)
	}
	for _, c := range b.Cards {
		root := tree.Documents[c.Of.N].Root
		if c.ID == "k" && root["column"] != "#63d2a5" || c.ID == "g" && root["frame"] != "#d96767" {
			t.Errorf("%s is %v", c.ID, root)
		}
	}
	if c := board.ConnectorIn("connector:e", b.Slots["connector:e"]); c == nil || c.Colour != "#64bcdf" {
		t.Errorf("%+v", c)
	}
	if c := board.ConnectorIn("connector:f", b.Slots["connector:f"]); c == nil || c.Colour != "#123456" {
		t.Errorf("%+v", c)
	}
	out := write(t, finish(tree))
	text := ""
	for name, f := range out {
		if strings.HasSuffix(name, ".canvas") {
			text += string(f.Data)
		}
	}
	text = strings.Join(strings.Fields(text), "")
	for _, want := range []string{`"color":"4"`, `"color":"1"`, `"color":"5"`, `"color":"#123456"`, `"kind":"column"`, `"in":"k"`, `"order":"V"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is gone from %s", want, text)
		}
	}
}
