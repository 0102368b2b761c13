package renderers

import (
	"fmt"
	"time"

	"corkboard/cards"
)

// Sound plays the files of cards, one at a time. Its methods return at once.
type Sound interface {
	// Playing is what is so now of a stored file. Any goroutine.
	Playing(blob string) Playing
	// Toggle plays a file, from where it was stopped, or stops it; Seek goes to a part of
	// it, from 0 to 1. UI goroutine.
	Toggle(blob string)
	Seek(blob string, part float64)
	SetVolume(v float64)
}

// SoundFollower is a full view that shows what plays. UI goroutine.
type SoundFollower interface{ SoundMoved() }

// Playing is how a sound stands. The zero value is one that nobody has played.
type Playing struct {
	Here    bool // it is the one that plays, or played last
	On      bool
	At      time.Duration
	Total   time.Duration // 0: not known
	Volume  float64       // 0 to 1, of any sound
	Trouble string        // why it does not play, in words
}

// soundTeller is a Known that knows what plays. Any goroutine.
type soundTeller interface{ Playing(blob string) Playing }

// playingOf is what is so of a sound, for painting it: nil while it is not at hand.
func playingOf(k Known, v cards.File) any {
	t, ok := k.(soundTeller)
	if !ok || v.Blob == "" {
		return nil
	}
	if p := t.Playing(v.Blob); p.Here {
		p.At = p.At.Truncate(100 * time.Millisecond) // no card is painted more often
		return p
	}
	return nil
}

// part is how much of the sound has been heard, from 0 to 1.
func (p Playing) part(v cards.File) float64 {
	total := p.total(v)
	if total <= 0 {
		return 0
	}
	return min(1, max(0, float64(p.At)/float64(total)))
}

// total is how long the sound is: as it was found to be, or as its document says.
func (p Playing) total(v cards.File) time.Duration {
	if p.Total > 0 {
		return p.Total
	}
	return time.Duration(v.Duration) * time.Millisecond
}

// times is "0:12 / 3:45", or the length alone of what is not at hand.
func (p Playing) times(v cards.File) string {
	total := p.total(v).Milliseconds()
	switch {
	case !p.Here && total <= 0:
		return ""
	case !p.Here:
		return clock(total)
	case total <= 0:
		return clock(p.At.Milliseconds())
	}
	return clock(p.At.Milliseconds()) + " / " + clock(total)
}

// Clock writes a time as minutes and seconds: 3:45, or 1:03:45.
func Clock(d time.Duration) string { return clock(d.Milliseconds()) }

// clock writes milliseconds as minutes and seconds: 3:45, or 1:03:45.
func clock(ms int64) string {
	s := ms / 1000
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// loudness gives the waveform in so many bars, each from 0 to 1; nil if nobody has measured
// the sound.
func loudness(bars string, n int) []float32 {
	if bars == "" || n <= 0 {
		return nil
	}
	n = min(n, len(bars))
	out := make([]float32, n)
	for i := range out {
		for j := i * len(bars) / n; j < (i+1)*len(bars)/n; j++ {
			out[i] = max(out[i], float32(cards.Loud(bars[j])))
		}
	}
	return out
}
