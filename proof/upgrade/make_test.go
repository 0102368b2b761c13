package upgrade

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/share"
)

// newest is the format that this program writes.
const newest = "format-2"

var freeze = flag.Bool("make", false, "write testdata/"+newest+", if it is not there")

// pdf is a page with some words.
const pdf = `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 39 >>
stream
BT /F 12 Tf 20 50 Td (Words of it) Tj ET
endstream
endobj
trailer
<< /Root 1 0 R >>
`

// TestMake writes a profile with a card of every kind, files, groups, connectors, steps that can be
// undone, and a board that is shared with somebody who has written on it.
func TestMake(t *testing.T) {
	if !*freeze {
		t.Skip("with -make it writes " + newest)
	}
	to := filepath.Join("testdata", newest)
	if _, err := os.Stat(to); err == nil {
		t.Fatalf("%s is there: it stays as it is", to)
	}
	dir := filepath.Join(t.TempDir(), "ada")
	a, b := opened(t, dir), opened(t, t.TempDir())
	must(t, a.SetProfile(t.Context(), "Ada", [3]byte{0x33, 0x66, 0x99}))
	must(t, b.SetProfile(t.Context(), "Ben", [3]byte{0x99, 0x66, 0x33}))
	on := everyKind(t, a)
	together(t, a, b)
	pin(t, a, a.Home(), cards.KindBoard, on, board.Point{X: 600})
	must(t, a.Flush(t.Context()))
	list := listing(t, a)
	for _, want := range []string{" Ada a owner=true", " Ben w owner=false", "undo " + string(on)} {
		if !strings.Contains(strings.Join(list, "\n"), want) {
			t.Fatalf("%s\nhas no %q", strings.Join(list, "\n"), want)
		}
	}
	closed(t, a)
	must(t, os.MkdirAll("testdata", 0o755))
	must(t, os.CopyFS(to, os.DirFS(dir)))
	must(t, os.WriteFile(to+".txt", []byte(strings.Join(list, "\n")+"\n"), 0o644))
}

// everyKind is a board with a card of every kind, and another board on it.
func everyKind(t *testing.T, a *app.App) doc.ID {
	t.Helper()
	on := made(t, a, cards.KindBoard, board.Create("Trip: Rome/Naples", "#aabbcc"))
	at := func(n int) board.Point { return board.Point{X: float64(n%5) * 320, Y: float64(n/5) * 300} }
	inner := made(t, a, cards.KindBoard, board.Create("Hotels", ""))
	note := made(t, a, cards.KindText, cards.NewText("# Plan\ngo, and *stay* — für immer"))
	var ids []board.CardID
	for i, c := range []struct {
		kind string
		id   doc.ID
	}{
		{cards.KindText, note},
		{cards.KindTodo, made(t, a, cards.KindTodo, cards.NewTodo("Pack", cards.NewItem{ID: "a", Text: "Tickets", Done: true}, cards.NewItem{ID: "b", Text: "Socks"}))},
		{cards.KindThread, made(t, a, cards.KindThread, cards.NewThread("Where to?"))},
		{cards.KindURL, made(t, a, cards.KindURL, cards.NewURL("https://example.org/rome"))},
		{cards.KindBoard, inner},
		{cards.KindFrame, made(t, a, cards.KindFrame, cards.NewFrame(cards.Frame{Title: "Days"}))},
		{cards.KindInk, made(t, a, cards.KindInk, cards.NewInk(cards.Ink{Points: []cards.InkPoint{{X: 1, Y: 2}, {X: 30, Y: 40}}, W: 50, H: 60, Pen: 3}))},
		{cards.KindContact, made(t, a, cards.KindContact, cards.NewContact(cards.Contact{Person: a.PersonID(), Name: "Ada", Colour: "#336699"}))},
		{cards.KindDevice, made(t, a, cards.KindDevice, cards.NewDevice(cards.Device{Device: "d", Person: a.PersonID(), Name: "Laptop"}))},
		{cards.KindStorage, made(t, a, cards.KindStorage, cards.NewStoragePeer(cards.StoragePeer{Device: "s", Name: "example.org:4001"}))},
	} {
		ids = append(ids, pin(t, a, on, c.kind, c.id, at(i)))
	}
	for i, name := range []string{"sky.png", "words.pdf", "tone.ogg", "film.mp4", "archive.zip"} {
		id, err := a.ImportBytes(t.Context(), on, at(10+i), name, sample(t, name))
		must(t, err)
		ids = append(ids, id)
	}
	pin(t, a, inner, cards.KindBoard, on, board.Point{}) // a circle
	onBoard(t, a, on, board.Connect{Connectors: []board.Connector{{ID: "line", From: ids[0], To: ids[1], Label: "first"}}})
	onBoard(t, a, on, board.GroupCards{IDs: ids[:3], Group: "group-1"})
	onBoard(t, a, on, board.LockCards{IDs: ids[3:4], Locked: true})
	onBoard(t, a, on, board.MoveCards{IDs: ids[4:5], By: board.Point{X: 7.5, Y: -3}})
	text := doc.Open[cards.Text](a.Docs(), note, cards.KindText, cards.TextCodec{})
	defer text.Close()
	now := doctest.AwaitState(t, text, doc.Ready).Value.Text
	must(t, text.Do(cards.EditText{Was: now, Now: now + "\nand back"}).Wait(t.Context()))
	onKinds(t, a, on)
	return on
}

