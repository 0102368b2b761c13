package exchange

import "corkboard/doc"

// WithoutKeys is a copy of a document without what opens its files elsewhere, wherever in
// it a file is named.
func WithoutKeys(root doc.Map) doc.Map { return bare(root, "key", "pieces") }

// WithoutFiles is a copy of a document that names no files at all.
func WithoutFiles(root doc.Map) doc.Map { return bare(root, "blob", "key", "pieces") }

// bare leaves slots out of all maps that name a file.
func bare(m doc.Map, slots ...string) doc.Map {
	out := make(doc.Map, len(m))
	for k, v := range m {
		out[k] = bareValue(v, slots)
	}
	if _, file := m["blob"]; file {
		for _, s := range slots {
			delete(out, s)
		}
	}
	return out
}

func bareValue(v doc.Value, slots []string) doc.Value {
	switch v := v.(type) {
	case doc.Map:
		return bare(v, slots...)
	case doc.List:
		out := make(doc.List, len(v))
		for i, x := range v {
			out[i] = bareValue(x, slots)
		}
		return out
	}
	return v
}
