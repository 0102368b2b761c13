package arch

import (
	"slices"
	"strings"
	"testing"
)

// graph makes a Graph from lines like "./ui -> ./renderers fyne.io/fyne/v2" and
// "./app (test) -> fyne.io/fyne/v2".
func graph(lines ...string) Graph {
	g := Graph{}
	for _, line := range lines {
		head, imports, _ := strings.Cut(line, "->")
		path, test := strings.CutSuffix(strings.TrimSpace(head), " (test)")
		p := g[path]
		p.Path = path
		p.Standard = isStandard(Graph{}, path) && !strings.HasPrefix(path, "./")
		if test {
			p.TestImports = strings.Fields(imports)
		} else {
			p.Imports = strings.Fields(imports)
		}
		g[path] = p
	}
	return g
}

func TestCheckAllows(t *testing.T) {
	g := graph(
		"./main -> ./ui ./app fyne.io/fyne/v2/app",
		"./cmd/gallery -> ./renderers image/png",
		"./ui -> ./renderers ./renderers/paint ./app ./board fyne.io/fyne/v2",
		"./renderers -> ./cards ./board ./doc ./assets ./renderers/paint fyne.io/fyne/v2",
		"./renderers/paint -> image golang.org/x/image/font ./cards",
		"./renderers (test) -> image/png",
		"./app -> ./docstore ./blobs ./media",
		"./docstore -> ./docstore/engine ./sqlite ./doc database/sql",
		"./docstore/engine -> github.com/automerge/automerge-go",
		"./sqlite -> modernc.org/sqlite",
		"./media -> github.com/gen2brain/go-fitz image/jpeg golang.org/x/image/webp",
		"./board -> ./cards ./doc math",
		"./board (test) -> math/rand os",
		"./net/host -> github.com/libp2p/go-libp2p/p2p/muxer/yamux",
		"./net/wire/folder -> github.com/libp2p/go-yamux/v5 github.com/flynn/noise",
		"./cards -> ./doc strings",
		"./doc -> time unicode/utf8 net/url",
		"./doc/doctest -> ./doc testing math/rand",
		"./e2e/prog -> ./e2e/x11 image/png",
		"./e2e/x11 -> github.com/jezek/xgb",
		"./bench -> ./ui ./app image/png fyne.io/fyne/v2",
	)
	for _, violation := range Check(g) {
		t.Error(violation)
	}
}

func TestCheckForbids(t *testing.T) {
	for _, c := range []struct {
		name, why string
		tree      []string
	}{
		{"upwards", whyDown, []string{"./docstore -> ./app"}},
		{"upwards out of a subfolder", whyDown, []string{"./docstore/engine -> ./app"}},
		{"sideways without a pair", whyDown, []string{"./docstore -> ./blobs"}},
		{"renderers into ui", whyDown, []string{"./renderers -> ./ui"}},
		{"a program", whyDown, []string{"./bench -> ./main"}},
		{"doc into cards", whyDown, []string{"./doc -> ./cards"}},
		{"a folder without a floor", "every folder has a floor", []string{"./misc -> ./doc"}},
		{"card into board", "does not know that it is pinned", []string{"./cards -> ./board"}},
		{"store into cards", whyStorage, []string{"./docstore -> ./cards"}},
		{"store into Fyne", whyStorage, []string{"./blobs -> fyne.io/fyne/v2"}},
		{"renderers into docstore", "it is handed an Env", []string{"./renderers -> ./docstore"}},
		{"renderers into media", "it is handed an Env", []string{"./renderers/textedit -> ./media"}},
		{"paint into Fyne", "it draws pixels", []string{"./renderers/paint -> fyne.io/fyne/v2/canvas"}},
		{"pure into os", whyPure, []string{"./board -> os"}},
		{"pure into the net", whyPure, []string{"./doc -> net/http"}},
		{"pure into SQL", whyPure, []string{"./cards -> database/sql"}},
		{"pure into chance", whyPure, []string{"./board -> math/rand/v2"}},
		{"pure into somebody's library", "standard library only", []string{"./cards -> github.com/yuin/goldmark"}},
		{"doctest into somebody's library", "standard library only", []string{"./doc/doctest -> pgregory.net/rapid"}},
		{"Automerge past its door", whyDoor, []string{"./docstore -> github.com/automerge/automerge-go"}},
		{"Automerge in a test", whyDoor, []string{"./docstore (test) -> github.com/automerge/automerge-go"}},
		{"driver past its door", whyDoor, []string{"./blobs -> modernc.org/sqlite/lib"}},
		{"Fyne in a headless test", whyDoor, []string{"./app (test) -> fyne.io/fyne/v2/test"}},
		{"libp2p past its door", whyDoor, []string{"./net/wire/folder -> github.com/libp2p/go-libp2p"}},
		{"the multiplexer past its door", whyDoor, []string{"./net/host -> github.com/libp2p/go-yamux/v5"}},
		{"decoder past its door", "media's jail", []string{"./renderers -> image/jpeg"}},
		{"PDF past its door", "media's jail", []string{"./app (test) -> github.com/gen2brain/go-fitz"}},
		{"app into Fyne", "without GL headers", []string{"./app -> fyne.io/fyne/v2"}},
		{"app into Fyne by a detour", "without GL headers",
			[]string{"./app -> ./media", "./media -> example.org/view", "example.org/view -> fyne.io/fyne/v2"}},
		{"storage peer into a decoder", "a storage peer is blind", []string{"./cmd/storage-peer -> ./net/blind", "./net/blind -> image/png"}},
		{"storage peer into ui", "without GL headers", []string{"./cmd/storage-peer -> ./app ./ui"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := Check(graph(c.tree...))
			if !slices.ContainsFunc(found, func(v Violation) bool { return strings.Contains(v.String(), c.why) }) {
				t.Errorf("%v: found %v, want one because %q", c.tree, found, c.why)
			}
		})
	}
}

func TestCheckNamesTheDetour(t *testing.T) {
	found := Check(graph("./app -> ./media", "./media -> example.org/view", "example.org/view -> fyne.io/fyne/v2"))
	if len(found) != 1 {
		t.Fatalf("found %v, want one violation", found)
	}
	want := "app uses fyne.io/fyne/v2 through ./media, example.org/view: "
	if got := found[0].String(); !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want it to begin with %q", got, want)
	}
}
