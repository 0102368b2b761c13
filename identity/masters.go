package identity

import "corkboard/record"

// MaxMasters is how many master keys are kept together.
const MaxMasters = 64

// WriteMasters writes master keys, newest first: their number, and each as it is.
func WriteMasters(w *record.Writer, keys []Master) {
	w.Uint(uint64(len(keys)))
	for _, m := range keys {
		w.Fixed(m.Export())
	}
}

// ReadMasters reads what WriteMasters wrote; none, or more than MaxMasters, fail the reader.
func ReadMasters(r *record.Reader) []Master {
	n := r.Uint(MaxMasters)
	if n == 0 {
		r.Fail("no master key")
	}
	var out []Master
	for range n {
		m, err := ImportMaster(r.Fixed(MasterSize))
		if err != nil {
			break // the reader knows
		}
		out = append(out, m)
	}
	return out
}
