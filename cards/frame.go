package cards

import (
	"fmt"

	"corkboard/doc"
)

// Slots of a frame. That there is a slotFrame tells what the document is.
const (
	slotFrame = "frame"
	maxFrame  = 200 // letters of a title
)

var (
	framePath      = doc.At(slotFrame)
	frameTitlePath = doc.At("title")
)

// Frame is a titled area of a board.
type Frame struct {
	Title  string // one line; may be empty
	Colour string // #rrggbb in lower case, or "" for none of its own
}

// FrameCodec reads frames: {title: string, frame: string}, the latter a colour.
type FrameCodec struct{}

// Decode implements doc.Codec.
func (FrameCodec) Decode(src doc.Source) Frame { return Frame(headAt(src, framePath)) }

// Update implements doc.Codec.
func (FrameCodec) Update(prev Frame, touched []doc.Path, src doc.Source) Frame {
	return Frame(head(prev).update(touched, src, framePath))
}

// NewFrame is the first change of a frame.
func NewFrame(f Frame) []doc.Edit { return head(f).edits(framePath) }

// CardTitle implements Titled.
func (f Frame) CardTitle() string { return f.Title }

// NameFrame gives a frame another title.
type NameFrame struct{ Title string }

// Plan implements doc.Command.
func (c NameFrame) Plan(f Frame) (doc.Plan, error) { return rename("Rename frame", f.Title, c.Title) }

// PaintFrame gives a frame a colour, "#rrggbb"; "" takes it away.
type PaintFrame struct{ Colour string }

// Plan implements doc.Command; doc.ErrBadEdit when Colour is no colour.
func (c PaintFrame) Plan(f Frame) (doc.Plan, error) {
	return repaint("Change frame colour", framePath, f.Colour, c.Colour)
}

// head is what frames and columns have alike; where the colour is differs.
type head struct {
	Title  string
	Colour string
}

func headAt(src doc.Source, colour doc.Path) head {
	v, _ := src.Value(frameTitlePath)
	return head{Title: oneLine(stringOf(v), maxFrame), Colour: colourAt(src, colour)}
}

func (h head) update(touched []doc.Path, src doc.Source, colour doc.Path) head {
	if touches(touched, frameTitlePath) || touches(touched, colour) {
		return headAt(src, colour)
	}
	return h
}

func (h head) edits(colour doc.Path) []doc.Edit {
	return []doc.Edit{
		doc.Put{Path: frameTitlePath, Value: oneLine(h.Title, maxFrame)},
		doc.Put{Path: colour, Value: h.Colour},
	}
}

// rename puts another title into a frame or a column.
func rename(label, was, title string) (doc.Plan, error) {
	if title = oneLine(title, maxFrame); title == was {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: label, Edits: []doc.Edit{doc.Put{Path: frameTitlePath, Value: title}}}, nil
}

// repaint puts another colour there. The slot stays: it tells what the document is.
func repaint(label string, at doc.Path, was, colour string) (doc.Plan, error) {
	now := cleanColour(colour)
	switch {
	case now == "" && colour != "":
		return doc.Plan{}, fmt.Errorf("colour %.20q: %w", colour, doc.ErrBadEdit)
	case now == was:
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: label, Edits: []doc.Edit{doc.Put{Path: at, Value: now}}}, nil
}
