package cards

import "corkboard/doc"

// planText plans what typing from was to now does to the text at path that
// reads current by now.
func planText(path doc.Path, was, now, current string, merges bool) ([]doc.Edit, error) {
	return planSplices(path, doc.EditText(path, was, now, current), current, merges)
}

// planSplices plans a change of the text at path that reads current. Where there
// is no Text yet (a missing slot, a register from another program) it makes one.
func planSplices(path doc.Path, change []doc.Splice, current string, merges bool) ([]doc.Edit, error) {
	if len(change) == 0 {
		return nil, doc.ErrNothing
	}
	if !merges {
		return []doc.Edit{doc.Put{Path: path, Value: doc.Text(doc.Spliced(current, change...))}}, nil
	}
	return spliceEdits(path, change), nil
}

func spliceEdits(path doc.Path, change []doc.Splice) []doc.Edit {
	edits := make([]doc.Edit, len(change))
	for i, s := range change {
		s.Path = path
		edits[i] = s
	}
	return edits
}
