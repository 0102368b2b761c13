package cards

import "corkboard/doc"

// Readers of single slots. Each gives the zero value for a slot that is absent
// or of another type.

// readText reads a Text or, from other programs, a string register. merges
// tells that it is a Text, into which edits can be spliced.
func readText(src doc.Source, p doc.Path) (s string, merges bool) {
	v, _ := src.Value(p)
	return textOf(v)
}

func textOf(v doc.Value) (s string, merges bool) {
	switch v := v.(type) {
	case doc.Text:
		return string(v), true
	case string:
		return v, false
	}
	return "", false
}

func stringOf(v doc.Value) string {
	s, _ := textOf(v)
	return s
}

// intOf reads a whole number from 0 to limit; programs in other languages may
// have written it as a float.
func intOf(v doc.Value, limit int64) int64 {
	n, ok := v.(int64)
	if f, isFloat := v.(float64); isFloat && f >= 0 && f <= float64(limit) {
		n, ok = int64(f), float64(int64(f)) == f
	}
	if !ok || n < 0 || n > limit {
		return 0
	}
	return n
}

// touches reports whether a change at any of the paths can change what is read
// at p: it happened there, below or above.
func touches(touched []doc.Path, p doc.Path) bool {
	for _, t := range touched {
		if t.Has(p) || p.Has(t) {
			return true
		}
	}
	return false
}
