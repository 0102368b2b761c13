package sound

import (
	"errors"
	"io"
	"math"
	"time"
)

// Bars is how many bars a waveform has. Each is one character: how loud it is, from 0 to
// Loudest, counted from Silent on.
const (
	Bars    = 120
	Loudest = 63
	Silent  = '0'
)

// A sound that is longer is not decoded as a whole for its waveform, but in pieces.
const (
	wholeUpTo = 2 * time.Minute
	pieceLen  = 100 * time.Millisecond
)

// Sketch is what a sound looks like: how long it is and how loud each part of it. A sound
// that cannot be decoded to its end gives what there is. within bounds the time of
// decoding; bars that there is no time for are silent. Errors: those of Open.
func Sketch(r io.ReaderAt, size int64, within time.Duration) (total time.Duration, bars string, err error) {
	s, err := Open(r, size)
	if err != nil {
		return 0, "", err
	}
	k := sketch{s: s, until: time.Now().Add(within), buf: make([]float32, 4096*s.Channels)}
	if s.Frames > 0 && s.Duration() > wholeUpTo {
		k.pieces()
		return s.Duration(), k.bars(), nil
	}
	frames := k.whole()
	if s.Frames == 0 || frames > 0 && frames < s.Frames && errors.Is(s.err, io.EOF) {
		s.Frames = frames
	}
	return s.Duration(), k.bars(), nil
}

// sketch gathers how loud a sound is.
type sketch struct {
	s     *Stream
	until time.Time
	buf   []float32
	peaks []float32 // of equal parts, one after the other
}

// whole decodes everything and gives the number of frames.
func (k *sketch) whole() (frames int64) {
	const step = 20 * time.Millisecond
	each := max(1, int(int64(k.s.Rate)*int64(step)/int64(time.Second)))
	k.buf = k.buf[:min(len(k.buf), each*k.s.Channels)]
	var peak float32
	in := 0
	for time.Now().Before(k.until) && len(k.peaks) < 1<<20 {
		n, err := k.s.Read(k.buf[:min(len(k.buf), (each-in)*k.s.Channels)])
		if err != nil {
			break
		}
		peak = max(peak, loudest(k.buf[:n*k.s.Channels]))
		if frames, in = frames+int64(n), in+n; in == each {
			k.peaks, peak, in = append(k.peaks, peak), 0, 0
		}
	}
	if in > 0 {
		k.peaks = append(k.peaks, peak)
	}
	return frames
}

// pieces decodes a moment in each bar.
func (k *sketch) pieces() {
	want := int(int64(k.s.Rate) * int64(pieceLen) / int64(time.Second))
	for i := range Bars {
		k.peaks = append(k.peaks, 0)
		if !time.Now().Before(k.until) || k.s.SeekTo(k.s.Frames*int64(2*i+1)/(2*Bars)) != nil {
			continue
		}
		for got := 0; got < want; {
			n, err := k.s.Read(k.buf)
			if err != nil {
				break
			}
			got += n
			k.peaks[i] = max(k.peaks[i], loudest(k.buf[:n*k.s.Channels]))
		}
	}
}

func loudest(samples []float32) (peak float32) {
	for _, x := range samples {
		peak = max(peak, x, -x)
	}
	return peak
}

// bars makes the waveform: the loudest moment of each part. Ears hear ratios, so that the
// root is drawn.
func (k *sketch) bars() string {
	out := make([]byte, Bars)
	for i := range out {
		from, to := i*len(k.peaks)/Bars, (i+1)*len(k.peaks)/Bars
		if from == to { // a short sound has fewer parts than bars
			to = min(from+1, len(k.peaks))
		}
		var peak float32
		for _, p := range k.peaks[from:to] {
			peak = max(peak, p)
		}
		out[i] = Silent + byte(math.Round(math.Sqrt(float64(min(peak, 1)))*Loudest))
	}
	return string(out)
}
