package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
)

var words = strings.Fields(`cork board paper string light window garden letter summer road
 quiet river stone question answer draft figure measure sketch idea reason table colour
 morning evening harbour bridge market kitchen station museum library village mountain`)

func sentence(r *rand.Rand, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = words[r.IntN(len(words))]
	}
	list[0] = strings.ToUpper(list[0][:1]) + list[0][1:]
	return strings.Join(list, " ")
}

// shortText is a note as people write them: a heading, a list, some code.
func shortText(r *rand.Rand, i int) string {
	switch i % 4 {
	case 0:
		return sentence(r, 6+r.IntN(20)) + "."
	case 1:
		return "# " + sentence(r, 3) + "\n\n" + sentence(r, 12+r.IntN(12)) + ", **" + sentence(r, 2) + "** and _" + sentence(r, 2) + "_."
	case 2:
		return "## " + sentence(r, 2) + "\n\n- " + sentence(r, 4) + "\n- " + sentence(r, 5) + "\n- [" + sentence(r, 2) + "](https://example.org/)\n"
	}
	return sentence(r, 8) + ":\n\n```\n" + sentence(r, 3) + "\n" + sentence(r, 4) + "\n```\n"
}

// longText is at least so many bytes: paragraphs of about a kilobyte.
func longText(bytes int) string {
	r := rand.New(rand.NewPCG(10, 10))
	var b strings.Builder
	for b.Len() < bytes {
		fmt.Fprintf(&b, "%s.\n\n", sentence(r, 140))
	}
	return b.String()
}

const (
	pictureW = 800
	pictureH = 600
)

// picture is a soft gradient with some shapes, never the same twice.
func picture(r *rand.Rand, noise bool) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, pictureW, pictureH))
	a, b := randomColor(r), randomColor(r)
	for y := range pictureH {
		for x := range pictureW {
			t := (x + y) * 255 / (pictureW + pictureH)
			mix := func(p, q uint8) uint8 { return uint8((int(p)*(255-t) + int(q)*t) / 255) }
			c := color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
			if noise {
				c.G ^= uint8(r.Uint32() & 7)
			}
			img.SetRGBA(x, y, c)
		}
	}
	for range 8 {
		c := randomColor(r)
		x, y, s := r.IntN(pictureW), r.IntN(pictureH), 20+r.IntN(160)
		for dy := range s {
			for dx := range s {
				img.SetRGBA(x+dx, y+dy, c)
			}
		}
	}
	return img
}

func randomColor(r *rand.Rand) color.RGBA {
	v := r.Uint32()
	return color.RGBA{uint8(v), uint8(v >> 8), uint8(v >> 16), 255}
}

func jpegFile(r *rand.Rand) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture(r, true), nil) // into memory
	return b.Bytes()
}

func pngFile(r *rand.Rand) []byte {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	_ = e.Encode(&b, picture(r, false)) // into memory
	return b.Bytes()
}

// The page of pdfFile, in points.
const (
	pdfW = 595
	pdfH = 842
)

// pdfFile is one page with one line.
func pdfFile(line string) []byte {
	text := fmt.Sprintf("BT /F1 18 Tf 60 700 Td (%s) Tj ET", line)
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", pdfW, pdfH),
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	b := bytes.NewBufferString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}
