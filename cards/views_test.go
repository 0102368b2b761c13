package cards

import (
	"math"
	"testing"
)

func TestFileView(t *testing.T) {
	for _, f := range []File{wholeFile, {MIME: "application/pdf"}, {MIME: "image/png", Extension: "png"}, {}} {
		if v := f.View(); v.Title == "" || v.Icon == "" {
			t.Errorf("%+v", v)
		}
	}
	v := wholeFile.View()
	if v.Blob != wholeFile.Blob || v.Average != "#fafafa" || v.Caption != "read me" || !v.Moves || v.Icon != IconPDF {
		t.Errorf("%+v", v)
	}
}

func TestCardSize(t *testing.T) {
	for _, c := range []struct {
		mime string
		w, h int
		want Size
	}{
		{"image/png", 0, 0, Size{360, 240}},
		{"image/png", 2000, 1000, Size{360, 180}},
		{"image/png", 1000, 2000, Size{180, 360}},
		{"image/png", 1000, 1000, Size{360, 360}},
		{"image/png", 200, 100, Size{200, 100}}, // small ones are not blown up
		{"image/png", 100, 200, Size{100, 200}},
		{"image/png", 16, 16, Size{60, 60}},
		{"image/png", 100_000, 1, Size{360, 120}},
		{"image/png", 1, 100_000, Size{120, 360}},
		{"application/pdf", 100, 200, Size{300, 640}},
		{"application/pdf", 160, 90, Size{300, 208.75}},
		{"application/zip", 160, 90, Size{240, 80}},
	} {
		got := File{MIME: c.mime, Width: c.w, Height: c.h}.CardSize()
		if math.Abs(got.W-c.want.W) > 1e-9 || math.Abs(got.H-c.want.H) > 1e-9 {
			t.Errorf("%s %d×%d: %v, want %v", c.mime, c.w, c.h, got, c.want)
		}
	}
}

func TestTodoView(t *testing.T) {
	v := Todo{Title: "T", Items: []TodoItem{
		{ID: "a", Text: "one", Done: true, Due: "2024-01-01"}, {ID: "b", Due: "2024-01-01"}, {ID: "c"}, {ID: "d"},
	}}.View("2024-01-02")
	if v.Done != 1 || v.Total != 4 || v.Bar != 0.25 || v.Hint != "" || len(v.Items) != 4 {
		t.Fatalf("%+v", v)
	}
	if v.Items[0].Overdue || !v.Items[1].Overdue || v.Items[2].Overdue || v.Items[0].Text != "one" {
		t.Fatalf("%+v", v.Items)
	}
	if v := (Todo{}).View(""); v.Bar != 0 || v.Hint == "" {
		t.Fatalf("%+v", v)
	}
}

func TestTextView(t *testing.T) {
	if v := (Text{Text: "# a"}).View(); v.Markdown != "# a" || v.Hint != "" {
		t.Errorf("%+v", v)
	}
	if v := (Text{Text: "  "}).View(); v.Hint == "" {
		t.Errorf("%+v", v)
	}
}
