//go:build linux

package together

import (
	"bytes"
	"fmt"
	"image/color"
	"math/rand/v2"
)

// Pages of the paper: a block of one colour above noise that nothing makes smaller.
const (
	paperPages  = 20
	noiseWidth  = 600
	noiseHeight = 580
)

// paper is a PDF of about 20 MB with a title; words stand on its pages in turn. The
// first page has a block of the first colour, the others have one of the second.
func paper(title string, words []string, first, others color.RGBA) []byte {
	var b bytes.Buffer
	var at []int
	begin := func() {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
	}
	stream := func(head string, content []byte) {
		begin()
		fmt.Fprintf(&b, "<< %s /Length %d >>\nstream\n", head, len(content))
		b.Write(content)
		b.WriteString("\nendstream\nendobj\n")
	}
	object := func(format string, args ...any) {
		begin()
		fmt.Fprintf(&b, format+"\nendobj\n", args...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids bytes.Buffer
	for i := range paperPages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+3*i)
	}
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), paperPages)
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object("<< /Title (%s) >>", title)
	noise := make([]byte, 3*noiseWidth*noiseHeight)
	random := rand.NewChaCha8([32]byte{1})
	for i := range paperPages {
		c := others
		if i == 0 {
			c = first
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /I %d 0 R >> >> >>", 6+3*i, 7+3*i)
		stream("", fmt.Appendf(nil, "%.3f %.3f %.3f rg 30 300 360 200 re f 0 g BT /F1 24 Tf 48 540 Td (%d %s) Tj ET q 360 0 0 270 30 20 cm /I Do Q",
			float64(c.R)/255, float64(c.G)/255, float64(c.B)/255, i+1, words[i%len(words)]))
		random.Read(noise)
		stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8", noiseWidth, noiseHeight), noise)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}
