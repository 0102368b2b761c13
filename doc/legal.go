package doc

import (
	"math"
	"unicode/utf8"
)

// legal reports whether an edit can be stored at all: text is UTF-8, names
// are not empty, numbers are numbers, and nothing nests without end. Other
// readers of the same document refuse the rest, so nobody may write it.
func legal(e Edit) bool {
	if len(e.At()) > MaxNesting {
		return false
	}
	for _, step := range e.At() {
		if !legalName(step) {
			return false
		}
	}
	switch e := e.(type) {
	case Put:
		return legalValue(e.Value, len(e.Path))
	case Insert:
		return legalValue(e.Value, len(e.Path))
	case Splice:
		return utf8.ValidString(e.Insert)
	}
	return true
}

func legalName(s string) bool { return s != "" && utf8.ValidString(s) }

func legalValue(v Value, depth int) bool {
	if depth > MaxNesting {
		return false
	}
	switch v.(type) {
	case Text, Map, List: // what has slots of its own
		if depth == MaxNesting {
			return false
		}
	}
	switch v := v.(type) {
	case nil, bool, int64, []byte, Counter:
		return true
	case float64:
		return !math.IsNaN(v)
	case string:
		return utf8.ValidString(v)
	case Text:
		return utf8.ValidString(string(v))
	case Map:
		for k, x := range v {
			if !legalName(k) || !legalValue(x, depth+1) {
				return false
			}
		}
		return true
	case List:
		for _, x := range v {
			if !legalValue(x, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}
