package doc

// EditsTo lists the edits that make a document say what another state of it said,
// of its slots at the top those that want names; nil wants all. Texts are changed
// where they differ, so that what others write meanwhile stays.
func EditsTo(now, then Map, want func(slot string) bool) []Edit {
	var out []Edit
	for _, path := range Difference(now, then) {
		if want != nil && (len(path) == 0 || !want(path[0])) {
			continue
		}
		is, _ := below(now, path)
		was, there := below(then, path)
		from, isText := is.(Text)
		to, wasText := was.(Text)
		switch {
		case !there:
			out = append(out, Delete{Path: path})
		case isText && wasText:
			for _, s := range Diff(path, string(from), string(to)) {
				out = append(out, s)
			}
		default:
			out = append(out, Put{Path: path, Value: Clone(was)})
		}
	}
	return out
}
