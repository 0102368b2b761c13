package app

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange/jsoncanvas"
)

// allFiles is a folder as a map.
func allFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(b)
		return err
	}))
	return out
}

func sameFiles(t *testing.T, a, b map[string]string) {
	t.Helper()
	if x, y := slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)); !slices.Equal(x, y) {
		t.Fatalf("files %q and %q", x, y)
	}
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s is\n%s\nand\n%s", name, a[name], b[name])
		}
	}
}

// fullTrip is a trip with a list, groups and a lock.
func fullTrip(t *testing.T, a *App) doc.ID {
	t.Helper()
	on, _ := trip(t, a)
	list, err := a.pinNew(testContext(t), on, board.Point{X: 900, Y: 40.5}, "", cards.KindTodo, cards.NewTodo("Pack", cards.NewItem{ID: "a", Text: "Tickets", Done: true}))
	must(t, err)
	ids := []board.CardID{list}
	for _, c := range readTest(t, a, on).Cards[:3] {
		if c.ID != list && len(ids) < 3 {
			ids = append(ids, c.ID)
		}
	}
	must(t, a.do(on, board.GroupCards{IDs: ids, Group: "group-1"}).Applied(testContext(t)))
	must(t, a.do(on, board.LockCards{IDs: ids[:1], Locked: true}).Applied(testContext(t)))
	return on
}

func exportAs(t *testing.T, a *App, on doc.ID, format Format, to string) {
	t.Helper()
	must(t, a.ExportAs(testContext(t), Exporting{Board: on, Format: format, To: to}))
}

func TestACanvasComesBackEqual(t *testing.T) {
	a, b := openTest(t, t.TempDir()), openTest(t, t.TempDir())
	on := fullTrip(t, a)
	for _, name := range []string{"folder", "archive.zip"} {
		first, second := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), "again")
		exportAs(t, a, on, FormatCanvas, first)
		back := newBoard(t, b, "")
		r, err := b.ImportTree(testContext(t), back, nil, first, nil)
		must(t, err)
		if len(r.Notes) > 0 || len(r.Cards) != 7 || r.Count != 8 {
			t.Errorf("%s brought %+v", name, r)
		}
		exportAs(t, b, back, FormatCanvas, second)
		if name == "folder" {
			sameFiles(t, allFiles(t, first), allFiles(t, second))
			continue
		}
		plain := filepath.Join(t.TempDir(), "plain")
		exportAs(t, a, on, FormatCanvas, plain)
		sameFiles(t, allFiles(t, plain), allFiles(t, second))
	}
}

func TestImportingIsOneStep(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := fullTrip(t, a)
	dir := filepath.Join(t.TempDir(), "out")
	exportAs(t, a, on, FormatCanvas, dir)
	before := readTest(t, a, on)
	r, err := a.ImportTree(testContext(t), on, nil, dir, nil)
	must(t, err)
	after := readTest(t, a, on)
	if len(after.Cards) != 2*len(before.Cards) {
		t.Fatalf("%d cards became %d", len(before.Cards), len(after.Cards))
	}
	groups := map[string]int{}
	for _, id := range r.Cards {
		c := after.Card(id)
		if before.Card(id) != nil || c.At.X < freePlace(before).X {
			t.Errorf("%+v lies on what was there", c)
		}
		groups[c.Group]++
	}
	if groups["group-1"] != 0 || groups[""] != 4 {
		t.Errorf("groups %v", groups)
	}
	if _, err := a.Undo(on); err != nil || len(readTest(t, a, on).Cards) != len(before.Cards) {
		t.Errorf("after undo %d cards, %v", len(readTest(t, a, on).Cards), err)
	}
}

