package record

import "encoding/binary"

// Writer appends values to B. The zero Writer is ready.
type Writer struct{ B []byte }

// Uint8 appends one byte.
func (w *Writer) Uint8(v uint8) { w.B = append(w.B, v) }

// Bool appends 0 or 1.
func (w *Writer) Bool(v bool) {
	if v {
		w.Uint8(1)
	} else {
		w.Uint8(0)
	}
}

// Uint appends an unsigned LEB128 number in its shortest form.
func (w *Writer) Uint(v uint64) { w.B = binary.AppendUvarint(w.B, v) }

// Fixed appends bytes whose number the reader knows.
func (w *Writer) Fixed(v []byte) { w.B = append(w.B, v...) }

// Bytes appends the number of bytes as Uint, and the bytes.
func (w *Writer) Bytes(v []byte) {
	w.Uint(uint64(len(v)))
	w.Fixed(v)
}

// String appends the UTF-8 of a text like Bytes.
func (w *Writer) String(v string) {
	w.Uint(uint64(len(v)))
	w.B = append(w.B, v...)
}
