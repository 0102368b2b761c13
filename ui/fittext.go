package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// textWidth is how wide a line is.
func textWidth(s string, size float32, style fyne.TextStyle) float32 {
	if s == "" {
		return 0
	}
	return fyne.MeasureText(s, size, style).Width
}

// fitText cuts a line that is wider than there is room for, and says so with
// an ellipsis.
func fitText(s string, size float32, style fyne.TextStyle, room float32) string {
	if textWidth(s, size, style) <= room {
		return s
	}
	r := []rune(s)
	low, high := 0, len(r) // runes that fit and runes that do not
	for high-low > 1 {
		middle := (low + high) / 2
		if textWidth(string(r[:middle])+"…", size, style) <= room {
			low = middle
		} else {
			high = middle
		}
	}
	if low == 0 {
		return ""
	}
	return string(r[:low]) + "…"
}

// setText changes a line of text only if it is another one: a refresh uploads it
// again.
func setText(t *canvas.Text, words string) bool {
	if t.Text == words {
		return false
	}
	t.Text = words
	t.Refresh()
	return true
}
