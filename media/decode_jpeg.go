package media

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/gen2brain/go-fitz"
)

// muchSmaller is how many times smaller a JPEG must be wanted for MuPDF to be the faster
// decoder: its library leaves out the detail that nobody will see while it decodes.
const muchSmaller = 3

// reducedJPEG decodes a JPEG of the given stored size to exactly the size to, without its
// orientation. It gives nil for files that this road would show in other colours than the
// standard decoder does, and for broken ones.
func reducedJPEG(data []byte, size, to Size) *image.RGBA {
	bare := bareJPEG(data)
	if bare == nil || nativeWork(data, size, to) > maxWork {
		return nil
	}
	f, err := fitz.NewFromMemory(bare)
	if f != nil {
		defer f.Close()
	}
	if err != nil {
		return nil
	}
	// Without a density in the file, MuPDF takes it to have 96 dots an inch.
	const dots = 96
	scale := max(float64(to.W)/float64(size.W), float64(to.H)/float64(size.H))
	m, err := f.ImageDPI(0, dots*scale)
	if err != nil {
		return nil
	}
	m.Rect = m.Rect.Sub(m.Rect.Min)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	switch {
	case w < to.W || h < to.H || w > 2*to.W+2 || h > 2*to.H+2:
		return nil // not the picture that its head told of
	case w <= to.W+1 && h <= to.H+1:
		return clipped(m, to) // rounding gave a line more
	}
	return averaged(m, to) // a long strip, of which a side was rounded much
}

// nativeWork estimates the bytes that MuPDF takes for that: what is kept between scans, what its
// library has left of the picture, and the result, there and here.
func nativeWork(data []byte, size, to Size) int64 {
	kept, across := int64(0), int64(size.W)*int64(size.H)
	if jpegBytes(data) > 16 { // it comes in steps
		kept = 2 * 3 * across
	}
	for n := 0; n < 3 && size.W >= 2*to.W && size.H >= 2*to.H; n++ {
		size, across = Size{size.W / 2, size.H / 2}, across/4
	}
	return kept + 3*across + 8*to.pixels()
}

// bareJPEG is a copy of a JPEG with what is needed to decode it and nothing else: colour
// profiles and densities would be heeded by one decoder and not by the other. nil if the
// file is cut, or is of a kind that decoders disagree about.
func bareJPEG(data []byte) []byte {
	out := make([]byte, 0, len(data))
	out = append(out, 0xff, 0xd8)
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff {
			at++ // a fill byte
			continue
		}
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if length < 2 || at+2+length > len(data) {
			return nil
		}
		body := data[at+4 : at+2+length]
		switch {
		case marker == 0xda:
			scan := at + 2 + length
			end := bytes.LastIndex(data[scan:], []byte{0xff, 0xd9})
			if end < 0 {
				return nil
			}
			return append(out, data[at:scan+end+2]...)
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			if !commonFrame(marker, body) {
				return nil
			}
		case marker == 0xee:
			return nil // Adobe's: the colours may be stored in other ways
		}
		if marker != 0xfe && marker&0xf0 != 0xe0 {
			out = append(out, data[at:at+2+length]...)
		}
		at += 2 + length
	}
	return nil
}

// commonFrame tells whether a frame header is of a picture as cameras make them: 8 bits,
// grey or YCbCr, baseline or progressive.
func commonFrame(marker byte, body []byte) bool {
	if marker > 0xc2 || len(body) < 6 || body[0] != 8 || len(body) < 6+3*int(body[5]) {
		return false
	}
	if body[5] == 1 {
		return true
	}
	return body[5] == 3 && body[6] == 1 && body[9] == 2 && body[12] == 3
}