func TestAFolderOfFilesIsImported(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	dir := filepath.Join(t.TempDir(), "Photos")
	must(t, os.MkdirAll(filepath.Join(dir, "2026", "Rome"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "a.png"), picture(t, 40, 20), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "note.md"), []byte("# Note"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "2026", "Rome", "b.png"), picture(t, 20, 40), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, ".hidden"), []byte("x"), 0o600))
	for i := range 1000 {
		must(t, os.WriteFile(filepath.Join(dir, "2026", fmt.Sprintf("%04d.txt", i)), fmt.Appendf(nil, "number %d", i), 0o600))
	}
	seen := 0
	r, err := a.ImportTree(testContext(t), on, nil, dir, func(Progress) { seen++ })
	must(t, err)
	b := readTest(t, a, on)
	if b.Title != "Photos" || len(b.Cards) != 3 || r.Count != 1005 || seen == 0 || strings.Join(r.Notes, "") != "1 hidden file was left out." {
		t.Errorf("%q with %d cards; %d in all, %q", b.Title, len(b.Cards), r.Count, r.Notes)
	}
	for _, c := range b.Cards {
		if c.Link.Kind == cards.KindBoard {
			if in := readTest(t, a, c.Link.Document); in.Title != "2026" || len(in.Cards) != 1001 {
				t.Errorf("%q holds %d cards", in.Title, len(in.Cards))
			}
		}
	}
	if _, err := a.Undo(on); err != nil || len(readTest(t, a, on).Cards) != 0 {
		t.Errorf("after undo: %v", err)
	}
}

func TestAFileThatWasChangedElsewhereIsDescribedAnew(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "Pictures")
	a.Import(testContext(t), on, board.Point{}, []string{write(t, "p.png", picture(t, 4, 4))}, nil)
	dir := filepath.Join(t.TempDir(), "out")
	exportAs(t, a, on, FormatCanvas, dir)
	must(t, os.WriteFile(filepath.Join(dir, "files", "p.png"), picture(t, 9, 5), 0o600))
	back := newBoard(t, a, "")
	r, err := a.ImportTree(testContext(t), back, nil, dir, nil)
	must(t, err)
	if f := fileOn(t, a, back, r.Cards[0]); f.Width != 9 || f.Height != 5 || f.Title != "p" {
		t.Errorf("the picture is %+v", f)
	}
}

func TestWhatComesInLeadsNowhereElse(t *testing.T) {
	a := openTest(t, t.TempDir())
	dir := t.TempDir()
	inside := filepath.Join(dir, "in")
	must(t, os.Mkdir(inside, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "secret.txt"), []byte("secret"), 0o600))
	if err := os.Symlink(filepath.Join(dir, "secret.txt"), filepath.Join(inside, "link.txt")); err != nil {
		t.Skip("no links here:", err)
	}
	node := `{"id":"%d","type":"file","file":%q,"x":0,"y":%d,"width":100,"height":100}`
	var nodes []string
	for i, name := range []string{"../secret.txt", "link.txt", "/" + filepath.Join(dir, "secret.txt"), `..\secret.txt`} {
		nodes = append(nodes, fmt.Sprintf(node, i, name, i*200))
	}
	canvas := filepath.Join(inside, "x.canvas")
	must(t, os.WriteFile(canvas, []byte(`{"nodes":[`+strings.Join(nodes, ",")+`]}`), 0o600))
	on := newBoard(t, a, "")
	r, err := a.ImportTree(testContext(t), on, nil, canvas, nil)
	must(t, err)
	if len(r.Cards) != 4 || strings.Join(r.Notes, "") != "The files of 4 cards are not there." {
		t.Errorf("brought %+v", r)
	}
	for _, id := range r.Cards {
		if s := textOn(t, a, on, id); s == "secret" || !strings.HasSuffix(s, "is not here.") {
			t.Errorf("a card says %q", s)
		}
	}
}

