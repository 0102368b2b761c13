package hand

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/e2e/person"
	"corkboard/share"
)

// The board of a seed: a loose grid of ten cards a row, four rows, free room
// for the hand, two rows more.
const (
	seedCards  = 60
	seedPerRow = 10
	seedUpper  = 4
	seedAt     = 80   // of the first card
	seedAcross = 240  // from card to card
	seedDown   = 200  // from row to row
	seedLower  = 1240 // where the rows below the free room begin
)

// Cards of their own kind, by number; the others are notes, lists and pictures.
const (
	seedCrimson = 22 // the two pictures that tell where the camera is
	seedInside  = 25 // the nested board
	seedPaper   = 27
	seedLong    = 30 // more text than it shows
	seedTeal    = 34
	seedArchive = 38
)

// insideTitle names the nested board.
const insideTitle = "Inside"

// seedSizes are those of the cards by kind.
var seedSizes = map[string]board.Size{
	cards.KindText: {W: 180, H: 120}, cards.KindTodo: {W: 180, H: 120}, cards.KindImage: {W: 160, H: 120},
	cards.KindBoard: {W: 200, H: 160}, cards.KindPDF: {W: 100, H: 160}, cards.KindFile: {W: 180, H: 80},
}

// seedPlace is where a card lies: on the grid, not quite in line.
func seedPlace(i int) board.Point {
	column, row := i%seedPerRow, i/seedPerRow
	at := board.Point{X: float64(seedAt + column*seedAcross), Y: float64(seedAt + row*seedDown)}
	if row >= seedUpper {
		at.Y = float64(seedLower + (row-seedUpper)*seedDown)
	}
	switch i {
	case seedCrimson, seedTeal, seedInside:
		return at
	}
	return at.Add(board.Point{X: float64(i*7%3-1) * board.Grid, Y: float64(i*5%3-1) * board.Grid})
}

// seed fills the profile of a person without a window: the same cards each
// time. theme is that of the window.
func seed(p *person.Person, theme string) {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.T.Context(), time.Minute)
	defer cancel()
	a, err := app.Open(ctx, app.Options{
		Profile: p.Profile, Log: slog.New(slog.DiscardHandler),
		Rand: rand.NewChaCha8([32]byte{1}),
		Now:  func() time.Time { return time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC) },
	})
	p.Must(err)
	a.UpdateDevice(func(d *app.Device) { d.Theme = theme })
	p.Must(errors.Join(plant(ctx, p, a), a.Close(ctx)))
}

// plant puts the cards on Home. Its first card of a new profile goes.
func plant(ctx context.Context, p *person.Person, a *app.App) error {
	live := doc.Open(a.Docs(), a.Home(), cards.KindBoard, board.Codec{})
	defer live.Close()
	var pins []board.Pin
	var frames []board.Frame
	for i := range seedCards {
		at := seedPlace(i)
		if name, content := fileOf(p, i); name != "" {
			id, err := a.ImportBytes(ctx, a.Home(), at, name, content)
			if err != nil {
				return err
			}
			frames = append(frames, board.Frame{ID: id, Rect: board.RectAt(at, seedSizes[kindOf(i)])})
			continue
		}
		pin, err := pinOf(ctx, a, i)
		if err != nil {
			return err
		}
		pins = append(pins, pin)
	}
	return errors.Join(
		live.Do(board.AddCards{Cards: pins}).Wait(ctx),
		live.Do(board.ResizeCards{Frames: frames}).Wait(ctx),
		live.Do(board.RemoveCards{IDs: []board.CardID{"welcome"}}).Wait(ctx),
	)
}

func kindOf(i int) cards.Kind {
	switch i {
	case seedInside:
		return cards.KindBoard
	case seedPaper:
		return cards.KindPDF
	case seedArchive:
		return cards.KindFile
	}
	return [...]cards.Kind{cards.KindText, cards.KindTodo, cards.KindImage, cards.KindText, cards.KindImage}[i%5]
}

// titleOf is the title of a card by its number.
func titleOf(i int) string {
	switch kindOf(i) {
	case cards.KindText:
		return fmt.Sprintf("Note %02d", i)
	case cards.KindTodo:
		return fmt.Sprintf("List %02d", i)
	case cards.KindBoard:
		return insideTitle
	case cards.KindPDF:
		return fmt.Sprintf("Paper %02d", i)
	case cards.KindFile:
		return fmt.Sprintf("Archive %02d", i)
	}
	return fmt.Sprintf("Picture %02d", i)
}

// fileOf is the file that a card is made of; the name is "" for others.
func fileOf(p *person.Person, i int) (name string, content []byte) {
	switch title := titleOf(i); kindOf(i) {
	case cards.KindImage:
		return title + ".png", person.PNG(p.T, person.Plain(colorOf(i), 400, 300))
	case cards.KindPDF:
		return title + ".pdf", person.PDF("A paper", "Its second page")
	case cards.KindFile:
		return title + ".zip", []byte("PK\x05\x06" + string(make([]byte, 18)))
	}
	return "", nil
}

// colorOf is the colour of a picture: sand, since nothing else is, but for the
// two that tell where the camera is.
func colorOf(i int) color.RGBA {
	switch i {
	case seedCrimson:
		return person.Crimson
	case seedTeal:
		return person.Teal
	}
	return color.RGBA{uint8(190 + i*7%50), uint8(140 + i*11%50), uint8(70 + i*5%50), 0xff}
}

// pinOf makes the document of a card that has no file.
func pinOf(ctx context.Context, a *app.App, i int) (board.Pin, error) {
	kind, title := kindOf(i), titleOf(i)
	edits := cards.NewText("# " + title + "\nSomething to remember.")
	switch {
	case i == seedLong:
		edits = cards.NewText("# " + title + "\n" + strings.Repeat("A line that goes on and on.\n\n", 30))
	case kind == cards.KindTodo:
		edits = cards.NewTodo(title, cards.NewItem{ID: "a", Text: "First"}, cards.NewItem{ID: "b", Text: "Second", Done: true})
	case kind == cards.KindBoard:
		edits = board.Create(title, "")
	}
	id, made := a.NewDocument(kind, edits)
	pin := board.Pin{
		ID: a.NewCardID(), Link: share.Link{Document: id, Kind: kind},
		At: seedPlace(i), Size: seedSizes[kind],
	}
	return pin, made.Wait(ctx)
}
