package jsoncanvas

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/internal/lean"
)

// memory is a Sink in memory.
type memory fstest.MapFS

type memoryFile struct {
	bytes.Buffer
	done func([]byte)
}

func (f *memoryFile) Close() error {
	f.done(bytes.Clone(f.Bytes()))
	return nil
}

func (m memory) Create(name string) (io.WriteCloser, error) {
	if _, ok := m[name]; ok || !fs.ValidPath(name) {
		return nil, fs.ErrExist
	}
	return &memoryFile{done: func(b []byte) { m[name] = &fstest.MapFile{Data: b} }}, nil
}

func (m memory) Close() error { return nil }

func write(t *testing.T, tree *exchange.Tree) fstest.MapFS {
	t.Helper()
	out := memory{}
	problems, err := Write(t.Context(), tree, out, func(_ context.Context, d *exchange.Document, to io.Writer) error {
		_, err := io.WriteString(to, "bytes of "+d.Title)
		return err
	}, func(int, int) {})
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", err, problems)
	}
	for name := range out {
		if path.Ext(name) == ".canvas" {
			for _, w := range conforms(fstest.MapFS(out), name) {
				t.Error(w)
			}
		}
	}
	return fstest.MapFS(out)
}

func read(t *testing.T, from fs.FS, name string) *exchange.Tree {
	t.Helper()
	tree, err := Read(t.Context(), from, name)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// finish does what whoever pins a tree does: it knows what things are called and where
// they lie.
func finish(tree *exchange.Tree) *exchange.Tree {
	for i := range tree.Documents {
		d := &tree.Documents[i]
		if d.File != "" {
			d.File = path.Base(d.File)
			if d.Kind == "" {
				d.Kind = cards.KindFile
				d.Root["title"], _, _ = strings.Cut(d.File, ".")
			}
		}
		d.Title = exchange.TitleOf(d.Kind, d.Root)
		d.Text = exchange.MarkdownOf(d.Kind, d.Root, func(string) string { return "Ada" })
	}
	for i := range tree.Boards {
		for j := range tree.Boards[i].Cards {
			c := &tree.Boards[i].Cards[j]
			size := c.Size
			if size.W == 0 {
				size.W = 300
			}
			if size.H == 0 {
				size.H = 60.5
			}
			c.Drawn = board.RectAt(c.At, size)
		}
	}
	return tree
}

func made(edits []doc.Edit) doc.Map {
	t := doc.NewTree(nil)
	if _, err := t.Apply(edits); err != nil {
		panic(err)
	}
	return t.Root()
}

// sample is two boards that show each other, every kind of card, groups in groups, and a
// document on two cards.
func sample() *exchange.Tree {
	t := &exchange.Tree{}
	t.AddBoard(exchange.Board{Title: "Trip: Rome/Naples", Color: "#D5DFE5", Slots: doc.Map{
		"later":       doc.Map{"n": int64(7)},
		"connector:1": board.Connector{From: "t", To: "o", Label: "leads \"to\"", Heads: board.HeadTo | board.HeadFrom}.Value(),
		"connector:2": board.Connector{From: "b", To: "t", Colour: "#D96767"}.Value(),
	}})
	t.AddBoard(exchange.Board{Title: "Trip: Rome/Naples"})
	todo := made(cards.NewTodo("Pack", cards.NewItem{ID: "a", Text: "Tickets", Done: true}, cards.NewItem{ID: "b", Text: "Map"}))
	todo["comments"] = doc.Map{"c": doc.Map{"text": "soon"}}
	frame := t.Add(exchange.Document{Kind: cards.KindFrame, Root: made(cards.NewFrame(cards.Frame{Title: "Ideas", Colour: "#d5e8e0"}))})
	column := t.Add(exchange.Document{Kind: cards.KindColumn, Root: made(cards.NewColumn(cards.Column{Title: "Reading", Colour: "#d5e8e0"}))})
	bare := t.Add(exchange.Document{Kind: cards.KindFrame, Root: made(cards.NewFrame(cards.Frame{}))})
	text := t.Add(exchange.Document{Kind: cards.KindText, Root: made(cards.NewText("# Plan\n<go> & see"))})
	old := t.Add(exchange.Document{Kind: cards.KindText, Root: doc.Map{"text": "a register"}})
	list := t.Add(exchange.Document{Kind: cards.KindTodo, Root: todo})
	talk := t.Add(exchange.Document{Kind: cards.KindThread, Root: doc.Map{"title": "Talk", "messages": doc.Map{
		"m": doc.Map{"author": "x", "text": "hello", "time": int64(1700000000000)}}}})
	pic := t.Add(exchange.Document{Kind: cards.KindImage, File: "Map.png", Root: made(cards.NewFile(cards.File{Title: "Map", Extension: "png", MIME: "image/png", Width: 3}))})
	pic2 := t.Add(exchange.Document{Kind: cards.KindImage, File: "Map.png", Root: made(cards.NewFile(cards.File{Title: "Map", Extension: "png", MIME: "image/png", Width: 4}))})
	odd := t.Add(exchange.Document{Kind: "from-tomorrow", Root: doc.Map{"title": "Tomorrow", "data": []byte{1}}})
	ink := t.Add(exchange.Document{Kind: cards.KindInk, Root: made(cards.NewInk(cards.Ink{W: 20, H: 30, Pen: 3, Points: []cards.InkPoint{{X: 1, Y: 2}, {X: 9, Y: 8}}}))})
	person := t.Add(exchange.Document{Kind: cards.KindContact, Root: made(cards.NewContact(cards.Contact{Name: "Ada"}))})
	t.Boards[0].Cards = []exchange.Card{
		{ID: "f", Of: frame, At: board.Point{X: -40, Y: -60}, Size: board.Size{W: 600, H: 400}},
		{ID: "g", Of: bare, At: board.Point{X: -40.5, Y: 700}, Size: board.Size{W: 600, H: 400}, Group: "out", Locked: true},
		{ID: "k", Of: column, At: board.Point{X: 0, Y: 780}, Size: board.Size{W: 300}},
		{ID: "t", Of: text, At: board.Point{X: -3.25, Y: 4}, Group: "out/in", Locked: true},
		{ID: "o", Of: old, At: board.Point{X: 300, Y: 4}, Size: board.Size{W: 200, H: 100}, Group: "out/in"},
		{ID: "l", Of: list, At: board.Point{X: 0, Y: 400}, Size: board.Size{W: 200}, Group: "out"},
		{ID: "b", Of: exchange.Ref{Board: true, N: 1}, At: board.Point{X: 800, Y: 0}},
		{ID: "p", Of: pic, At: board.Point{X: 0, Y: 800}, Size: board.Size{W: 30, H: 20}, In: "k", Order: "V3x"},
		{ID: "q", Of: pic2, At: board.Point{X: 100, Y: 800}, Size: board.Size{W: 30, H: 20}},
		{ID: "again", Of: text, At: board.Point{X: 0, Y: 900}},
	}
	t.Boards[1].Cards = []exchange.Card{
		{ID: "t", Of: talk}, {ID: "z", Of: odd}, {ID: "a", Of: person}, {ID: "self", Of: exchange.Ref{Board: true}},
		{ID: "more", Of: list}, {ID: "ink", On: "t", Of: ink, Size: board.Size{W: 20, H: 30}},
	}
	return finish(t)
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	first := write(t, sample())
	back := read(t, first, "Trip- Rome-Naples.canvas")
	if said := back.Left.Sentences(); len(said) > 0 {
		t.Errorf("left out: %q", said)
	}
	if len(back.Boards) != 2 || len(back.Documents) != 12 {
		t.Fatalf("%d boards, %d documents", len(back.Boards), len(back.Documents))
	}
	want := sample()
	for n, b := range back.Boards {
		w := want.Boards[n]
		if b.Title != w.Title || b.Color != w.Color || !doc.Equal(b.Slots, w.Slots) && len(w.Slots)+len(b.Slots) > 0 || len(b.Cards) != len(w.Cards) {
			t.Errorf("board %d is %+v", n, b)
			continue
		}
		for i, c := range b.Cards {
			d := w.Cards[i]
			if c.ID != d.ID || c.At != d.At || c.Size != d.Size || c.Group != d.Group || c.Locked != d.Locked || c.On != d.On || c.In != d.In || c.Order != d.Order || c.Of.Board != d.Of.Board {
				t.Errorf("card %d is %+v, was %+v", i, c, d)
			}
			if c.Of.Board {
				continue
			}
			got, was := back.Documents[c.Of.N], want.Documents[d.Of.N]
			if got.Kind != was.Kind || !doc.Equal(got.Root, was.Root) {
				t.Errorf("card %s says %+v, said %+v", c.ID, got, was)
			}
		}
	}
	second := write(t, finish(back))
	if !slices.Equal(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(second))) {
		t.Fatalf("files %v, then %v", slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(second)))
	}
	for name, f := range first {
		if !bytes.Equal(f.Data, second[name].Data) {
			t.Errorf("%s differs:\n%s\n%s", name, f.Data, second[name].Data)
		}
	}
}

