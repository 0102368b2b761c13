package cards

import (
	"strings"

	"corkboard/doc"
)

var textPath = doc.At("text")

// Text is a text card: Markdown source.
type Text struct {
	Text string

	merges bool // the slot holds a Text
}

// TextCodec reads text cards: {text: Text}. A string register is accepted too.
type TextCodec struct{}

// Decode implements doc.Codec.
func (TextCodec) Decode(src doc.Source) Text {
	s, merges := readText(src, textPath)
	return Text{Text: s, merges: merges}
}

// Update implements doc.Codec.
func (c TextCodec) Update(prev Text, touched []doc.Path, src doc.Source) Text {
	if !touches(touched, textPath) {
		return prev
	}
	return c.Decode(src)
}

// NewText is the first change of a text card.
func NewText(text string) []doc.Edit {
	return []doc.Edit{doc.Put{Path: textPath, Value: doc.Text(text)}}
}

// EditText is typing: the editor showed Was and shows Now. Plans of one
// Gesture are one undo step.
type EditText struct {
	Was, Now string
	Gesture  string
}

// Plan implements doc.Command; ErrNothing when Was is Now.
func (c EditText) Plan(t Text) (doc.Plan, error) {
	edits, err := planText(textPath, c.Was, c.Now, t.Text, t.merges)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "typing", Gesture: c.Gesture, Edits: edits}, nil
}

// SpliceText is typing of which it is known where it goes: a change of the
// present text, in the form that doc.Transform takes.
type SpliceText struct {
	Change  []doc.Splice // paths do not matter
	Gesture string
}

// Plan implements doc.Command; ErrNothing without splices.
func (c SpliceText) Plan(t Text) (doc.Plan, error) {
	edits, err := planSplices(textPath, c.Change, t.Text, t.merges)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "typing", Gesture: c.Gesture, Edits: edits}, nil
}

// Empty reports whether there is nothing to read: such a card vanishes when
// its editor is left.
func (t Text) Empty() bool { return strings.TrimSpace(t.Text) == "" }

// Title is the first line that says something, without Markdown marks, at
// most MaxTitle runes.
func (t Text) Title() string { return markdownTitle(t.Text) }

// CardTitle implements Titled.
func (t Text) CardTitle() string { return t.Title() }
