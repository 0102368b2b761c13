package jail

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"strings"
	"sync"
)

// chunk is a chunk of a PNG.
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngFile is a PNG of any dimensions, whose pixels are n zeros.
func pngFile(w, h uint32, depth, colour, interlace byte, n int64, between ...[]byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	parts := [][]byte{[]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, depth, colour, 0, 0, interlace))}
	if colour == 3 {
		parts = append(parts, chunk("PLTE", make([]byte, 3)))
	}
	parts = append(parts, between...)
	return bytes.Join(append(parts, chunk("IDAT", zeros(n)), chunk("IEND", nil)), nil)
}

var (
	zerosMu sync.Mutex
	zerosOf = map[int64][]byte{}
)

// zeros are n zeros, deflated: a thousandth of that. What was made once is not made again.
func zeros(n int64) []byte {
	zerosMu.Lock()
	defer zerosMu.Unlock()
	if zerosOf[n] == nil {
		zerosOf[n] = zip(n)
	}
	return zerosOf[n]
}

func zip(n int64) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	for block := make([]byte, 1<<20); n > 0; n -= int64(len(block)) {
		_, _ = w.Write(block[:min(n, int64(len(block)))]) // a buffer takes all
	}
	_ = w.Close()
	return b.Bytes()
}

// rows is how many bytes the pixels of a PNG are.
func rows(w, h, bytesPerPixel int64) int64 { return h * (w*bytesPerPixel + 1) }

func segment(marker byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// jpegFile is a JPEG of three colours with nearly no data: scans of it, one after the other.
func jpegFile(frame byte, w, h uint16, sampling byte, scans int, before ...[]byte) []byte {
	size := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16([]byte{8}, h), w)
	table := append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)
	codes := append(append([]byte{0x00, 1}, make([]byte, 15)...), 0) // one code of one bit, for 0
	acs := append(append([]byte{0x10, 1}, make([]byte, 15)...), 0)
	out := append([]byte{0xff, 0xd8}, bytes.Join(before, nil)...)
	out = append(out, segment(0xdb, table)...)
	out = append(out, segment(frame, append(size, 3, 1, sampling, 0, 2, 0x11, 0, 3, 0x11, 0))...)
	out = append(out, segment(0xc4, codes)...)
	out = append(out, segment(0xc4, acs)...)
	for i := range scans {
		sos := []byte{3, 1, 0, 2, 0, 3, 0, 0, 63, 0}
		if frame == 0xc2 {
			sos = []byte{3, 1, 0, 2, 0, 3, 0, 0, 0, 0}
			if i > 0 {
				sos = []byte{1, byte(i%3 + 1), 0, 1, 63, 0}
			}
		}
		out = append(append(out, segment(0xda, sos)...), make([]byte, 64)...)
	}
	return append(out, 0xff, 0xd9)
}

// gifFile is an animation of n frames, each as large as the canvas and of one colour.
func gifFile(w, h, n int, disposal byte) []byte {
	palette := color.Palette{color.Black, color.White}
	frame := image.NewPaletted(image.Rect(0, 0, w, h), palette)
	g := &gif.GIF{Config: image.Config{ColorModel: palette, Width: w, Height: h}}
	for range n {
		g.Image, g.Delay, g.Disposal = append(g.Image, frame), append(g.Delay, 1), append(g.Disposal, disposal)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// riff is a WebP of one or more chunks.
func riff(kinds string, bodies ...[]byte) []byte {
	var all []byte
	for i, body := range bodies {
		all = append(all, kinds[4*i:4*i+4]...)
		all = binary.LittleEndian.AppendUint32(all, uint32(len(body)))
		all = append(append(all, body...), make([]byte, len(body)&1)...)
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(all)+4))
	return append(append(out, "WEBP"...), all...)
}

// losslessWebP claims a size of 14 bits a side.
func losslessWebP(w, h uint32) []byte {
	bits := (w - 1) | (h-1)<<14
	return riff("VP8L", append(binary.LittleEndian.AppendUint32([]byte{0x2f}, bits), make([]byte, 4096)...))
}

// keyFrame is a key frame of VP8 of a size, with zeros for data.
func keyFrame(w, h uint16, n int) []byte {
	first := uint32(1<<4 | (n/2)<<5) // shown; the first partition is half of it
	out := []byte{byte(first), byte(first >> 8), byte(first >> 16), 0x9d, 0x01, 0x2a}
	out = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(out, w), h)
	return append(out, make([]byte, n)...)
}

func bmpFile(w, h int32, bits uint16) []byte {
	out := append([]byte("BM"), make([]byte, 8)...)
	out = binary.LittleEndian.AppendUint32(out, 54)
	out = binary.LittleEndian.AppendUint32(out, 40)
	out = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(out, uint32(w)), uint32(h))
	out = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(out, 1), bits)
	return append(out, make([]byte, 1024)...)
}

// tiffFile is a TIFF with the given fields: tag, type 4 (LONG), count and value, each.
func tiffFile(data []byte, fields ...[3]uint32) []byte {
	out := binary.LittleEndian.AppendUint32([]byte("II*\x00"), uint32(8+len(data)))
	out = append(out, data...)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(fields)))
	for _, f := range fields {
		out = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(out, uint16(f[0])), 4)
		out = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(out, f[1]), f[2])
	}
	return append(out, 0, 0, 0, 0)
}

// greyTIFF is a picture of one byte a pixel in one strip that was deflated.
func greyTIFF(w, h uint32, strip []byte) []byte {
	return tiffFile(strip, [3]uint32{256, 1, w}, [3]uint32{257, 1, h}, [3]uint32{258, 1, 8}, [3]uint32{259, 1, 8},
		[3]uint32{262, 1, 1}, [3]uint32{273, 1, 8}, [3]uint32{277, 1, 1}, [3]uint32{278, 1, h}, [3]uint32{279, 1, uint32(len(strip))})
}

func svgFile(inside string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1000 1000">` + inside + `</svg>`)
}

// laughs are entities made of entities, ten times ten.
func laughs() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a0 "ha">`)
	for i := range 9 {
		b.WriteString(`<!ENTITY a` + string(rune('1'+i)) + ` "` + strings.Repeat("&a"+string(rune('0'+i))+";", 10) + `">`)
	}
	return []byte(b.String() + `]><svg viewBox="0 0 10 10"><title>&a9;</title></svg>`)
}

// doubled are groups that each draw the one before twice.
func doubled(n int) string {
	var b strings.Builder
	b.WriteString(`<defs><g id="g0"><rect width="900" height="900"/></g>`)
	for i := 1; i <= n; i++ {
		name, before := string(rune('a'+i)), string(rune('a'+i-1))
		if i == 1 {
			before = "g0"
		}
		b.WriteString(`<g id="` + name + `"><use xlink:href="#` + before + `"/><use xlink:href="#` + before + `"/></g>`)
	}
	return b.String() + `</defs><use xlink:href="#` + string(rune('a'+n)) + `"/>`
}
