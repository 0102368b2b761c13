package media

import (
	"encoding/binary"
	"testing"

	"corkboard/internal/lean"
)

// exif writes a TIFF structure whose first directory has a foreign tag and the orientation.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	head := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		head = "MM\x00*"
	}
	b := order.AppendUint32([]byte(head), 8)
	b = order.AppendUint16(b, 2)
	for _, e := range [][2]uint16{{0x010f, 1}, {0x0112, orientation}} {
		b = order.AppendUint16(b, e[0])
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, e[1])
		b = order.AppendUint16(b, 0)
	}
	return order.AppendUint32(b, 0)
}

// withExif puts an EXIF segment behind a JPEG's first marker.
func withExif(jpeg, tiff []byte) []byte {
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), jpeg[2:]...)
}

func TestOrientation(t *testing.T) {
	bare := []byte{0xff, 0xd8, 0xff, 0xda, 0, 2}
	for o := uint16(1); o <= 8; o++ {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			if got := orientation(withExif(bare, exif(order, o))); got != int(o) {
				t.Errorf("%v: got %d, want %d", order, got, o)
			}
		}
	}
	good := withExif(bare, exif(binary.BigEndian, 6))
	for n := range 40 {
		if got := orientation(good[:n]); got != 1 {
			t.Errorf("cut at %d: %d", n, got)
		}
	}
	for _, o := range []uint16{0, 9, 65535} {
		if got := orientation(withExif(bare, exif(binary.BigEndian, o))); got != 1 {
			t.Errorf("orientation %d gives %d", o, got)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(withExif([]byte{0xff, 0xd8, 0xff, 0xda, 0, 2}, exif(binary.LittleEndian, 3)))
	f.Add([]byte{0xff, 0xd8, 0xff, 0xff, 0xff})
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		if o := orientation(data); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
		if o := tiffOrientation(data); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
	}))
}
