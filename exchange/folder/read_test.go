package folder

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"corkboard/exchange"
)

func read(t *testing.T, from fstest.MapFS) *exchange.Tree {
	t.Helper()
	tree, err := Read(t.Context(), from, "Things")
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func files(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, n := range names {
		out[n] = &fstest.MapFile{Data: []byte(n)}
	}
	return out
}

// outline is a board as words: files, and in brackets the boards on it.
func outline(tree *exchange.Tree, n int) string {
	var out []string
	for _, c := range tree.Boards[n].Cards {
		if c.Of.Board {
			out = append(out, tree.Boards[c.Of.N].Title+"("+outline(tree, c.Of.N)+")")
		} else {
			out = append(out, tree.Documents[c.Of.N].File)
		}
	}
	return strings.Join(out, " ")
}

func TestFoldersAreBoards(t *testing.T) {
	from := files("b.txt", "a.png", "sub/c.txt", "sub/deep/d.txt", ".hidden", ".git/config", "sub/.DS_Store")
	tree := read(t, from)
	if got := outline(tree, 0); tree.Boards[0].Title != "Things" || got != "sub(deep(sub/deep/d.txt) sub/c.txt) a.png b.txt" {
		t.Errorf("%s: %s", tree.Boards[0].Title, got)
	}
	if tree.Left[exchange.Hidden] != 2 {
		t.Errorf("left out %v", tree.Left)
	}
}

func TestAThousandFilesLieBesideEachOther(t *testing.T) {
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf("%04d.txt", i))
	}
	cards := read(t, files(names...)).Boards[0].Cards
	for i, c := range cards {
		for _, d := range cards[:i] {
			if dx, dy := c.At.X-d.At.X, c.At.Y-d.At.Y; dx*dx < c.Fit.W*c.Fit.W && dy*dy < c.Fit.H*c.Fit.H {
				t.Fatalf("%v and %v lie on each other", c.At, d.At)
			}
		}
	}
	if len(cards) != 1000 {
		t.Errorf("%d cards", len(cards))
	}
}

func TestCanvasesInFolders(t *testing.T) {
	from := files("note.txt", "pic.png")
	from["map.canvas"] = &fstest.MapFile{Data: []byte(`{"nodes":[{"id":"a","type":"file","file":"pic.png","x":0,"y":0,"width":9,"height":9}]}`)}
	if got := outline(read(t, from), 0); got != "map(pic.png) note.txt" {
		t.Errorf("beside a file: %s", got)
	}
	delete(from, "note.txt")
	tree := read(t, from)
	if got := outline(tree, 0); tree.Boards[0].Title != "map" || got != "pic.png" {
		t.Errorf("alone: %s with %s", tree.Boards[0].Title, got)
	}
	from["more.txt"] = &fstest.MapFile{}
	from["map.canvas"].Data = []byte(`{"corkboard":{"format":1,"root":true,"title":"Ours"}}`)
	if tree := read(t, from); tree.Boards[0].Title != "Ours" || len(tree.Documents) != 0 {
		t.Errorf("exported: %+v", tree)
	}
}
