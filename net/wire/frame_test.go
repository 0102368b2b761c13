package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"testing"
	"testing/iotest"

	"corkboard/internal/lean"
)

func TestFramesComeBack(t *testing.T) {
	var stream []byte
	sizes := []int{1, 2, frameStep - FrameHead, frameStep, frameStep + 1, 5*frameStep + 3, 1 << 20}
	for i, n := range sizes {
		stream = AppendFrame(stream, bytes.Repeat([]byte{byte(i)}, n))
	}
	for _, r := range []io.Reader{bytes.NewReader(stream), iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(stream)))} {
		for i, n := range sizes {
			b, err := ReadFrame(r, 1<<20)
			if err != nil || !bytes.Equal(b, bytes.Repeat([]byte{byte(i)}, n)) {
				t.Fatalf("%d bytes came back as %d, %v", n, len(b), err)
			}
		}
		if _, err := ReadFrame(r, 1); err != io.EOF {
			t.Errorf("at the end: %v", err)
		}
	}
}

func TestWrongFrames(t *testing.T) {
	whole := AppendFrame(nil, bytes.Repeat([]byte{7}, 100))
	for name, c := range map[string]struct {
		in    []byte
		limit int
		want  error
	}{
		"empty":             {[]byte{0, 0, 0, 0}, 100, ErrFrame},
		"over the limit":    {whole, 99, ErrFrame},
		"the largest":       {[]byte{0xff, 0xff, 0xff, 0xff}, 100, ErrFrame},
		"no limit":          {whole, 0, ErrFrame},
		"less than nothing": {whole, -1, ErrFrame},
		"half a length":     {whole[:2], 100, io.ErrUnexpectedEOF},
		"only a length":     {whole[:4], 100, io.ErrUnexpectedEOF},
		"cut short":         {whole[:103], 100, io.ErrUnexpectedEOF},
		"nothing":           {nil, 100, io.EOF},
	} {
		if b, err := ReadFrame(bytes.NewReader(c.in), c.limit); b != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %d bytes, %v, want %v", name, len(b), err, c.want)
		}
	}
}

// A length alone costs no memory.
func TestALieCostsNothing(t *testing.T) {
	const limit = 1 << 30
	lie := binary.BigEndian.AppendUint32(nil, limit)
	lie = append(lie, make([]byte, 100_000)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := ReadFrame(bytes.NewReader(lie), limit)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 8*uint64(len(lie)) {
		t.Errorf("%d bytes for %d that came", got, len(lie))
	}
}

func FuzzFrame(f *testing.F) {
	f.Add(AppendFrame(AppendFrame(nil, []byte("one")), []byte("two")), 100)
	f.Add(AppendFrame(nil, []byte("longer")), 3)
	f.Add([]byte{0, 0, 0, 0}, 4)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1}, 1<<20)
	f.Add([]byte{0, 1, 0, 0, 1}, 1<<20)
	f.Fuzz(lean.Two(func(t *testing.T, in []byte, limit int) {
		r := bytes.NewReader(in)
		var again []byte
		for {
			b, err := ReadFrame(r, limit)
			if err != nil {
				if b != nil || err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, ErrFrame) {
					t.Fatalf("%d bytes, %v", len(b), err)
				}
				if err == io.EOF && !bytes.Equal(again, in) {
					t.Fatal("other bytes than were read")
				}
				return
			}
			if len(b) == 0 || len(b) > limit || cap(b) > 4*len(in)+2*frameStep {
				t.Fatalf("a frame of %d bytes in %d, where %d are allowed and %d came", len(b), cap(b), limit, len(in))
			}
			again = AppendFrame(again, b)
		}
	}))
}
