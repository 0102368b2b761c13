package jail

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// honest are the files that are spoilt: some of each kind that is decoded.
func honest(t testing.TB) [][]byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for y := range 64 {
		for x := range 96 {
			m.SetRGBA(x, y, color.RGBA{uint8(2 * x), uint8(4 * y), uint8(x * y), 255})
		}
	}
	encoded := func(encode func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	photo := encoded(func(b *bytes.Buffer) error { return jpeg.Encode(b, m, nil) })
	out := [][]byte{
		encoded(func(b *bytes.Buffer) error { return png.Encode(b, m) }),
		photo,
		encoded(func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) }),
		gifFile(40, 30, 5, 2),
		append(bmpFile(16, 16, 32), m.Pix[:1024]...), greyTIFF(64, 64, deflated(m.Pix[:4096])),
		pngFile(50, 50, 16, 6, 1, 50*50*9), jpegFile(0xc2, 64, 64, 0x22, 6), losslessWebP(64, 64),
		svgFile(`<g stroke="red" transform="rotate(3)"><path d="M0 0 C1 2 3 4 5 6 L700 800 Z"/><circle cx="9" cy="9" r="300"/></g>`),
	}
	letter := "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
	text := "BT /F 12 Tf 20 TL 20 700 Td (A page of words) Tj T* (and one more line) Tj ET"
	for _, pdf := range [][]byte{
		sheet("/Font << /F 5 0 R >>", text, letter),
		sheet("/Font << /F 5 0 R >> /XObject << /I 6 0 R >>", text+" q 100 0 0 100 50 50 cm /I Do Q", letter,
			stream("/Type /XObject /Subtype /Image /Width 96 /Height 64 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", photo)),
		sheet("/XObject << /F 5 0 R >>", "/F Do", forms(3, 2)[:2]...),
		pdfFile("/Info << /Title (spoilt) >>", catalog, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>", page(box, ""),
			stream("/Filter /FlateDecode", deflated([]byte("1 0 0 rg 0 0 300 300 re f 0 0 m 100 200 300 400 500 600 c S")))),
		tiles()[:0], masks(3), typeThree(),
	} {
		if len(pdf) > 0 {
			out = append(out, pdf, pdf) // twice: of PDFs more is spoilt
		}
	}
	for _, name := range []string{"sound/testdata/tone.mp3", "sound/testdata/tone.flac", "sound/testdata/tone.ogg", "sound/testdata/tone.opus",
		"film/testdata/cover.mp4", "film/testdata/cover.mkv", "film/testdata/vp8.webm"} {
		b, err := os.ReadFile(filepath.Join("../../media", name))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

// spoil changes a copy of a file in up to eight places.
func spoil(r *rand.Rand, files [][]byte) []byte {
	b := bytes.Clone(files[r.IntN(len(files))])
	for range 1 + r.IntN(8) {
		if len(b) == 0 {
			return []byte{0}
		}
		at, n := r.IntN(len(b)), 1+r.IntN(16)
		end := min(at+n, len(b))
		switch r.IntN(9) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = byte(r.Uint32())
		case 2:
			for i := range b[at:end] {
				b[at+i] = []byte{0, 0x7f, 0x80, 0xff}[r.IntN(4)]
			}
		case 3:
			b = append(b[:at], b[end:]...)
		case 4:
			b = append(b[:at:at], append(bytes.Repeat(b[at:end], 1+r.IntN(200)), b[at:]...)...)
		case 5: // a piece of another file, or of the same
			other := files[r.IntN(len(files))]
			from := r.IntN(len(other))
			b = append(b[:at:at], append(bytes.Clone(other[from:min(len(other), from+r.IntN(400))]), b[end:]...)...)
		case 6:
			b = number(r, b, at)
		case 7:
			b = b[:at]
		case 8: // a word of a PDF stands for another one
			words := []string{"/Kids", "/Parent", "/Contents", "/Length", "/Filter", "/FlateDecode", "/DCTDecode", "/Type", " 0 R", "obj", "stream", "<<", "[", "("}
			b = bytes.Replace(b, []byte(words[r.IntN(len(words))]), []byte(words[r.IntN(len(words))]), 1+r.IntN(2))
		}
	}
	return b
}

// number puts another number in the place of the next one that is written in digits.
func number(r *rand.Rand, b []byte, at int) []byte {
	for at < len(b) && (b[at] < '0' || b[at] > '9') {
		at++
	}
	end := at
	for end < len(b) && b[end] >= '0' && b[end] <= '9' {
		end++
	}
	if at == end {
		return b
	}
	text := []string{"0", "1", "-1", "65536", "2147483647", "-2147483648", "4294967296", "99999999999999999999", "0.0000001", fmt.Sprint(r.IntN(20))}[r.IntN(10)]
	return append(append(bytes.Clone(b[:at]), text...), b[end:]...)
}
