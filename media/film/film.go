package film

import (
	"errors"
	"fmt"
	"time"
)

// The errors of this package, wrapped with what was being done.
var (
	// ErrUnsupported: the file is in no container that is known here.
	ErrUnsupported = errors.New("container is not supported")
	// ErrBroken: the container tells nothing, or ends before it does.
	ErrBroken = errors.New("container is broken")
)

// Film is what a container tells. Zero means that it does not.
type Film struct {
	Duration      time.Duration
	Width, Height int    // pixels as shown
	Cover         []byte // of the file: a JPEG or PNG, as somebody has put it in
	Frame         []byte // of the file: the first frame, a key frame of VP8
}

const (
	maxSide     = 1 << 16          // pixels
	maxDuration = 1000 * time.Hour // longer is a lie
	maxBoxes    = 200_000          // that are looked at in one file
	maxCover    = 32 << 20         // bytes
	maxDepth    = 16               // boxes within boxes
)

// Read reads a whole file. Errors: ErrUnsupported, ErrBroken.
func Read(data []byte) (Film, error) {
	var f Film
	switch {
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		m := mp4{film: &f}
		m.boxes(data, "", 0)
	case len(data) >= 4 && string(data[:4]) == "\x1aE\xdf\xa3":
		m := mkv{film: &f, scale: 1_000_000}
		m.elements(data, 0)
		m.finish()
	default:
		return f, fmt.Errorf("reading a video: %w", ErrUnsupported)
	}
	if f.Duration < 0 || f.Duration > maxDuration {
		f.Duration = 0
	}
	if f.Width <= 0 || f.Height <= 0 || f.Width > maxSide || f.Height > maxSide {
		f.Width, f.Height = 0, 0
	}
	if len(f.Cover) > maxCover {
		f.Cover = nil
	}
	if f.Duration == 0 && f.Width == 0 && f.Cover == nil {
		return f, fmt.Errorf("reading a video: %w", ErrBroken)
	}
	return f, nil
}

// ticks is so many of so many a second.
func ticks(n, perSecond uint64) time.Duration {
	if perSecond == 0 || n/perSecond > uint64(maxDuration/time.Second) {
		return 0
	}
	return time.Duration(n/perSecond)*time.Second + time.Duration(float64(n%perSecond)/float64(perSecond)*float64(time.Second))
}