// What somebody else made of it counts.
func TestChangesElsewhereWin(t *testing.T) {
	out := write(t, sample())
	name := "Trip- Rome-Naples.canvas"
	s := string(out[name].Data)
	change := func(old, now string) {
		t.Helper()
		if !strings.Contains(s, old) {
			t.Fatalf("there is no %s in %s", old, s)
		}
		s = strings.ReplaceAll(s, old, now)
	}
	change(`# Pack\n\n- [x] Tickets\n- [ ] Map\n`, `# Pack\n- [x] Tickets\n- [x] Map\n- [ ] Hat (due 2026-01-31)`)
	change(`"text": "a register"`, `"text": "changed"`)
	change(`"width": 30`, `"width": 60`)
	out[name] = &fstest.MapFile{Data: []byte(s)}
	back := read(t, out, name)
	at := func(id board.CardID) (exchange.Card, exchange.Document) {
		for _, c := range back.Boards[0].Cards {
			if c.ID == id {
				return c, back.Documents[c.Of.N]
			}
		}
		t.Fatalf("no card %s", id)
		panic(0)
	}
	_, list := at("l")
	todo := cards.TodoCodec{}.Decode(doc.NewTree(list.Root))
	if done, all := todo.Progress(); done != 2 || all != 3 || todo.Title != "Pack" || todo.Items[2].Due != "2026-01-31" || list.Root["comments"] == nil {
		t.Errorf("the list is %+v", todo)
	}
	if _, d := at("o"); d.Kind != cards.KindText || d.Root["text"] != doc.Text("changed") {
		t.Errorf("the text is %+v", d)
	}
	if c, _ := at("p"); c.Size != (board.Size{W: 60, H: 20}) {
		t.Errorf("the size is %v", c.Size)
	}
}