// onKinds fails unless a board has a card of every kind that there is.
func onKinds(t *testing.T, a *app.App, on doc.ID) {
	t.Helper()
	have := map[string]bool{}
	for _, c := range read(t, a, on).Cards {
		have[c.Link.Kind] = true
	}
	for _, info := range cards.Catalog {
		if !have[info.Kind] {
			t.Errorf("no card of kind %s", info.Kind)
		}
	}
}

// together shares a board of a's with b, and both write on it.
func together(t *testing.T, a, b *app.App) {
	t.Helper()
	old := made(t, a, cards.KindBoard, board.Create("Together", ""))
	pin(t, a, old, cards.KindText, made(t, a, cards.KindText, cards.NewText("from Ada")), board.Point{})
	pin(t, a, a.Home(), cards.KindBoard, old, board.Point{X: 900})
	id, err := a.Share(t.Context(), old)
	must(t, err)
	link, err := a.CopyLink(t.Context(), id, share.Write)
	must(t, err)
	_, err = b.Join(t.Context(), link)
	must(t, err)
	meet(t, a, b)
	within(t, "what Ada wrote", func() bool { return strings.Contains(texts(b, id), "from Ada") })
	_, err = b.Paste(t.Context(), id, board.Point{X: 400}, "from Ben", true)
	must(t, err)
	within(t, "what Ben wrote", func() bool { return strings.Contains(texts(a, id), "from Ben") })
	within(t, "their names", func() bool {
		names := ""
		for _, m := range a.Sharing(id).Members {
			names += m.Name
		}
		return names == "AdaBen"
	})
}

func meet(t *testing.T, a, b *app.App) {
	t.Helper()
	within(t, "addresses", func() bool { return len(a.Addresses()) > 0 && len(b.Addresses()) > 0 })
	must(t, a.DialManually(t.Context(), b.Addresses()[0]))
}

func made(t *testing.T, a *app.App, kind string, edits []doc.Edit) doc.ID {
	t.Helper()
	id, r := a.NewDocument(kind, edits)
	must(t, r.Wait(t.Context()))
	return id
}

func pin(t *testing.T, a *app.App, on doc.ID, kind string, what doc.ID, at board.Point) board.CardID {
	t.Helper()
	id := a.NewCardID()
	link := share.Link{Document: what, Kind: kind}
	onBoard(t, a, on, board.AddCards{Cards: []board.Pin{{ID: id, Link: link, At: at}}})
	return id
}

// sample is a small file by its name.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	switch name {
	case "sky.png":
		m := image.NewRGBA(image.Rect(0, 0, 60, 40))
		for i := range 60 * 40 {
			m.SetRGBA(i%60, i/60, color.RGBA{uint8(4 * (i % 60)), uint8(6 * (i / 60)), 200, 255})
		}
		var b bytes.Buffer
		must(t, png.Encode(&b, m))
		return b.Bytes()
	case "words.pdf":
		return []byte(pdf)
	case "archive.zip":
		return append([]byte("PK\x05\x06"), make([]byte, 18)...)
	}
	for _, of := range []string{"sound", "film"} {
		if b, err := os.ReadFile(filepath.Join("../../media", of, "testdata", name)); err == nil {
			return b
		}
	}
	t.Fatal(fmt.Errorf("no sample %s", name))
	return nil
}
