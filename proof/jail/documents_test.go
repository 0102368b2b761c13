package jail

import (
	"bytes"
	"fmt"
	"strings"
)

// pdfFile is a PDF of the given objects, numbered from 1; object 1 is the catalog.
func pdfFile(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

// stream is an object with bytes behind it.
func stream(entries string, data []byte) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data)
}

const (
	catalog = "<< /Type /Catalog /Pages 2 0 R >>"
	onePage = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
)

// page is a page whose content is object 4, with resources.
func page(box, resources string) string {
	return "<< /Type /Page /Parent 2 0 R /MediaBox " + box + " /Contents 4 0 R /Resources << " + resources + " >> >>"
}

const box = "[0 0 600 800]"

// sheet is a PDF of one page that draws content; more are objects from 5 on.
func sheet(resources, content string, more ...string) []byte {
	return pdfFile("", append([]string{catalog, onePage, page(box, resources), stream("", []byte(content))}, more...)...)
}

// form is a form that draws content.
func form(resources, content string) string {
	return stream("/Type /XObject /Subtype /Form /BBox "+box+" /Resources << "+resources+" >>", []byte(content))
}

// forms each draw the next one n times; the last one draws itself.
func forms(depth, n int) []string {
	var out []string
	for i := range depth {
		next := min(5+i+1, 5+depth-1)
		out = append(out, form(fmt.Sprintf("/XObject << /F %d 0 R >>", next), strings.Repeat("/F Do\n", n)))
	}
	return out
}

// typeThree is a font whose letters write with the font itself.
func typeThree() []byte {
	font := "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97" +
		" /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>"
	letter := stream("", []byte("1000 0 d0 BT /F 900 Tf (aaaaaaaaaa) Tj ET"))
	return sheet("/Font << /F 5 0 R >>", "BT /F 20 Tf 10 10 Td (aaaa) Tj ET", font, letter)
}

// tiles is a page filled with a pattern of steps far smaller than a pixel.
func tiles() []byte {
	pattern := stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 0.01 0.01] /XStep 0.0001 /YStep 0.0001 /Resources << >>",
		[]byte("1 0 0 rg 0 0 1 1 re f"))
	return sheet("/Pattern << /P 5 0 R >>", "/Pattern cs /P scn 0 0 600 800 re f", pattern)
}

// shade is a shading whose colours a program computes that goes on and on.
func shade() []byte {
	program := "{ " + strings.Repeat("dup mul sqrt ", 20_000) + "}"
	function := stream("/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]", []byte("{ "+strings.Repeat("{ ", 5_000)+program+strings.Repeat(" }", 5_000)+" }"))
	return sheet("/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Matrix [600 0 0 800 0 0] /Function 5 0 R >> >>", "/S sh", function)
}

// masks are soft masks of soft masks.
func masks(depth int) []byte {
	var more []string
	for i := range depth {
		next := 5 + 2*i + 2
		more = append(more,
			fmt.Sprintf("<< /Type /ExtGState /SMask << /S /Luminosity /G %d 0 R >> >>", 5+2*i+1),
			stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox %s /Group << /S /Transparency /CS /DeviceRGB >>"+
				" /Resources << /ExtGState << /G %d 0 R >> >>", box, next), []byte("/G gs 1 g 0 0 600 800 re f")))
	}
	return sheet("/ExtGState << /G 5 0 R >>", "/G gs 1 0 0 rg 0 0 600 800 re f", append(more, "<< /Type /ExtGState >>")...)
}

// picture is a page with one picture of a size, whose data are zeros.
func picture(w, h int, filter string, data []byte) []byte {
	image := stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter %s",
		w, h, filter), data)
	return sheet("/XObject << /I 5 0 R >>", "600 0 0 800 0 0 cm /I Do", image)
}
