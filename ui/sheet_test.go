package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers/paint"
)

func TestSheetHasEveryRowAndItsKeys(t *testing.T) {
	keys, errs := board.NewKeymap(map[string][]string{"undo": {"Mod+U"}, "redo": {}})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	lines := sheetRows(board.Conventions, keys)
	shown := map[string]string{}
	for _, l := range lines {
		var words []string
		for _, c := range l.chords {
			words = append(words, c.String())
		}
		shown[l.action] = strings.Join(words, " ")
	}
	for action, want := range map[string]string{
		"Undo": "Mod+U", "Redo": "", "Nudge": "Left Right Up Down", "Zoom in": "Mod+= Mod++", "Keys and gestures": "?",
		"Align left": "Mod+Shift+Left",
	} {
		if got, ok := shown[action]; !ok || got != want {
			t.Errorf("%s: %q (%v), want %q", action, got, ok, want)
		}
	}
	if len(lines) >= len(board.Conventions) || len(lines) < len(board.Conventions)-9 {
		t.Errorf("%d rows became %d lines", len(board.Conventions), len(lines))
	}
}

func TestSheetLaysNothingOverAnother(t *testing.T) {
	newDesk(t) // a theme and fonts
	lines := sheetRows(board.Conventions, nil)
	for _, width := range []float32{340, 568, 900} {
		page := laySheet(lines, width, paint.Light()).(*fyne.Container).Objects[0].(*fyne.Container)
		for i, a := range page.Objects {
			if end := a.Position().X + a.MinSize().Width; end > width {
				t.Errorf("at %v something ends at %v", width, end)
			}
			for _, b := range page.Objects[i+1:] {
				if overlap(a, b) {
					t.Fatalf("at %v: %v at %v lies over %v at %v", width, a.MinSize(), a.Position(), b.MinSize(), b.Position())
				}
			}
		}
	}
}

func overlap(a, b fyne.CanvasObject) bool {
	p, q, s, u := a.Position(), b.Position(), a.Size(), b.Size()
	const slack = 0.6
	return p.X+s.Width > q.X+slack && q.X+u.Width > p.X+slack && p.Y+s.Height > q.Y+slack && q.Y+u.Height > p.Y+slack
}
