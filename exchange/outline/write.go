package outline

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/exchange"
)

// filesFolder is where files lie, beside the pages.
const filesFolder = "files"

// between stands between two things on a page.
const between = "\n---\n\n"

// Write writes a tree: each board a page, files beside. A file that cannot be had is named
// on the page, and why it cannot is among the problems. Errors: those of the Sink, the
// context's.
func Write(ctx context.Context, t *exchange.Tree, to exchange.Sink, files exchange.Files, tell exchange.Progress) (problems []error, err error) {
	names, folder := exchange.Names{filesFolder: true}, exchange.Names{}
	w := writer{tree: t, pages: make([]string, len(t.Boards)), files: make([]string, len(t.Documents))}
	for i := range t.Boards {
		w.pages[i] = names.Take(exchange.FileName(w.title(i), "md"))
	}
	total := len(t.Documents) + len(t.Boards)
	for i := range t.Documents {
		tell(i, total)
		d := &t.Documents[i]
		if d.File == "" || d.Missing {
			continue
		}
		name := path.Join(filesFolder, folder.Take(d.File))
		problem, err := exchange.CopyFile(to, name, func(f io.Writer) error { return files(ctx, d, f) })
		switch {
		case err != nil:
			return problems, err
		case ctx.Err() != nil:
			return problems, ctx.Err()
		case problem != nil:
			problems = append(problems, problem)
		default:
			w.files[i] = name
		}
	}
	for i := range t.Boards {
		tell(len(t.Documents)+i, total)
		if err := ctx.Err(); err != nil {
			return problems, err
		}
		if err := exchange.WriteFile(to, w.pages[i], []byte(w.page(i))); err != nil {
			return problems, err
		}
	}
	return problems, nil
}

type writer struct {
	tree  *exchange.Tree
	pages []string // by board
	files []string // by document; "" for none
}

func (w *writer) title(n int) string {
	if s := cards.CleanName(w.tree.Boards[n].Title); s != "" {
		return s
	}
	return cards.TitleOf(cards.KindBoard, nil)
}

// page is a board as Markdown.
func (w *writer) page(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", w.title(n))
	for i, c := range w.reading(&w.tree.Boards[n]) {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(strings.TrimRight(w.says(c.Of), "\n") + "\n")
	}
	return b.String()
}

func (w *writer) says(ref exchange.Ref) string {
	if ref.Board {
		return link(w.title(ref.N), w.pages[ref.N])
	}
	d := &w.tree.Documents[ref.N]
	switch name := w.files[ref.N]; {
	case name == "" && d.File != "":
		return "*" + d.Title + "* is not here."
	case name == "":
		return d.Text
	case d.Kind == cards.KindImage:
		return "!" + link(d.Title, name)
	default:
		return link(d.File, name)
	}
}

// link leads to a file beside.
func link(words, name string) string {
	words = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(words)
	return fmt.Sprintf("[%s](%s)", words, (&url.URL{Path: name}).EscapedPath())
}

// reading is the cards of a board in the order in which a person reads them.
func (w *writer) reading(b *exchange.Board) []exchange.Card {
	at := map[board.CardID]exchange.Card{}
	laid := &board.Board{}
	ids := map[board.CardID]board.CardID{}
	for i, c := range b.Cards {
		id := board.CardID(fmt.Sprintf("%08d", i))
		at[id], ids[c.ID] = c, id
		card := &board.Card{ID: id, At: c.Drawn.Min(), Size: c.Drawn.Size()}
		if !c.Of.Board {
			card.Link.Kind = w.tree.Documents[c.Of.N].Kind
		}
		laid.Cards = append(laid.Cards, card)
	}
	for i, c := range b.Cards {
		if to := ids[c.In]; c.In != "" && to != laid.Cards[i].ID {
			laid.Cards[i].In, laid.Cards[i].Order = to, c.Order
		}
	}
	slices.SortFunc(laid.Cards, func(x, y *board.Card) int { return cmp.Compare(x.ID, y.ID) })
	l := board.NewLayout(nil)
	l.Set(laid)
	out := make([]exchange.Card, 0, len(b.Cards))
	for _, c := range l.Reading() {
		out = append(out, at[c.ID])
	}
	return out
}
