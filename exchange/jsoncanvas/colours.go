package jsoncanvas

import (
	"strings"

	"corkboard/board"
)

// presets are our colours for the six that JSON Canvas numbers: red, orange, yellow, green,
// cyan, purple.
var presets = map[string]string{"1": "#d96767", "2": "#f2a65a", "3": "#ffe283", "4": "#63d2a5", "5": "#64bcdf", "6": "#a485e2"}

// colour reads the colour of a node or an edge, "#RRGGBB"; "" for none.
func (f fields) colour() string {
	c := f.text("color")
	if board.ValidColor(c) {
		return c
	}
	return presets[c]
}

// putColour says a colour, "" for none, and leaves what says the same.
func (f fields) putColour(c string) {
	switch {
	case c == "" && presets[f.text("color")] != "", c == "" && board.ValidColor(f.text("color")):
		delete(f, "color")
	case c != "" && !strings.EqualFold(f.colour(), c):
		f.put("color", c)
	}
}