const foreign = `{
	"nodes":[
		{"id":"g","type":"group","x":-10,"y":-10,"width":400,"height":300,"label":"Ideas","color":"2","background":"bg.png","backgroundStyle":"tiled"},
		{"id":"h","type":"group","x":900,"y":0,"width":50,"height":50,"label":"Empty"},
		{"id":"a","type":"text","x":0,"y":0,"width":100,"height":50,"text":"one","color":"1","zeta":{"kept":[1]}},
		{"id":"b","type":"file","x":"200","y":0,"width":100,"height":50,"file":"notes/two.md","subpath":"#part"},
		{"id":"c","type":"link","x":0,"y":500,"width":100,"height":50,"url":"https://example.org/x"},
		{"id":"d","type":"file","x":0,"y":600,"width":100,"height":50,"file":"../../etc/passwd"},
		{"id":"e","type":"poll","x":0,"y":700,"width":100,"height":50,"title":"Which?","color":7},
		{"id":"f","type":"file","x":0,"y":800,"width":100,"height":50,"file":"sub/inner.canvas"},
		{"type":"text"},
		"nonsense"
	],
	"edges":[
		{"id":"1","fromNode":"a","toNode":"b","fromSide":"left","toEnd":"arrow","label":"so","toSide":"middle"},
		{"id":"2","fromNode":"g","toNode":"c"},
		{"id":"3","fromNode":"a"}
	],
	"theme":"dark"
}`