func TestWhatCannotBeImportedIsSaid(t *testing.T) {
	a := openTest(t, t.TempDir())
	for name, content := range map[string]string{"x.canvas": "[]", "x.zip": "no", "x.json": `{"a":1}`} {
		_, err := a.ImportTree(testContext(t), a.Home(), nil, write(t, name, []byte(content)), nil)
		if s := Sentence(err); err == nil || !strings.HasPrefix(s, "“"+name+"”: this ") && !strings.HasPrefix(s, "“"+name+"”: there ") {
			t.Errorf("%s: %v: %s", name, err, s)
		}
	}
	if _, err := a.ImportTree(testContext(t), a.Home(), nil, filepath.Join(t.TempDir(), "gone"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("gone: %v", err)
	}
}

func TestExportsReplaceNothing(t *testing.T) {
	a := openTest(t, t.TempDir())
	to := write(t, "there.zip", []byte("mine"))
	e := Exporting{Board: a.Home(), Format: FormatMarkdown, To: to}
	var there *ExistsError
	if err := a.ExportAs(testContext(t), e); !errors.As(err, &there) || !strings.Contains(Sentence(err), "is there already") {
		t.Errorf("got %v", err)
	}
	e.Replace = true
	must(t, a.ExportAs(testContext(t), e))
	z, err := zip.OpenReader(to)
	must(t, err)
	defer z.Close()
	if len(z.File) != 1 || z.File[0].Name != "Home.md" {
		t.Errorf("it holds %v", z.File)
	}
	if err := a.ExportAs(testContext(t), Exporting{Board: a.Home(), Format: "doc", To: to}); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
	if err := a.ExportAs(testContext(t), Exporting{Board: a.Home(), Format: FormatPNG, To: to}); !errors.Is(err, ErrNoDrawing) {
		t.Errorf("got %v", err)
	}
}

func TestALongTextComesInAsAFile(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	text := `{"nodes":[{"id":"a","type":"text","text":"` + strings.Repeat("a", maxText+1) + `","x":0,"y":0,"width":9,"height":9}]}`
	r, err := a.ImportTree(testContext(t), on, nil, write(t, "x.canvas", []byte(text)), nil)
	must(t, err)
	if f := fileOn(t, a, on, r.Cards[0]); f.Size != maxText+1 || f.Kind() != cards.KindFile || r.Count != 1 {
		t.Errorf("got %+v", f)
	}
}

// What opens the files of a web page elsewhere stays here.
func TestKeysOfPagesStayInTheirDocument(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	key := strings.Repeat("5ec2", 16)
	part := doc.Map{"blob": strings.Repeat("0", 64), "key": key, "pieces": key, "mime": "text/html"}
	edits := append(cards.NewURL("https://example.org/"), doc.Put{Path: doc.At("archive"), Value: part})
	_, err := a.pinNew(testContext(t), on, board.Point{}, "", cards.KindURL, edits)
	must(t, err)
	out := filepath.Join(t.TempDir(), "out")
	exportAs(t, a, on, FormatCanvas, out)
	for name, text := range allFiles(t, out) {
		if strings.Contains(text, key) || strings.Contains(text, "blob") || !strings.Contains(text, `"type": "link",
			"url": "https://example.org/",`) {
			t.Errorf("%s is %s", name, text)
		}
	}
}

func TestADocumentThatHoldsNothingComesIn(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	text := `{"nodes":[{"id":"a","type":"text","text":"x","x":0,"y":0,"width":9,"height":9,"corkboard":{"kind":"poll","sum":"2d711642b726b044","document":{}}}]}`
	r, err := a.ImportTree(testContext(t), on, nil, write(t, "x.canvas", []byte(text)), nil)
	must(t, err)
	c := readTest(t, a, on).Card(r.Cards[0])
	if c == nil || c.Link.Kind != "poll" || !a.Exists(c.Link.Document) {
		t.Errorf("the card is %+v", c)
	}
}

// A key of ours in a canvas of somebody else does not make a card show a file that is only
// here.
func TestACanvasCannotAskForStoredFiles(t *testing.T) {
	a := openTest(t, t.TempDir())
	blob, _, err := a.blobs.Put(testContext(t), bytes.NewReader([]byte("secret")))
	must(t, err)
	text := `{"nodes":[{"id":"a","type":"text","text":"x","x":0,"y":0,"width":9,"height":9,"corkboard":{"kind":"file","sum":"2d711642b726b044","document":{"blob":"` + string(blob) + `","title":"t"}}}]}`
	on := newBoard(t, a, "")
	r, err := a.ImportTree(testContext(t), on, nil, write(t, "x."+jsoncanvas.Extension, []byte(text)), nil)
	must(t, err)
	if f := fileOn(t, a, on, r.Cards[0]); f.Blob != "" {
		t.Errorf("the card shows %+v", f)
	}
}
