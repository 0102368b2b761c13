package sound

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"

	"corkboard/internal/lean"
)

// The files in testdata hold two seconds of a tone of 440 Hz (low.mp3 one), encoded by
// FFmpeg without marks of the encoder.

// wavOf is a WAV file of 16 bits.
func wavOf(rate, channels int, samples []int16) []byte {
	var b bytes.Buffer
	b.WriteString("RIFF")
	le := binary.LittleEndian
	put := func(v any) { _ = binary.Write(&b, le, v) } // a Buffer never fails
	put(uint32(36 + 2*len(samples)))
	b.WriteString("WAVEfmt ")
	put(uint32(16))
	put([2]uint16{1, uint16(channels)})
	put([2]uint32{uint32(rate), uint32(rate * channels * 2)})
	put([2]uint16{uint16(channels * 2), 16})
	b.WriteString("data")
	put(uint32(2 * len(samples)))
	put(samples)
	return b.Bytes()
}

func toneOf(rate, channels int, seconds float64) []int16 {
	out := make([]int16, int(float64(rate)*seconds)*channels)
	for i := range out {
		out[i] = int16(16000 * math.Sin(2*math.Pi*440*float64(i/channels)/float64(rate)))
	}
	return out
}

// flacOf is a FLAC file without any compression, so that it is large.
func flacOf(t testing.TB, rate int, samples []int16) []byte {
	t.Helper()
	var b bytes.Buffer
	const block = 4096
	e, err := flac.NewEncoder(&b, &meta.StreamInfo{
		BlockSizeMin: block, BlockSizeMax: block, SampleRate: uint32(rate), NChannels: 1, BitsPerSample: 16, NSamples: uint64(len(samples)),
	})
	if err != nil {
		t.Fatal(err)
	}
	e.EnablePredictionAnalysis(false)
	for at := 0; at < len(samples); at += block {
		part := samples[at:min(at+block, len(samples))]
		wide := make([]int32, len(part))
		for i, x := range part {
			wide[i] = int32(x)
		}
		f := &frame.Frame{
			Header: frame.Header{HasFixedBlockSize: true, BlockSize: uint16(len(part)), SampleRate: uint32(rate),
				Channels: frame.ChannelsMono, BitsPerSample: 16, Num: uint64(at / block)},
			Subframes: []*frame.Subframe{{SubHeader: frame.SubHeader{Pred: frame.PredVerbatim}, Samples: wide, NSamples: len(wide)}},
		}
		if err := e.WriteFrame(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func examples(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"wav": wavOf(44100, 2, toneOf(44100, 2, 2)), "mp3": file(t, "tone.mp3"), "opus": file(t, "tone.opus"),
		"flac": file(t, "tone.flac"), "flac large": flacOf(t, 44100, toneOf(44100, 1, 10)), "mp3 low": file(t, "low.mp3"),
		"vorbis": file(t, "long.ogg"),
	}
}

func open(t testing.TB, b []byte) *Stream {
	t.Helper()
	s, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// readFor reads so many frames of the first channel, or up to the end.
func readFor(t testing.TB, s *Stream, frames int) (out []float32) {
	t.Helper()
	buf := make([]float32, 1000*s.Channels)
	for len(out) < frames {
		n, err := s.Read(buf[:min(len(buf), (frames-len(out))*s.Channels)])
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			out = append(out, buf[i*s.Channels])
		}
	}
	return out
}

// pitch counts how often a tone rises through zero each second.
func pitch(samples []float32, rate int) float64 {
	n := 0
	for i := 1; i < len(samples); i++ {
		if samples[i-1] < 0 && samples[i] >= 0 {
			n++
		}
	}
	return float64(n) * float64(rate) / float64(len(samples))
}

func TestEveryFormatGivesItsTone(t *testing.T) {
	for name, b := range examples(t) {
		s := open(t, b)
		all := readFor(t, s, 1<<30)
		if near := math.Abs(float64(len(all)) - float64(s.Frames)); near > float64(s.Rate)/20 {
			t.Errorf("%s: %d frames came, %d were told", name, len(all), s.Frames)
		}
		middle := all[len(all)/4 : len(all)*3/4]
		if got := pitch(middle, s.Rate); math.Abs(got-440) > 4 {
			t.Errorf("%s: a tone of %.1f Hz", name, got)
		}
		if peak := loudest(middle); peak < 0.2 {
			t.Errorf("%s: its loudest moment is %v", name, peak)
		}
	}
}

func TestSeekingGivesWhatReadingGives(t *testing.T) {
	for name, b := range examples(t) {
		all := readFor(t, open(t, b), 1<<30)
		s := open(t, b)
		for _, part := range []float64{0.5, 0.9, 0.1, 0, 0.77} {
			at := int(part * float64(len(all)))
			if err := s.SeekTo(int64(at)); err != nil {
				t.Fatalf("%s: to %d: %v", name, at, err)
			}
			got := readFor(t, s, s.Rate/50)
			want := all[at:]
			if len(got) == 0 || len(got) > len(want) {
				t.Fatalf("%s: at %d: %d frames", name, at, len(got))
			}
			for i := range got {
				if math.Abs(float64(got[i]-want[i])) > 0.05 {
					t.Fatalf("%s: %d frames after %d is %v, want %v", name, i, at, got[i], want[i])
				}
			}
		}
		if err := s.SeekTo(1 << 50); err != nil {
			t.Errorf("%s: to its end: %v", name, err)
		}
	}
}

func TestFormsOfWAV(t *testing.T) {
	w := &wav{}
	for _, c := range []struct {
		width int
		float bool
		b     []byte
		want  float32
	}{
		{1, false, []byte{192}, 0.5}, {2, false, []byte{0, 0x40}, 0.5}, {3, false, []byte{0, 0, 0xc0}, -0.5},
		{4, false, []byte{0, 0, 0, 0x40}, 0.5}, {4, true, binary.LittleEndian.AppendUint32(nil, math.Float32bits(-0.25)), -0.25},
		{8, true, binary.LittleEndian.AppendUint64(nil, math.Float64bits(7)), 1},
		{4, true, binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(math.NaN()))), 0},
	} {
		if w.width, w.float = c.width, c.float; w.sample(c.b) != c.want {
			t.Errorf("%d bytes, float %v: %v, want %v", c.width, c.float, w.sample(c.b), c.want)
		}
	}
}

