package cards

import (
	"strings"
	"testing"
	"unicode/utf8"
)

type titled string

func (s titled) CardTitle() string { return string(s) }

func TestTitleOf(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value any
		want  string
	}{
		{KindText, Text{Text: "# Plan"}, "Plan"},
		{KindText, Text{}, "Empty text"},
		{KindPDF, File{Title: "Report"}, "Report"},
		{KindImage, File{Caption: "At the\nsea"}, "At the sea"},
		{KindBoard, titled("Home"), "Home"},
		{KindBoard, titled(" \u202e\n"), "Untitled board"},
		{KindBoard, nil, "Untitled board"},
		{"hologram", 42, "Unknown card"},
	} {
		if got := TitleOf(c.kind, c.value); got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.kind, c.value, got, c.want)
		}
	}
}

func TestTitleOfIsBounded(t *testing.T) {
	got := TitleOf(KindFile, File{Title: strings.Repeat("ü", 500)})
	if n := utf8.RuneCountInString(got); n != MaxTitle || !strings.HasSuffix(got, "ü…") {
		t.Fatalf("%d runes: %q", n, got)
	}
}
