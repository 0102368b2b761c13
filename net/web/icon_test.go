package web

import (
	"bytes"
	"encoding/binary"
	"testing"

	"corkboard/internal/lean"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// ico is an icon file with images of some sides.
func ico(images map[byte]string, order ...byte) []byte {
	b := []byte{0, 0, 1, 0, byte(len(order)), 0}
	at := len(b) + 16*len(order)
	var data []byte
	for _, side := range order {
		e := make([]byte, 16)
		e[0], e[1] = side, side
		binary.LittleEndian.PutUint32(e[8:], uint32(len(images[side])))
		binary.LittleEndian.PutUint32(e[12:], uint32(at+len(data)))
		b, data = append(b, e...), append(data, images[side]...)
	}
	return append(b, data...)
}

func TestThePictureInAnIconFileIsFound(t *testing.T) {
	images := map[byte]string{16: "bitmap", 32: pngHead + "small", 0: pngHead + "huge", 64: pngHead + "right"}
	for want, order := range map[string][]byte{pngHead + "right": {16, 32, 64, 0}, pngHead + "small": {16, 32, 0}, pngHead + "huge": {0, 16}} {
		if got := pngIn(ico(images, order...)); string(got) != want {
			t.Errorf("%v: %q", order, got)
		}
	}
	for _, b := range [][]byte{nil, []byte("GIF89a"), ico(images, 16), ico(images, 32)[:20], ico(images, 32)[:30]} {
		if got := pngIn(b); !bytes.Equal(got, b) {
			t.Errorf("%q became %q", b, got)
		}
	}
}

func FuzzIcon(f *testing.F) {
	f.Add(ico(map[byte]string{32: pngHead}, 32))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		if got := pngIn(b); len(got) > len(b) {
			t.Fatalf("%d bytes of %d", len(got), len(b))
		}
	}))
}
