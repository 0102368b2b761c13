package cards

import (
	"errors"
	"testing"

	"corkboard/doc"
)

func TestFrames(t *testing.T) {
	tree := doc.NewTree(nil)
	apply := func(edits []doc.Edit) Frame {
		t.Helper()
		if _, err := tree.Apply(edits); err != nil {
			t.Fatal(err)
		}
		return FrameCodec{}.Decode(tree)
	}
	f := apply(NewFrame(Frame{Title: "Old\nideas"}))
	if f != (Frame{Title: "Old ideas"}) {
		t.Errorf("%+v", f)
	}
	p, err := NameFrame{"New"}.Plan(f)
	if err != nil {
		t.Fatal(err)
	}
	was := f
	f = apply(p.Edits)
	if f.Title != "New" || (FrameCodec{}).Update(was, doc.Touched(p.Edits), tree) != f {
		t.Errorf("%+v", f)
	}
	if _, err := (NameFrame{" New "}).Plan(f); !errors.Is(err, doc.ErrNothing) {
		t.Error(err)
	}
	if f = apply(NewFrame(Frame{Colour: "#d5e8e0"})); f.Colour != "#d5e8e0" || f.Title != "" {
		t.Errorf("%+v", f)
	}
	for _, strange := range []doc.Value{nil, int64(4), doc.List{}, "red", "#12"} {
		if f = (FrameCodec{}).Decode(doc.NewTree(doc.Map{"frame": strange, "title": strange})); f.Colour != "" {
			t.Errorf("%v gives %+v", strange, f)
		}
	}
}
