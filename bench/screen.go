package main

import (
	"errors"
	"hash/maphash"
	"image"
	"time"

	"corkboard/e2e/x11"
)

const (
	lookEvery = 50 * time.Millisecond
	quiet     = time.Second // without a change the picture of a start is final
)

var errNothingShown = errors.New("nothing was shown")

// screen is what a person in front of the display sees.
type screen struct {
	display *x11.Display
	seed    maphash.Seed
	before  uint64 // what it showed before the program was started
}

func newScreen(d *x11.Display) (*screen, error) {
	s := &screen{display: d, seed: maphash.MakeSeed()}
	var err error
	s.before, err = s.look()
	return s, err
}

func (s *screen) look() (uint64, error) {
	picture, err := s.display.Shot(s.display.Screen())
	if err != nil {
		return 0, err
	}
	return s.sum(picture), nil
}

func (s *screen) sum(picture *image.RGBA) uint64 { return maphash.Bytes(s.seed, picture.Pix) }

// settled is the time after began at which the final picture was seen first:
// everything in view is painted, pictures decoded, details sharp. It is final
// when nothing changes for the time quiet. The answer is at most lookEvery and
// one look too late.
func (s *screen) settled(began time.Time, quiet time.Duration) (time.Duration, error) {
	last, since := s.before, time.Duration(0)
	for time.Since(began) < maxStart {
		now, err := s.look()
		if err != nil {
			return 0, err
		}
		at := time.Since(began)
		switch {
		case now != last:
			last, since = now, at
		case last != s.before && at-since > quiet:
			return since, nil
		}
		time.Sleep(lookEvery)
	}
	return 0, errNothingShown
}

// still waits until the picture has not changed for the time quiet.
func (s *screen) still(quiet time.Duration) error {
	last, since := s.before, time.Now()
	for began := since; time.Since(began) < maxStart; time.Sleep(lookEvery) {
		now, err := s.look()
		if err != nil {
			return err
		}
		if now != last {
			last, since = now, time.Now()
		} else if time.Since(since) > quiet {
			return nil
		}
	}
	return nil // it goes on changing: what is there will do
}
