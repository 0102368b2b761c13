package app

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

func readExport(t *testing.T, path string) exported {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	var e exported
	must(t, json.Unmarshal(b, &e))
	return e
}

// trip is a board with two texts and two pictures of the same names, and twice
// a nested board that leads back.
func trip(t *testing.T, a *App) (on doc.ID, pic []byte) {
	t.Helper()
	on = newBoard(t, a, "Trip: Rome/Naples")
	inner := newBoard(t, a, "Hotels")
	pin := func(on doc.ID, ids ...doc.ID) {
		var links []share.Link
		for _, id := range ids {
			links = append(links, share.Link{Document: id, Kind: cards.KindBoard})
		}
		_, err := a.pinLinks(testContext(t), on, board.Point{}, links)
		must(t, err)
	}
	pin(on, inner, inner)
	pin(inner, on) // a circle
	newText(t, a, on, board.Point{X: 3, Y: 4}, "# Plan\ngo")
	newText(t, a, on, board.Point{}, "# Plan\nstay")
	pic = picture(t, 4, 4)
	dir := t.TempDir()
	for _, sub := range []string{"a", "b"} {
		must(t, os.Mkdir(filepath.Join(dir, sub), 0o700))
		must(t, os.WriteFile(filepath.Join(dir, sub, "Map.PNG"), append(pic, sub...), 0o600))
	}
	for _, r := range a.Import(testContext(t), on, board.Point{}, []string{filepath.Join(dir, "a", "Map.PNG"), filepath.Join(dir, "b", "Map.PNG")}, nil) {
		must(t, r.Err)
	}
	return on, pic
}

func TestExportHoldsEverything(t *testing.T) {
	a := openTest(t, t.TempDir())
	on, pic := trip(t, a)
	out := filepath.Join(t.TempDir(), "new", "out")
	must(t, a.Export(testContext(t), on, out))

	e := readExport(t, filepath.Join(out, "board.json"))
	if e.Title != "Trip: Rome/Naples" || len(e.Cards) != 6 {
		t.Fatalf("exported %q with %d cards", e.Title, len(e.Cards))
	}
	raw, err := doc.DecodeValue(e.Board)
	if err != nil || raw.(doc.Map)["title"] != "Trip: Rome/Naples" {
		t.Errorf("the board's document is %v, %v", raw, err)
	}
	texts, files, nested, again := map[string]bool{}, map[string]bool{}, "", 0
	for _, c := range e.Cards {
		switch {
		case c.Elsewhere != "":
			again++
		case c.Kind == cards.KindBoard:
			nested = c.File
		case c.Kind == cards.KindText:
			b, err := os.ReadFile(filepath.Join(out, c.File))
			must(t, err)
			texts[string(b)] = true
			m, err := doc.DecodeValue(c.Document)
			must(t, err)
			if string(m.(doc.Map)["text"].(doc.Text)) != string(b) {
				t.Errorf("the document says %v", m)
			}
		default:
			b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(c.File)))
			must(t, err)
			files[c.File+strings.TrimPrefix(string(b), string(pic))] = true
		}
	}
	if !texts["# Plan\ngo"] || !texts["# Plan\nstay"] {
		t.Errorf("texts: %v", texts)
	}
	if len(files) != 2 || !(files["files/Map.pnga"] && files["files/Map (2).pngb"] || files["files/Map.pngb"] && files["files/Map (2).pnga"]) {
		t.Errorf("files: %v", files)
	}
	if nested != "Hotels/board.json" || again != 1 {
		t.Errorf("nested in %q, %d elsewhere", nested, again)
	}
	in := readExport(t, filepath.Join(out, "Hotels", "board.json"))
	if in.Title != "Hotels" || len(in.Cards) != 1 || in.Cards[0].Elsewhere != "board.json" {
		t.Errorf("the nested board is %+v", in)
	}
}

func TestExportOverwritesNothing(t *testing.T) {
	a := openTest(t, t.TempDir())
	out := t.TempDir()
	must(t, a.Export(testContext(t), a.Home(), out))
	before, err := os.ReadFile(filepath.Join(out, "board.json"))
	must(t, err)
	newText(t, a, a.Home(), board.Point{}, "new")
	err = a.Export(testContext(t), a.Home(), out)
	var full *NotEmptyError
	if !errors.As(err, &full) || !strings.Contains(Sentence(err), out) {
		t.Errorf("got %v: %q", err, Sentence(err))
	}
	after, err := os.ReadFile(filepath.Join(out, "board.json"))
	if err != nil || string(before) != string(after) {
		t.Errorf("it was changed: %v", err)
	}
}

func TestExportSaysWhatIsMissing(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	newText(t, a, on, board.Point{}, "here")
	_, err := a.pinLinks(testContext(t), on, board.Point{}, []share.Link{{Document: a.NewID(), Kind: cards.KindText}, {Document: a.NewID(), Kind: cards.KindBoard}})
	must(t, err)
	_, err = a.pinNew(testContext(t), on, board.Point{}, "", cards.KindFile, cards.NewFile(cards.File{Title: "lost", Blob: strings.Repeat("0", 64)}))
	must(t, err)
	out := t.TempDir()
	if err := a.Export(testContext(t), on, out); !errors.Is(err, ErrAbsent) || !strings.Contains(Sentence(err), "“lost”: the file behind this card is not") {
		t.Errorf("got %v: %q", err, Sentence(err))
	}
	problems := 0
	for _, c := range readExport(t, filepath.Join(out, "board.json")).Cards {
		if c.Problem != "" {
			problems++
		}
	}
	if _, err := os.Stat(filepath.Join(out, "here.md")); err != nil || problems != 3 {
		t.Errorf("%d problems, %v", problems, err)
	}
	if err := a.Export(testContext(t), a.NewID(), filepath.Join(out, "x")); !errors.Is(err, ErrAbsent) {
		t.Errorf("a board that is not here: %v", err)
	}
}

// Who is given the folder, or the double of a card, has the file and not what
// opens it where others keep it.
func TestKeysOfFilesStayInTheirDocument(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	key := strings.Repeat("5ec2", 16)
	id, err := a.pinNew(testContext(t), on, board.Point{}, "", cards.KindFile, cards.NewFile(cards.File{
		Title: "shared", Blob: strings.Repeat("0", 64), Key: cards.Secret(key), Pieces: strings.Repeat("1eaf", 16),
	}))
	must(t, err)
	doubles, err := a.Duplicate(on, []board.CardID{id}, board.Point{X: 10})
	must(t, err)
	if f := fileOn(t, a, on, id); string(f.Key) != key {
		t.Error("the document lost its key")
	}
	if f := fileOn(t, a, on, doubles[0]); f.Key != "" || f.Pieces == "" {
		t.Errorf("the double is %+v", f)
	}
	out := t.TempDir()
	if err := a.Export(testContext(t), on, out); err == nil {
		t.Error("a missing file was not said")
	}
	text, err := os.ReadFile(filepath.Join(out, "board.json"))
	must(t, err)
	if strings.Contains(string(text), key) || !strings.Contains(string(text), "1eaf") {
		t.Errorf("exported: %s", text)
	}
}