func foreignFolder() fstest.MapFS {
	return fstest.MapFS{
		"other.canvas":     {Data: []byte(foreign)},
		"notes/two.md":     {Data: []byte("two")},
		"sub/inner.canvas": {Data: []byte(`{"nodes":[{"id":"x","type":"file","file":"deep.png","x":0,"y":0,"width":1,"height":1}]}`)},
		"sub/deep.png":     {Data: []byte("png")},
	}
}

func TestCanvasesOfOthersAreReadAndKept(t *testing.T) {
	tree := read(t, foreignFolder(), "other.canvas")
	b := tree.Boards[0]
	if b.Title != "other" || len(b.Cards) != 9 || len(tree.Boards) != 2 || tree.Boards[1].Title != "inner" {
		t.Fatalf("%d boards, the first %+v", len(tree.Boards), b)
	}
	if b.Cards[0].ID != "g" || b.Cards[0].Size != (board.Size{W: 400, H: 300}) || b.Cards[2].Group != "" || b.Cards[3].At.X != 200 {
		t.Errorf("cards %+v", b.Cards)
	}
	if d := tree.Documents[b.Cards[0].Of.N]; d.Kind != cards.KindFrame || d.Root["title"] != "Ideas" {
		t.Errorf("the group is %+v", d)
	}
	if d := tree.Documents[b.Cards[3].Of.N]; d.File != "notes/two.md" {
		t.Errorf("the note is %+v", d)
	}
	if d := tree.Documents[tree.Boards[1].Cards[0].Of.N]; d.File != "sub/deep.png" {
		t.Errorf("the picture is %+v", d)
	}
	said := strings.Join(tree.Left.Sentences(), " ")
	for _, want := range []string{"The file of 1 card", "2 cards could not be read", "1 card of an unknown kind"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s; but %s", want, said)
		}
	}
	if c := board.ConnectorIn("connector:1", b.Slots["connector:1"]); c == nil || c.From != "a" || c.To != "b" || c.Label != "so" || c.Heads != board.HeadTo {
		t.Errorf("the edge is %+v", b.Slots["connector:1"])
	}
	out := string(write(t, finish(tree))["other.canvas"].Data)
	for _, want := range []string{`"zeta"`, `"label": "Ideas"`, `"label": "Empty"`, `"background": "bg.png"`, `"color": "2"`, `"fromNode": "g"`, `"label": "so"`, `"fromSide": "left"`, `"theme": "dark"`, `"url": "https://example.org/x"`, `"type": "link"`, `"subpath": "#part"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is lost:\n%s", want, out)
		}
	}
	for _, bad := range []string{"tiled", "middle", "passwd/", `"color": 7`} {
		if strings.Contains(out, bad) {
			t.Errorf("%s was written", bad)
		}
	}
}

func TestWhatIsNoCanvasIsRefused(t *testing.T) {
	deep := `{"nodes":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`
	for name, text := range map[string]string{"list": "[]", "null": "null", "half": `{"nodes":[`, "deep": deep, "text": "hello"} {
		from := fstest.MapFS{"x.canvas": {Data: []byte(text)}}
		if _, err := Read(t.Context(), from, "x.canvas"); !errors.Is(err, ErrNotCanvas) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(t.Context(), fstest.MapFS{}, "x.canvas"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	if tree := read(t, fstest.MapFS{"x.canvas": {}}, "x.canvas"); len(tree.Boards) != 1 || tree.Boards[0].Title != "x" {
		t.Errorf("an empty one gives %+v", tree)
	}
}

func TestOnlyOurRootIsOne(t *testing.T) {
	out := write(t, sample())
	if !IsRoot(out, "Trip- Rome-Naples.canvas") || IsRoot(out, "Trip- Rome-Naples (2).canvas") || IsRoot(foreignFolder(), "other.canvas") {
		t.Error("the wrong canvas is the root")
	}
}

// A key of ours that says what no document can hold, or what nobody may bring, is not
// believed.
func TestOurKeyIsNotBelieved(t *testing.T) {
	text := `{"nodes":[
		{"id":"a","type":"text","text":"x","x":0,"y":0,"width":1,"height":1,"corkboard":{"kind":"board","document":{"cards":{}},"sum":"` + sum("x") + `"}},
		{"id":"b","type":"text","text":"x","x":1e99,"y":0,"width":1e99,"height":-4,"corkboard":{"kind":"to do","document":{"a":1},"group":"a//b","place":[1,2]}},
		{"id":"c","type":"text","text":"x","x":0,"y":0,"width":1,"height":1,"corkboard":"nonsense"}],
		"corkboard":{"format":1,"color":"red","slots":{"cards":{"evil":{}},"fine":true}}}`
	tree := read(t, fstest.MapFS{"x.canvas": {Data: []byte(text)}}, "x.canvas")
	for _, c := range tree.Boards[0].Cards {
		d := tree.Documents[c.Of.N]
		if d.Kind != cards.KindText || len(d.Root) != 1 || c.Group != "" || c.Size.W > maxSide || c.At.X > farNode {
			t.Errorf("%+v says %+v", c, d)
		}
	}
	if b := tree.Boards[0]; b.Color != "" || b.Slots["cards"] != nil || b.Slots["fine"] != true {
		t.Errorf("the board is %+v", b)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte("{\"nodes\":[{\"\":\"\xc5\"}]}"))
	f.Add([]byte(`{"nodes":[{"id":"a","type":"file","file":"x.canvas","corkboard":{"place":[0,0,0,0],"drawn":[0,0,0,0],"same":"d1"}}]}`))
	out := memory{}
	if _, err := Write(context.Background(), sample(), out, func(context.Context, *exchange.Document, io.Writer) error { return nil }, func(int, int) {}); err != nil {
		f.Fatal(err)
	}
	for _, file := range out {
		f.Add(file.Data)
	}
	f.Fuzz(lean.One(func(t *testing.T, text []byte) {
		from := fstest.MapFS{"x.canvas": {Data: text}, "files/Map.png": {Data: []byte("png")}}
		tree, err := Read(t.Context(), from, "x.canvas")
		if err != nil {
			return
		}
		for _, d := range tree.Documents {
			if !exchange.Legal(d.Root) {
				t.Errorf("no document can hold %v", d.Root)
			}
		}
		again := write(t, finish(tree))
		if t.Failed() {
			t.Log(string(again["x.canvas"].Data))
		}
	}))
}

// Connectors that come to a board where their ids, or those of their cards, are taken lead
// where they led.
func TestConnectorsComeBesideOthers(t *testing.T) {
	k := board.Connector{From: "a", To: "b", Label: "so"}
	slots := Renamed(doc.Map{"connector:k": k.Value()}, map[board.CardID]board.CardID{"b": "b2"}, nil)
	root := doc.NewTree(doc.Map{"connector:k": doc.Map{}, "connector:k-2": k.Value()})
	if _, err := root.Apply(Merge(root.Root(), slots, true)); err != nil {
		t.Fatal(err)
	}
	got := board.ConnectorIn("connector:k-3", root.Root()["connector:k-3"])
	if got == nil || got.From != "a" || got.To != "b2" || got.Label != "so" {
		t.Errorf("the connector is %+v in %v", got, root.Root())
	}
}
