package jail

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bomb is a small file that wants much. It is made when it is used.
type bomb struct {
	name string
	make func() []byte
}

const (
	side = 8192    // px: squared, the most pixels that a picture may have
	huge = 1 << 30 // bytes that a bomb unfolds to
	many = 100_000 // of whatever there are many
)

// bombs are files that try to take memory, time or the stack.
var bombs = []bomb{
	{"a PNG of 2³¹ px a side", func() []byte { return pngFile(1<<31-1, 1<<31-1, 8, 6, 0, 1<<20) }},
	{"a PNG of 64 MP, 8 bytes each", func() []byte { return pngFile(side, side, 16, 6, 0, rows(side, side, 8)) }},
	{"a PNG of 64 MP, 4 bytes each", func() []byte { return pngFile(side, side, 8, 6, 0, rows(side, side, 4)) }},
	{"a PNG of 64 MP, interlaced", func() []byte { return pngFile(side, side, 16, 6, 1, huge) }},
	{"a PNG of one pixel and 1 GiB", func() []byte { return pngFile(1, 1, 8, 6, 0, huge) }},
	{"a PNG with words of 1 GiB", func() []byte {
		return pngFile(8, 8, 8, 6, 0, rows(8, 8, 4), chunk("zTXt", append([]byte("a\x00\x00"), zeros(huge)...)),
			chunk("iCCP", append([]byte("a\x00\x00"), zeros(huge)...)))
	}},
	{"a PNG of many chunks", func() []byte {
		return pngFile(8, 8, 8, 6, 0, rows(8, 8, 4), bytes.Repeat(chunk("teSt", nil), 10*many))
	}},
	{"a PNG that is one line", func() []byte { return pngFile(16384, 1, 16, 6, 0, huge) }},
	{"a JPEG of 65,500 px a side", func() []byte { return jpegFile(0xc0, 65500, 65500, 0x11, 1) }},
	{"a JPEG of 64 MP", func() []byte { return jpegFile(0xc0, side, side, 0x11, 1) }},
	{"a JPEG of 64 MP in steps", func() []byte { return jpegFile(0xc2, side, side, 0x11, 4) }},
	{"a JPEG of 10,000 scans", func() []byte { return jpegFile(0xc2, 4096, 4096, 0x22, 10_000) }},
	{"a JPEG of many notes", func() []byte {
		return jpegFile(0xc0, 64, 64, 0x22, 1, bytes.Repeat(segment(0xe1, []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff")), many))
	}},
	{"a JPEG of odd sampling", func() []byte { return jpegFile(0xc1, side, side, 0x44, 2) }},
	{"a GIF of 65,535 px a side", func() []byte {
		return []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00")
	}},
	{"a GIF of 64 MP", func() []byte { return gifFile(side, side, 1, 0) }},
	{"a GIF of large frames that go back", func() []byte { return gifFile(2048, 2048, 60, 3) }},
	{"a GIF of many frames", func() []byte { return gifFile(1, 1, many, 2) }},
	{"a WebP of 16,384 px a side", func() []byte { return losslessWebP(16384, 16384) }},
	{"a WebP of 64 MP", func() []byte { return losslessWebP(side, side) }},
	{"a WebP of 64 MP in blocks", func() []byte { return riff("VP8 ", keyFrame(side, side, 1<<20)) }},
	{"a WebP with a frame larger than itself", func() []byte {
		return riff("VP8XALPHVP8 ", []byte{0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0}, append([]byte{1}, zeros(huge)...), keyFrame(16383, 16383, 4096))
	}},
	{"a BMP of 2³¹ px a side", func() []byte { return bmpFile(1<<31-1, -(1<<31 - 1), 24) }},
	{"a BMP of 64 MP without data", func() []byte { return bmpFile(side, side, 32) }},
	{"a TIFF with a strip of 1 GiB", func() []byte { return greyTIFF(64, 64, zeros(huge)) }},
	{"a TIFF of 64 MP", func() []byte { return greyTIFF(side, side, zeros(side*side)) }},
	{"a TIFF of tiles of one pixel", func() []byte {
		return tiffFile(make([]byte, 64), [3]uint32{256, 1, side}, [3]uint32{257, 1, side}, [3]uint32{258, 1, 8}, [3]uint32{262, 1, 1},
			[3]uint32{322, 1, 1}, [3]uint32{323, 1, 1}, [3]uint32{324, 1 << 28, 8}, [3]uint32{325, 1 << 28, 8})
	}},
	{"an SVG of deep groups", func() []byte { return svgFile(strings.Repeat("<g>", many) + strings.Repeat("</g>", many)) }},
	{"an SVG of a long path", func() []byte {
		return svgFile(`<path stroke="black" d="M0 0` + strings.Repeat(" C1 999 999 1 5 5", 4*many) + `"/>`)
	}},
	{"an SVG of a billion laughs", laughs},
	{"an SVG of groups that double", func() []byte { return svgFile(doubled(24)) }},
	{"an SVG of tiny dashes", func() []byte {
		return svgFile(`<path stroke="black" stroke-width="1" stroke-dasharray="0.000001" d="M0 0 L1000 1000"/>`)
	}},
	{"an SVG larger than the world", func() []byte {
		return svgFile(strings.Repeat(`<circle cx="0" cy="0" r="1e30" stroke="red" stroke-width="1e20"/>`, 1000))
	}},
	{"a PDF of forms that draw themselves", func() []byte { return sheet("/XObject << /F 5 0 R >>", "/F Do", forms(1, 10)...) }},
	{"a PDF of forms that double", func() []byte { return sheet("/XObject << /F 5 0 R >>", "/F Do", forms(40, 4)...) }},
	{"a PDF whose pages hold each other", func() []byte {
		return pdfFile("", catalog, "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1000000 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 500000 >>")
	}},
	{"a PDF of endless pages", func() []byte {
		return pdfFile("", catalog, "<< /Type /Pages /Count 1000000 /Kids ["+strings.Repeat("3 0 R ", many)+"] >>", page(box, ""), stream("", []byte("0 0 9 9 re f")))
	}},
	{"a PDF with a page of 1 GiB", func() []byte {
		return pdfFile("", catalog, onePage, page(box, ""), stream("/Filter /FlateDecode", zeros(huge)))
	}},
	{"a PDF with a page deflated twice", func() []byte {
		return pdfFile("", catalog, onePage, page(box, ""), stream("/Filter [/FlateDecode /FlateDecode]", deflated(zeros(huge))))
	}},
	{"a PDF of deep graphics states", func() []byte { return sheet("", strings.Repeat("q 1 0 0 1 1 1 cm ", 10*many)) }},
	{"a PDF of deep arrays", func() []byte { return pdfFile("", "<< /Pages 2 0 R /X "+strings.Repeat("[", 10*many)+" >>", onePage) }},
	{"a PDF with a picture of 10¹⁰ px", func() []byte { return picture(100_000, 100_000, "/FlateDecode", zeros(1<<20)) }},
	{"a PDF with a picture of 64 MP", func() []byte { return picture(side, side, "/FlateDecode", zeros(3*side*side)) }},
	{"a PDF with a JPEG of 65,500 px", func() []byte { return picture(65500, 65500, "/DCTDecode", jpegFile(0xc2, 65500, 65500, 0x11, 2)) }},
	{"a PDF of tiny tiles", tiles},
	{"a PDF of a slow shading", shade},
	{"a PDF of letters made of letters", typeThree},
	{"a PDF of masks of masks", func() []byte { return masks(200) }},
	{"a PDF of a page as large as can be said", func() []byte {
		return pdfFile("", catalog, onePage, page("[-1e38 -1e38 1e38 1e38]", ""), stream("", []byte("0 0 9 9 re f")))
	}},
	{"a PDF whose tables point in a circle", func() []byte { return pdfFile("/Prev 9 /XRefStm 9", catalog, onePage, page(box, ""), stream("", nil)) }},
	{"a PDF of many strokes", func() []byte {
		return sheet("", "[0.0001] 0 d 0.1 w "+strings.Repeat("0 0 m 600 800 l 1 799 300 2 600 1 c S\n", 10_000))
	}},
	{"a sound of 4 GiB", func() []byte {
		head := []byte("RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\xff\xff\xff\x7f\xff\xff\xff\xff\x04\x00\x10\x00data\xff\xff\xff\xff")
		return append(head, make([]byte, 1<<20)...)
	}},
	{"a FLAC of 2³⁶ samples", func() []byte {
		info := append([]byte("fLaC\x80\x00\x00\x22\x00\x10\xff\xff\x00\x00\x00\xff\xff\xff\x0a\xc4\x40\xff"), bytes.Repeat([]byte{0xff}, 20)...)
		return append(info, bytes.Repeat([]byte("\xff\xf8\xc9\x18\x00\xc2"), many)...)
	}},
	{"an MP3 after a note of 256 MB", func() []byte {
		return append([]byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), bytes.Repeat([]byte("\xff\xfb\xe4\x44"+strings.Repeat("\x00", 1440)), 2000)...)
	}},
	{"an Ogg of pages that never end", func() []byte {
		first := append([]byte("OggS\x00\x02"+strings.Repeat("\x00", 20)+"\x01\x13OpusHead\x01\xff\x00\x00"), bytes.Repeat([]byte{0xff}, 7)...)
		more := "OggS\x00\x01" + strings.Repeat("\x00", 20) + "\xff" + strings.Repeat("\xff", 255) + strings.Repeat("\x00", 255*255)
		return append(first, strings.Repeat(more, 100)...)
	}},
	{"a film of deep boxes", func() []byte {
		out := []byte("\x00\x00\x00\x10ftypisom\x00\x00\x02\x00")
		for i := range many {
			out = append(binary.BigEndian.AppendUint32(out, uint32(8*(many-i))), "moov"...)
		}
		return out
	}},
	{"a film whose boxes have no end", func() []byte {
		return append([]byte("\x00\x00\x00\x10ftypisom\x00\x00\x02\x00"), strings.Repeat("\x00\x00\x00\x01moov\xff\xff\xff\xff\xff\xff\xff\xff", many)...)
	}},
	{"a WebM of lengths nobody knows", func() []byte {
		return append([]byte("\x1aE\xdf\xa3\x84\x42\x82\x84webm"), strings.Repeat("\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff", many)...)
	}},
}

// deflated is b in the form of zlib.
func deflated(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b) // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}

// file writes the bomb, number i, to a folder.
func (b bomb) file(t testing.TB, dir string, i int) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("bomb-%02d", i)), b.make(), 0o600); err != nil {
		t.Error(err)
	}
}
