package record

import (
	"bytes"
	"errors"
	"testing"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	var w Writer
	w.Uint8(7)
	w.Bool(true)
	w.Uint(300)
	w.Bytes([]byte("abc"))
	w.String("läuft")
	w.Fixed(bytes.Repeat([]byte{9}, 32))
	r := NewReader(w.B)
	if r.Uint8() != 7 || !r.Bool() || r.Uint(300) != 300 || string(r.Bytes(3)) != "abc" || r.String(6) != "läuft" || r.Hash()[31] != 9 {
		t.Error("other values come back")
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestMistakesAreSeen(t *testing.T) {
	for name, c := range map[string]struct {
		in   []byte
		read func(*Reader)
	}{
		"cut short":           {[]byte{3, 'a'}, func(r *Reader) { r.Bytes(9) }},
		"over the limit":      {[]byte{3, 'a', 'b', 'c'}, func(r *Reader) { r.Bytes(2) }},
		"long form of zero":   {[]byte{0x80, 0}, func(r *Reader) { r.Uint(9) }},
		"endless number":      {bytes.Repeat([]byte{0xff}, 11), func(r *Reader) { r.Uint(1 << 63) }},
		"huge length":         {[]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, func(r *Reader) { r.Bytes(1 << 20) }},
		"neither yes nor no":  {[]byte{2}, func(r *Reader) { r.Bool() }},
		"not a text":          {[]byte{1, 0xff}, func(r *Reader) { r.String(9) }},
		"bytes after the end": {[]byte{1, 2}, func(r *Reader) { r.Uint8() }},
		"nothing":             {nil, func(r *Reader) { r.Hash() }},
	} {
		r := NewReader(c.in)
		c.read(r)
		if err := r.Close(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", name, err)
		}
		if r.Uint8() != 0 || r.Bytes(5) != nil || r.Err() == nil {
			t.Errorf("%s: something is read after a mistake", name)
		}
	}
}
