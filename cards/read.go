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

// touchedIn is which entries of a map in a slot changed, by id; not known means that
// all of the document or of the map did.
func touchedIn(slot string, touched []doc.Path) (ids map[string]bool, known bool) {
	ids = map[string]bool{}
	for _, p := range touched {
		if len(p) == 0 || p[0] == slot && len(p) == 1 {
			return nil, false
		}
		if p[0] == slot {
			ids[p[1]] = true
		}
	}
	return ids, true
}

// readAgain is a list in which the entries that changed were read anew; those that are
// none any more are left out. The new ones come last, in no order.
func readAgain[T any](list []T, changed map[string]bool, id func(T) string, read func(id string) (T, bool)) []T {
	out := make([]T, 0, len(list)+len(changed))
	for _, e := range list {
		if !changed[id(e)] {
			out = append(out, e)
		}
	}
	for id := range changed {
		if e, ok := read(id); ok {
			out = append(out, e)
		}
	}
	return out
}
