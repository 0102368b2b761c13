package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// neutralBoards are the boards that other programs are measured with.
var neutralBoards = []int{1000, 4000, 10000}

// pictureFolder is beside the boards.
const pictureFolder = "pictures"

// neutral is a card as any program can show it. Places and sizes are board
// units, which are pixels at 100 %.
type neutral struct {
	Kind  string  `json:"kind"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	W     float64 `json:"w"`
	H     float64 `json:"h"`
	Text  string  `json:"text,omitempty"`
	Image string  `json:"image,omitempty"` // file, from the folder of the board
}

// writeBoards writes board_N.json and the pictures into a folder: the same
// cards, places and sizes as the boards that are measured here.
func writeBoards(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, pictureFolder), 0o755); err != nil {
		return err
	}
	for i := range bigFiles {
		s := spot{kind: cards.KindImage, serial: i}
		if err := os.WriteFile(filepath.Join(dir, pictureFolder, s.name()), s.file(), 0o644); err != nil {
			return err
		}
	}
	faces, shaper := renderers.NewRegistry(), paint.NewShaper()
	for _, n := range neutralBoards {
		perRow := bigPerRow
		if n == homeCards {
			perRow = homePerRow
		}
		list := make([]neutral, 0, n)
		for _, s := range layOut(n, perRow) {
			c, err := s.neutral(faces.Face(s.kind), shaper)
			if err != nil {
				return fmt.Errorf("a %s of the board of %d: %w", s.kind, n, err)
			}
			list = append(list, c)
		}
		b, err := json.MarshalIndent(list, "", " ")
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("board_%d.json", n)), append(b, '\n'), 0o644)
		}
		if err != nil {
			return fmt.Errorf("writing a board: %w", err)
		}
	}
	return nil
}

// neutral tells what the card shows and how large that is here.
func (s spot) neutral(face *renderers.Face, shaper *paint.Shaper) (neutral, error) {
	c := neutral{Kind: s.kind, X: s.at.X, Y: s.at.Y}
	var edits []doc.Edit
	switch s.kind {
	case cards.KindImage:
		s.serial %= bigFiles
		c.Image = pictureFolder + "/" + s.name()
		edits = cards.NewFile(cards.File{Width: pictureW, Height: pictureH})
	case cards.KindPDF, cards.KindFile:
		c.Text = s.name()
		edits = cards.NewFile(cards.File{Width: pdfW, Height: pdfH, Pages: 1})
	default:
		edits = s.edits()
	}
	tree := doc.NewTree(nil)
	if _, err := tree.Apply(edits); err != nil {
		return c, err
	}
	value := face.View.Decode(tree)
	w, h := face.Natural(shaper, value, 0)
	c.W, c.H = float64(w), float64(h)
	switch v := value.(type) {
	case cards.Text:
		c.Text = v.Text
	case cards.Todo:
		c.Text = v.Title
		for _, item := range v.Items {
			box := "☐ "
			if item.Done {
				box = "☑ "
			}
			c.Text += "\n" + box + item.Text
		}
	}
	if s.kind == cards.KindBoard {
		c.Text = fmt.Sprintf("Board %d", s.serial)
	}
	return c, nil
}
