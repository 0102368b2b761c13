package docstore

// maxRecent bounds the bytes of a recent.
const maxRecent = 256 << 10

// recent is the newest items that were written here: each is about to be sent to
// everybody, and need not be read from the disk for each of them.
type recent struct {
	raw   map[[32]byte][]byte
	order [][32]byte
	bytes int
}

func (r *recent) add(rows []*chunkRow) {
	if r.raw == nil {
		r.raw = map[[32]byte][]byte{}
	}
	for _, row := range rows {
		i := row.written.Item
		if _, here := r.raw[i.Key]; here || len(i.Raw) > maxRecent {
			continue
		}
		r.raw[i.Key] = i.Raw
		r.order = append(r.order, i.Key)
		r.bytes += len(i.Raw)
	}
	for r.bytes > maxRecent {
		r.bytes -= len(r.raw[r.order[0]])
		delete(r.raw, r.order[0])
		r.order = r.order[1:]
	}
}
