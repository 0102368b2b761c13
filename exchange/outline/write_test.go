package outline

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/exchange"
)

func TestPagesInReadingOrder(t *testing.T) {
	tree := &exchange.Tree{}
	tree.AddBoard(exchange.Board{Title: "Trip"})
	tree.AddBoard(exchange.Board{Title: "Rome / Naples"})
	below := tree.Add(exchange.Document{Kind: cards.KindText, Text: "below\n"})
	first := tree.Add(exchange.Document{Kind: cards.KindText, Text: "first"})
	pic := tree.Add(exchange.Document{Kind: cards.KindImage, Title: "A [map]", File: "A map.png"})
	lost := tree.Add(exchange.Document{Kind: cards.KindFile, Title: "lost", File: "lost.bin", Missing: true})
	paper := tree.Add(exchange.Document{Kind: cards.KindPDF, Title: "paper", File: "paper.pdf"})
	at := func(x, y float64, of exchange.Ref) exchange.Card {
		return exchange.Card{Of: of, Drawn: board.Rect{X: x, Y: y, W: 100, H: 100}}
	}
	tree.Boards[0].Cards = []exchange.Card{at(0, 400, below), at(300, 0, pic), at(0, 0, first), at(300, 400, exchange.Ref{Board: true, N: 1})}
	tree.Boards[1].Cards = []exchange.Card{at(0, 0, lost), at(300, 0, paper)}
	dir := t.TempDir()
	to, err := exchange.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	problems, err := Write(t.Context(), tree, to, func(_ context.Context, d *exchange.Document, to io.Writer) error {
		if d.Title == "paper" {
			return broken
		}
		_, err := io.WriteString(to, "png")
		return err
	}, func(int, int) {})
	if err != nil || len(problems) != 1 || !errors.Is(problems[0], broken) {
		t.Errorf("%v, %v", problems, err)
	}
	for name, want := range map[string]string{
		"Trip.md":          "# Trip\n\nfirst\n\n---\n\n![A \\[map\\]](files/A%20map.png)\n\n---\n\nbelow\n\n---\n\n[Rome / Naples](Rome%20-%20Naples.md)\n",
		"Rome - Naples.md": "# Rome / Naples\n\n*lost* is not here.\n\n---\n\n*paper* is not here.\n",
	} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(b) != want {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
}
