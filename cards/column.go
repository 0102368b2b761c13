package cards

import "corkboard/doc"

// slotColumn tells what the document is, as slotFrame does.
const slotColumn = "column"

var columnPath = doc.At(slotColumn)

// Column is the head of a column of a board. What is in it stands on the cards of the
// board.
type Column struct {
	Title  string // one line; may be empty
	Colour string // #rrggbb in lower case, or "" for none of its own
}

// ColumnCodec reads columns: {title: string, column: string}, the latter a colour.
type ColumnCodec struct{}

// Decode implements doc.Codec.
func (ColumnCodec) Decode(src doc.Source) Column { return Column(headAt(src, columnPath)) }

// Update implements doc.Codec.
func (ColumnCodec) Update(prev Column, touched []doc.Path, src doc.Source) Column {
	return Column(head(prev).update(touched, src, columnPath))
}

// NewColumn is the first change of a column.
func NewColumn(c Column) []doc.Edit { return head(c).edits(columnPath) }

// CardTitle implements Titled.
func (c Column) CardTitle() string { return c.Title }

// NameColumn gives a column another title.
type NameColumn struct{ Title string }

// Plan implements doc.Command.
func (c NameColumn) Plan(was Column) (doc.Plan, error) {
	return rename("Rename column", was.Title, c.Title)
}

// PaintColumn gives a column a colour, "#rrggbb"; "" takes it away.
type PaintColumn struct{ Colour string }

// Plan implements doc.Command; doc.ErrBadEdit when Colour is no colour.
func (c PaintColumn) Plan(was Column) (doc.Plan, error) {
	return repaint("Change column colour", columnPath, was.Colour, c.Colour)
}
