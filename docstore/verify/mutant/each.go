package mutant

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
)

// perHistory is how many mutants are made of one history.
const perHistory = 100

// ErrOwnRefused says that package verify refused a change of our own engine.
var ErrOwnRefused = errors.New("a change of our own was refused")

// Each makes n mutants, those after the first skip; skip is a multiple of 100.
// f gets each as a trial, and what package verify makes of it: d is nil if
// Change refuses, fits tells what Places says else. It ends when f says false.
func Each(e engine.Engine, skip, n int, f func(x Trial, d *verify.Decoded, fits error) bool) error {
	for seed := uint64(skip / perHistory); n > 0; seed++ {
		all, err := History(e, seed, 1+int(seed%3), 1+int(seed%5))
		if err != nil {
			return err
		}
		list, err := Decode(all)
		if err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(seed, 12))
		p := PoolOf(list)
		for i := 0; i < perHistory && n > 0; i++ {
			n--
			at := r.IntN(len(all))
			b := New(r, list[at], p)
			x := Trial{Before: bodies(all[:at]), Change: b, After: others(all[at:], list[at].Actor[:]), Hash: nameOf(b), Seed: r.Uint64()}
			d, fits := verify.Change(b)
			if fits == nil {
				x.After = others(all[at:], d.Actor[:])
				if fits, err = check(list[:at], d); err != nil {
					return err
				}
			}
			if !f(x, d, fits) {
				return nil
			}
		}
	}
	return nil
}

// Decode reads changes of our own; ErrOwnRefused.
func Decode(all []engine.Change) (list []*verify.Decoded, err error) {
	for _, c := range all {
		d, err := verify.Change(c.Body)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrOwnRefused, err)
		}
		list = append(list, d)
	}
	return list, nil
}

// check is Places.Check after a history, which must fit itself.
func check(history []*verify.Decoded, d *verify.Decoded) (fits, err error) {
	p := verify.NewPlaces()
	for _, own := range history {
		if _, err := p.Add(own); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrOwnRefused, err)
		}
	}
	return p.Check(d), nil
}
