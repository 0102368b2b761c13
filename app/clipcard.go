package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"corkboard/app/clipper"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// cardOf is what a clip becomes: a kind of document with its first change, and the size of its
// card. What the browser sent of an image is stored before. Errors: those of blobs.
func (a *App) cardOf(ctx context.Context, c clipper.Clip) (kind string, edits []doc.Edit, size board.Size, err error) {
	switch {
	case c.Kind == clipper.Selection:
		text := quoted(c)
		size = board.Size{W: inboxWidth, H: min(textHeight(text, inboxWidth), inboxHigh)}
		return cards.KindText, cards.NewText(text), size, nil
	case c.Kind == clipper.Image && len(c.Data) > 0:
		return a.imageOf(ctx, c)
	}
	edits = cards.NewURL(c.Address)
	if c.Kind == clipper.Page {
		edits = append(edits, cards.NameURL(c.Title)...)
	}
	return cards.KindURL, edits, board.Size{}, nil
}

// imageOf stores an image. What is none is kept as the file that it is.
func (a *App) imageOf(ctx context.Context, c clipper.Clip) (kind string, edits []doc.Edit, size board.Size, err error) {
	blob, n, err := a.blobs.Put(ctx, bytes.NewReader(c.Data))
	if err != nil {
		return "", nil, size, fmt.Errorf("storing an image: %w", err)
	}
	name := c.Name
	if strings.TrimSpace(name) == "" {
		name = c.Title
	}
	f, err := a.describe(ctx, name, blob, n)
	if err != nil {
		return "", nil, size, err
	}
	f.Caption = strings.TrimSpace(cards.CleanName(c.Title) + "\n" + c.Source)
	if f.Width > 0 && f.Height > 0 {
		scale := min(inboxWidth/float64(f.Width), inboxHigh/float64(f.Height))
		size = board.Size{W: float64(f.Width) * scale, H: float64(f.Height) * scale}
		if f.Caption != "" {
			size.H += captionRoom
		}
	}
	return f.Kind(), cards.NewFile(f), size, nil
}

// hardBreak at the end of a line keeps the next one on a line of its own.
const hardBreak = "  "

// captionRoom is how high the caption of a clipped image is, in board units.
const captionRoom = 3 * board.Grid

// quoted is a selection as a quotation, with where it is from.
func quoted(c clipper.Clip) string {
	var b strings.Builder
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(c.Text, "\r\n", "\n")), "\n")
	for i, line := range lines {
		line = strings.TrimRight("> "+strings.TrimRight(line, " \t\r"), " ")
		if line != ">" && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
			line += hardBreak
		}
		b.WriteString(line + "\n")
	}
	title := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(cards.CleanName(c.Title))
	switch {
	case c.Address == "" && title != "":
		b.WriteString("\n" + title + "\n")
	case c.Address != "" && title == "":
		b.WriteString("\n<" + c.Address + ">\n")
	case c.Address != "":
		b.WriteString("\n[" + title + "](<" + c.Address + ">)\n")
	}
	return b.String()
}
