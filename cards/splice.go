package cards

import "corkboard/doc"

// planText plans what typing from was to now does to the text at path that
// reads current by now. Where there is no Text yet (a missing slot, a register
// from another program) it makes one.
func planText(path doc.Path, was, now, current string, merges bool) ([]doc.Edit, error) {
	s, ok := doc.EditText(path, was, now, current)
	if !ok {
		return nil, doc.ErrNothing
	}
	if merges {
		return []doc.Edit{s}, nil
	}
	return []doc.Edit{doc.Put{Path: path, Value: doc.Text(spliced(current, s))}}, nil
}

// spliced is s done to a plain string; a splice that overhangs is cut.
func spliced(current string, s doc.Splice) string {
	r := []rune(current)
	from := min(max(s.From, 0), len(r))
	end := min(max(from+s.Delete, from), len(r))
	return string(r[:from]) + s.Insert + string(r[end:])
}