func TestWhatIsNoSound(t *testing.T) {
	cut := file(t, "tone.flac")[:30]
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"empty": {nil, ErrUnsupported}, "text": {[]byte("hello, this is a text"), ErrUnsupported},
		"padded frames of MPEG 2": {file(t, "padded.mp3"), ErrUnsupported},
		"cut":                     {cut, ErrBroken}, "wav without samples": {[]byte("RIFF\x04\x00\x00\x00WAVE"), ErrBroken}, "tag alone": {[]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), ErrBroken},
	} {
		if _, err := Open(bytes.NewReader(c.b), int64(len(c.b))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := Open(bytes.NewReader(nil), MaxBytes+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestSketch(t *testing.T) {
	samples := toneOf(8000, 1, 4)
	clear(samples[len(samples)/2:]) // the second half is silent
	for name, b := range map[string][]byte{"wav": wavOf(8000, 1, samples), "flac": flacOf(t, 8000, samples)} {
		total, bars, err := Sketch(bytes.NewReader(b), int64(len(b)), time.Minute)
		if err != nil || total != 4*time.Second || len(bars) != Bars {
			t.Fatalf("%s: %v, %d bars, %v", name, total, len(bars), err)
		}
		if loud, still := bars[Bars/4], bars[Bars*3/4]; loud < Silent+40 || still != Silent {
			t.Errorf("%s: bars of %d and %d", name, loud, still)
		}
	}
}

func TestSketchOfALongSoundLooksAtPieces(t *testing.T) {
	samples := toneOf(8000, 1, 300)
	clear(samples[:len(samples)/2])
	b := wavOf(8000, 1, samples)
	total, bars, err := Sketch(bytes.NewReader(b), int64(len(b)), time.Minute)
	if err != nil || total != 300*time.Second || bars[Bars/4] != Silent || bars[Bars*3/4] < Silent+40 {
		t.Fatalf("%v, bars %q, %v", total, bars, err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(wavOf(8000, 1, toneOf(8000, 1, 0.05)))
	f.Add(flacOf(f, 8000, toneOf(8000, 1, 0.05)))
	for _, name := range []string{"low.mp3", "tone.opus", "tone.ogg"} {
		f.Add(file(f, name))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		s, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		buf := make([]float32, 2048*s.Channels)
		for _, at := range []int64{0, s.Frames / 2} {
			if s.SeekTo(at) != nil {
				continue
			}
			for range 20 {
				n, err := s.Read(buf)
				if err == nil && (n <= 0 || n*s.Channels > len(buf)) {
					t.Fatalf("%d frames", n)
				}
				if err != nil {
					break
				}
			}
		}
	}))
}
