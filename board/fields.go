package board

import (
	"math"
	"strconv"
	"strings"

	"corkboard/doc"
)

// Names of slots in a board document, as PushPin had them.
const (
	fieldTitle   = "title"
	fieldColor   = "backgroundColor"
	fieldCards   = "cards"
	fieldAuthors = "authorIds"
	fieldURL     = "url"
	fieldAt      = "at"
	fieldSize    = "size"
	fieldZ       = "z"
	fieldGroup   = "group"
	fieldLocked  = "locked"
	fieldOn      = "on"
	fieldIn      = "in"
)

// Limits of what a document can say, in board units.
const (
	farCard  = 1e7
	minSide  = 20
	maxSide  = 20000
	maxPair  = 80   // bytes of "x y"
	maxOrder = 4096 // bytes of an order key
	maxGroup = 512  // bytes of a path of groups
	maxDepth = 16   // groups around a card
)

// formatPair writes two numbers as one register, so that two people's moves
// cannot tear: decimal, a space between, at most two decimals.
func formatPair(x, y float64) string {
	return formatNumber(x) + " " + formatNumber(y)
}

func formatNumber(x float64) string {
	x = math.Round(x*100) / 100
	if x == 0 {
		x = 0 // never "-0"
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// parsePair reads what formatPair writes and what comes near it: more space,
// a comma, more numbers after the two.
func parsePair(v doc.Value) (x, y float64, ok bool) {
	s := text(v)
	if len(s) > maxPair {
		return 0, 0, false
	}
	first, rest := cutField(s)
	second, _ := cutField(rest)
	x, errX := strconv.ParseFloat(first, 64)
	y, errY := strconv.ParseFloat(second, 64)
	if errX != nil || errY != nil || !finite(x) || !finite(y) {
		return 0, 0, false
	}
	return x, y, true
}

func cutField(s string) (field, rest string) {
	s = strings.TrimLeft(s, " \t,;")
	if i := strings.IndexAny(s, " \t,;"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// pointOf reads a place; what is none is the origin.
func pointOf(v doc.Value) Point {
	x, y, _ := parsePair(v)
	return boundPoint(Point{x, y})
}

func boundPoint(p Point) Point {
	if !p.finite() {
		return Point{}
	}
	return Point{min(max(p.X, -farCard), farCard), min(max(p.Y, -farCard), farCard)}
}

// sizeOf reads a size; what is none is the zero Size: as large as the content.
func sizeOf(v doc.Value) Size {
	w, h, ok := parsePair(v)
	if !ok {
		return Size{}
	}
	return boundSize(Size{w, h})
}

func boundSize(s Size) Size {
	if !(s.W > 0) || !(s.H >= 0) || !finite(s.W) || !finite(s.H) {
		return Size{}
	}
	if s.H == 0 { // a chosen width, as high as the content
		return Size{W: min(max(s.W, minSide), maxSide)}
	}
	return Size{min(max(s.W, minSide), maxSide), min(max(s.H, minSide), maxSide)}
}

// orderOf reads an order key. Keys that doc.Between cannot work with count as
// none: such a card lies at the bottom until somebody lifts it.
func orderOf(v doc.Value) string {
	s := text(v)
	if len(s) > maxOrder {
		return ""
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return ""
		}
	}
	return strings.TrimRight(s, "0") // nothing fits between "a" and "a0"
}

// groupOf reads a path of groups; what is none is "": in no group.
func groupOf(v doc.Value) string {
	s := text(v)
	if !validGroup(s) {
		return ""
	}
	return s
}

// validGroup reports whether s is ids of groups with "/" between.
func validGroup(s string) bool {
	if len(s) > maxGroup || strings.Count(s, "/") >= maxDepth {
		return false
	}
	for id := range strings.SplitSeq(s, "/") {
		if !validGroupID(id) {
			return false
		}
	}
	return true
}

func validGroupID(id string) bool {
	for i := 0; i < len(id); i++ {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '_' && c != '-' {
			return false
		}
	}
	return id != ""
}

// lockedOf reads a lock: only a true one holds.
func lockedOf(v doc.Value) bool {
	locked, ok := v.(bool)
	return ok && locked
}

// carrierOf reads which card carries another; none carries itself.
func carrierOf(id CardID, v doc.Value) CardID {
	on := CardID(text(v))
	if on == id || len(on) > maxCardID {
		return ""
	}
	return on
}

// colorOf reads "#RRGGBB"; what is none is "".
func colorOf(v doc.Value) string {
	s := text(v)
	if !ValidColor(s) {
		return ""
	}
	return s
}

// ValidColor reports whether s is "#RRGGBB".
func ValidColor(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	for i := 1; i < 7; i++ {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// text is a string register, or a Text that somebody put in its place.
func text(v doc.Value) string {
	switch v := v.(type) {
	case string:
		return v
	case doc.Text:
		return string(v)
	}
	return ""
}
