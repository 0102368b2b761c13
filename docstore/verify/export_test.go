package verify

// Values are the bytes of the operations' values, for tests that write a
// change anew.
func Values(d *Decoded) (out [][]byte) {
	r := &reader{rest: d.data}
	again := &Decoded{}
	again.readPreamble(r)
	c := readColumns(r)
	types := newRuns(c.valueType, func(r *reader) uint64 { return r.unsigned(1 << 31) })
	values := reader{rest: c.value.data}
	for range d.Ops {
		t, _ := types.next()
		out = append(out, values.take(int(t>>4)))
	}
	return out
}
