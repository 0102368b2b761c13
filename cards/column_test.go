package cards

import (
	"errors"
	"testing"

	"corkboard/doc"
)

func TestColumns(t *testing.T) {
	checkCodec(t, ColumnCodec{}, NewColumn(Column{Title: "Ideas", Colour: "#d5e8e0"})...)
	tree := made(t, NewColumn(Column{Title: "To\nread"}))
	if c := (ColumnCodec{}).Decode(tree); c != (Column{Title: "To read"}) || c.CardTitle() != "To read" {
		t.Errorf("%+v", c)
	}
	if c := do(t, ColumnCodec{}, tree, NameColumn{"Read"}); c.Title != "Read" {
		t.Errorf("%+v", c)
	}
	if c := do(t, ColumnCodec{}, tree, PaintColumn{"#D96767"}); c.Colour != "#d96767" {
		t.Errorf("%+v", c)
	}
	if err := refused(t, ColumnCodec{}, tree, PaintColumn{"red"}); !errors.Is(err, doc.ErrBadEdit) {
		t.Error(err)
	}
	if err := refused(t, ColumnCodec{}, tree, PaintColumn{"#d96767"}); !errors.Is(err, doc.ErrNothing) {
		t.Error(err)
	}
	if c := do(t, ColumnCodec{}, tree, PaintColumn{}); c.Colour != "" {
		t.Errorf("%+v", c)
	}
	if v, ok := tree.Value(columnPath); !ok || v != "" {
		t.Error("without a colour it is no column any more")
	}
}

func TestFramesArePainted(t *testing.T) {
	tree := made(t, NewFrame(Frame{Title: "Ideas"}))
	if f := do(t, FrameCodec{}, tree, PaintFrame{"#D5E8E0"}); f.Colour != "#d5e8e0" || f.Title != "Ideas" {
		t.Errorf("%+v", f)
	}
	if f := do(t, FrameCodec{}, tree, PaintFrame{}); f.Colour != "" {
		t.Errorf("%+v", f)
	}
	if err := refused(t, FrameCodec{}, tree, PaintFrame{"#12"}); !errors.Is(err, doc.ErrBadEdit) {
		t.Error(err)
	}
}
