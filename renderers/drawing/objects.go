package drawing

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"io"
	"strings"
	"unicode/utf16"
)

// objects writes the objects of a PDF file one after the other.
type objects struct {
	w  *bufio.Writer
	at int64   // bytes written
	of []int64 // where each object begins; 0: not written yet

	err error
}

func newObjects(w io.Writer) *objects {
	o := &objects{w: bufio.NewWriter(w)}
	o.add("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	return o
}

func (o *objects) add(format string, args ...any) {
	if o.err == nil {
		var n int
		n, o.err = fmt.Fprintf(o.w, format, args...)
		o.at += int64(n)
	}
}

func (o *objects) bytes(b []byte) {
	if o.err == nil {
		var n int
		n, o.err = o.w.Write(b)
		o.at += int64(n)
	}
}

// next is the number of a new object.
func (o *objects) next() int {
	o.of = append(o.of, 0)
	return len(o.of)
}

// object writes an object.
func (o *objects) object(n int, format string, args ...any) {
	o.of[n-1] = o.at
	o.add("%d 0 obj\n"+format+"\nendobj\n", append([]any{n}, args...)...)
}

// stream writes a packed stream with further entries of its dictionary.
func (o *objects) stream(entries string, data []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, err := z.Write(data)
	if end := z.Close(); err == nil {
		err = end
	}
	if o.err == nil {
		o.err = err
	}
	n := o.next()
	o.of[n-1] = o.at
	o.add("%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n", n, entries, packed.Len())
	o.bytes(packed.Bytes())
	o.add("\nendstream\nendobj\n")
	return n
}

// image writes a picture, with its transparency where it has some.
func (o *objects) image(img *image.RGBA) int {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	rgb, alpha, clear := make([]byte, 0, 3*w*h), make([]byte, 0, w*h), false
	for y := range h {
		row := img.Pix[y*img.Stride:][:4*w]
		for x := 0; x < len(row); x += 4 {
			a := row[x+3]
			clear = clear || a != 255
			alpha = append(alpha, a)
			for _, v := range row[x : x+3] { // premultiplied
				if a != 0 && a != 255 {
					v = uint8(min(255, int(v)*255/int(a)))
				}
				rgb = append(rgb, v)
			}
		}
	}
	const entries = "/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s"
	mask := ""
	if clear {
		mask = fmt.Sprintf(" /SMask %d 0 R", o.stream(fmt.Sprintf(entries, w, h, "/DeviceGray"), alpha))
	}
	return o.stream(fmt.Sprintf(entries, w, h, "/DeviceRGB")+mask, rgb)
}

// end writes the table of objects.
func (o *objects) end(root, info int) error {
	from := o.at
	o.add("xref\n0 %d\n0000000000 65535 f \n", len(o.of)+1)
	for _, at := range o.of {
		if at == 0 {
			o.add("0000000000 00000 f \n")
		} else {
			o.add("%010d 00000 n \n", at)
		}
	}
	o.add("trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(o.of)+1, root, info, from)
	if o.err != nil {
		return o.err
	}
	return o.w.Flush()
}

// literal is a string of bytes.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, "\\%03o", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// utf16Text is a string for people.
func utf16Text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteByte('>')
	return b.String()
}
