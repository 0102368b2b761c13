package media

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
)

// maxWork is how many bytes a picture may take while it is decoded and reduced, all
// together. What the worker has besides stays below memoryLimit with it.
const maxWork = 352 << 20

// work estimates, from its head, the bytes that decoding a picture takes besides what it
// is reduced to.
func (c codec) work(data []byte, cfg image.Config) int64 {
	px := int64(cfg.Width) * int64(cfg.Height)
	deep := sampleBytes(cfg.ColorModel)
	switch c.format {
	case "png":
		const interlaced = 28 // offset of that byte
		if len(data) > interlaced && data[interlaced] != 0 {
			return px * deep * 3 / 2 // half of it once more, while the last pass comes in
		}
		return px * deep
	case "jpeg":
		return px * jpegBytes(data) / 4
	case "webp":
		return 8 * px // pixels before and after the last transform
	case "tiff":
		return 4 * px * deep // the strip is unpacked into a growing buffer
	}
	return px * deep
}

// sampleBytes is how many bytes Go's pictures of a model have for a pixel.
func sampleBytes(m color.Model) int64 {
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	}
	return 4
}

// jpegBytes is how many bytes Go's decoder takes for four pixels of a JPEG: its samples, four
// times as much for what is kept between scans, and pixels of other than the usual colours.
// A frame of more than four components, or of factors outside 1 to 4 (ITU-T T.81, B.2.2), is
// none that it decodes: it counts as the most.
func jpegBytes(data []byte) int64 {
	const most = 4 * (4*5 + 4)
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, length := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xff {
			at++
			continue
		}
		if marker < 0xc0 || marker > 0xc2 {
			at += 2 + max(length, 2)
			continue
		}
		body := data[at+4 : min(len(data), at+2+max(length, 2))]
		if len(body) < 6 || body[5] > 4 || len(body) < 6+3*int(body[5]) {
			return most
		}
		var samples, widest, highest int64
		for i := range int(body[5]) {
			h, v := int64(body[7+3*i]>>4), int64(body[7+3*i]&15)
			if h < 1 || h > 4 || v < 1 || v > 4 {
				return most
			}
			samples, widest, highest = samples+h*v, max(widest, h), max(highest, v)
		}
		if samples == 0 {
			return most
		}
		bytes := (4*samples + widest*highest - 1) / (widest * highest)
		if marker == 0xc2 {
			bytes *= 5
		}
		if body[5] == 4 {
			bytes += 16
		}
		return bytes
	}
	return most
}

// room is how many pixels the result of a picture may have beside so much work; each way
// that it takes after decoding costs four bytes. ErrTooLarge if there is none to speak of.
func room(work int64, ways int64) (int64, error) {
	left := (maxWork - work) / (4 * ways)
	if left < heavyPixels {
		return 0, fmt.Errorf("%d MiB to decode: %w", work>>20, ErrTooLarge)
	}
	return min(left, MaxPixels), nil
}
