package drawing

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/renderers"
	"corkboard/share"
)

func id(n byte) doc.ID { return doc.NewID([32]byte{n}) }

// world is a board with a note, a list, a picture, a nested board that leads back, and a
// note in letters that the fonts lack.
func world(t *testing.T) *renderers.Env {
	t.Helper()
	s := doctest.NewStore()
	make := func(n byte, edits []doc.Edit) {
		t.Helper()
		if err := s.Create(id(n), edits).Applied(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	pinned := func(n byte, title string, pins ...board.Pin) {
		t.Helper()
		edits := board.Create(title, "")
		root := doc.NewTree(nil)
		if _, err := root.Apply(edits); err != nil {
			t.Fatal(err)
		}
		p, err := board.AddCards{Cards: pins}.Plan(board.Codec{}.Decode(root))
		if err != nil {
			t.Fatal(err)
		}
		edits = append(edits, p.Edits...)
		if len(pins) > 3 {
			edits = append(edits, doc.Put{Path: doc.At("connector:k"), Value: board.Connector{From: "2", To: "3", Label: "pack it", Heads: board.HeadTo}.Value()})
		}
		make(n, edits)
	}
	make(2, cards.NewText("# Plan\nSee [the site](https://example.org/x) & <all>, **efficient**."))
	make(3, cards.NewTodo("Pack", cards.NewItem{ID: "a", Text: "Tickets", Done: true}))
	make(4, cards.NewFile(cards.File{Title: "red", Extension: "png", MIME: "image/png", Blob: strings.Repeat("0", 64), Width: 40, Height: 20}))
	make(6, cards.NewText("[bad](javascript:alert)"))
	pin := func(n byte, kind string, x, y float64) board.Pin {
		return board.Pin{ID: board.CardID(fmt.Sprint(n)), Link: share.Link{Document: id(n), Kind: kind}, At: board.Point{X: x, Y: y}}
	}
	pinned(1, "Trip (Rome) \\ ü", pin(2, cards.KindText, 0, 0), pin(3, cards.KindTodo, 400, 0), pin(4, cards.KindImage, 0, 300), pin(5, cards.KindBoard, 400, 300), pin(9, cards.KindText, 800, 0))
	pinned(5, "Inner", pin(6, cards.KindText, 0, 0), pin(1, cards.KindBoard, 0, 200))
	return &renderers.Env{
		Docs: s, Registry: renderers.NewRegistry(), Dark: func() bool { return false },
		Sentence: func(err error) string { return err.Error() },
		Now:      func() time.Time { return time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) },
		Fetch: func(context.Context, renderers.Picture) (*image.RGBA, error) {
			m := image.NewRGBA(image.Rect(0, 0, 40, 20))
			for i := 0; i < len(m.Pix); i += 4 {
				m.Pix[i], m.Pix[i+3] = 255, 255
			}
			return m, nil
		},
	}
}

func TestAPictureShowsTheBoard(t *testing.T) {
	env := world(t)
	var out bytes.Buffer
	if err := PNG(t.Context(), env, id(1), 1, &out); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if c := color.RGBAModel.Convert(m.At(40+20, 40+300+15)).(color.RGBA); c != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("where the picture is, there is %v", c)
	}
	ground, inked := m.At(5, 5), false
	for y := range 40 { // between the note and the list
		inked = inked || m.At(40+310, 40+30+y) != ground
	}
	if !inked {
		t.Error("the picture has no line between the note and the list")
	}
	var large bytes.Buffer
	if err := PNG(t.Context(), env, id(1), 1000, &large); err != nil {
		t.Fatal(err)
	}
	cfg, err := png.DecodeConfig(&large)
	if err != nil || cfg.Width*cfg.Height > renderers.MaxDrawnPixels*101/100 {
		t.Errorf("%d × %d pixels, %v", cfg.Width, cfg.Height, err)
	}
}

func TestADrawingHoldsTextAndPictures(t *testing.T) {
	var out bytes.Buffer
	if err := SVG(t.Context(), world(t), id(1), &out); err != nil {
		t.Fatal(err)
	}
	s := out.String()
	for d := xml.NewDecoder(strings.NewReader(s)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
	for _, want := range []string{">Plan<", ">efficient<", "&lt;all&gt;", ">Tickets<", ">pack<", `stroke-linecap="round"`, `href="https://example.org/x"`, "data:image/png;base64,"} {
		if !strings.Contains(s, want) {
			t.Errorf("there is no %s in %.3000s", want, s)
		}
	}
}

// TestPagesAreWellFormed holds a PDF against its own table of objects and its links.
func TestPagesAreWellFormed(t *testing.T) {
	var out bytes.Buffer
	if err := PDF(t.Context(), world(t), id(1), &out, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	s := out.String()
	from := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindStringSubmatch(s)
	if from == nil {
		t.Fatal("there is no end")
	}
	at, _ := strconv.Atoi(from[1])
	rows := strings.Split(s[at:], "\n")
	n := 0
	for i, row := range rows[3:] {
		if !strings.HasSuffix(row, " n ") {
			break
		}
		n++
		begin, _ := strconv.Atoi(row[:10])
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !strings.HasPrefix(s[begin:], want) {
			t.Errorf("object %d is not at %d: %.20q", i+1, begin, s[begin:])
		}
	}
	if n < 10 || strings.Count(s, "/Type /Page ") != 2 {
		t.Errorf("%d objects, %d pages", n, strings.Count(s, "/Type /Page "))
	}
	if strings.Count(s, "/URI (https://example.org/x)") != 1 || strings.Contains(s, "javascript") || strings.Count(s, "/Dest [") != 2 {
		t.Errorf("the links are wrong")
	}
}

func TestABoardThatIsNotHereIsAnError(t *testing.T) {
	env := world(t)
	for name, err := range map[string]error{
		"png": PNG(t.Context(), env, id(99), 1, io.Discard),
		"svg": SVG(t.Context(), env, id(99), io.Discard),
		"pdf": PDF(t.Context(), env, id(99), io.Discard, func(int, int) {}),
	} {
		if err == nil {
			t.Errorf("%s was drawn", name)
		}
	}
}
