package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"testing"
)

// hollowPNG is a PNG of zeros, as small as it can be.
func hollowPNG(t *testing.T, side uint32, depth, colour byte, perPixel int64) []byte {
	t.Helper()
	var b, idat bytes.Buffer
	chunk := func(kind string, data []byte) {
		body := append([]byte(kind), data...)
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		b.Write(body)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	chunk("IHDR", append(head, depth, colour, 0, 0, 0))
	w := zlib.NewWriter(&idat)
	if _, err := io.CopyN(w, zero{}, int64(side)*(int64(side)*perPixel+1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	chunk("IDAT", idat.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A worker never has more than half a GiB: what would take more is refused, or comes smaller.
func TestWhatTakesTooMuchMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes 64 MP")
	}
	pids := make(chan int, 8)
	d := newDecoder(t, Options{onStart: func(pid int) { pids <- pid }})
	deep := write(t, "deep.png", hollowPNG(t, 7000, 16, 6, 0))
	if _, _, err := d.Image(testContext(t), deep, Size{64, 64}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("8 bytes a pixel: %v", err)
	}
	wide := write(t, "wide.png", hollowPNG(t, 8192, 8, 6, 4))
	if _, err := d.Probe(testContext(t), wide); err != nil {
		t.Error(err)
	}
	m, info, err := d.Image(testContext(t), wide, Size{})
	if err != nil || info.Width != 8192 || m.Rect.Dx() >= 8192 || m.Rect.Dx() < 4000 {
		t.Errorf("4 bytes a pixel: %+v, %v", info, err)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", <-pids))
	if err != nil {
		t.Skip("no /proc here")
	}
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	var kib int
	if _, err := fmt.Sscan(string(rest), &kib); err != nil || kib > 512<<10 || len(pids) > 0 {
		t.Errorf("one worker had %d MiB, %v; more started: %d", kib>>10, err, len(pids))
	}
}

func TestWorkOfJPEGs(t *testing.T) {
	frame := func(marker byte, parts ...byte) []byte {
		body := []byte{8, 0, 16, 0, 16, byte(len(parts))}
		for i, p := range parts {
			body = append(body, byte(i+1), p, 0)
		}
		return append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, marker, 0, byte(len(body) + 2)}, body...)
	}
	for _, c := range []struct {
		data []byte
		want int64 // bytes of four pixels
	}{
		{frame(0xc0, 0x22, 0x11, 0x11), 6}, {frame(0xc0, 0x11, 0x11, 0x11), 12}, {frame(0xc0, 0x11), 4},
		{frame(0xc2, 0x22, 0x11, 0x11), 30}, {frame(0xc0, 0x11, 0x11, 0x11, 0x11), 32}, {frame(0xc0, 0, 0), 96}, {nil, 96},
		{frame(0xc0, 0xf0, 0x0f), 96}, {frame(0xc2, 0x11, 0x11, 0x11, 0x11, 0x11), 96}, {frame(0xc0), 96},
		{frame(0xc2, 0x44, 0x44, 0x44, 0x44), 96}, {frame(0xc2, 0x11, 0x41, 0x14), 15},
	} {
		if got := jpegBytes(c.data); got != c.want {
			t.Errorf("%x: %d, want %d", c.data, got, c.want)
		}
	}
}
