package mutant

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"

	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

// Actor is the name of the nth writer.
func Actor(n int) []byte {
	h := sha256.Sum256(fmt.Append(nil, "actor", n))
	return h[:16]
}

// History is what some people did with one document: they write alone, get
// each other's changes, and write again. The changes are in an order in which
// they can be applied.
func History(e engine.Engine, seed uint64, people, rounds int) (all []engine.Change, err error) {
	list, all, err := Replicas(e, seed, people, rounds)
	closeAll(list)
	return all, err
}

// Replicas are the documents of these people at the end of History, which are
// all in one state, and what they did. The caller closes them.
func Replicas(e engine.Engine, seed uint64, people, rounds int) (list []engine.Doc, all []engine.Change, err error) {
	r := rand.New(rand.NewPCG(seed, 11))
	defer func() {
		if err != nil {
			closeAll(list)
			list, all = nil, nil
		}
	}()
	for n := range people {
		d, err := e.New(Actor(n + 1))
		if err != nil {
			return list, nil, fmt.Errorf("beginning a history: %w", err)
		}
		list = append(list, d)
	}
	if all, err = Grow(list[0], r, 3); err != nil {
		return list, nil, err
	}
	if err := spread(list, all); err != nil {
		return list, nil, err
	}
	for range rounds {
		var made []engine.Change
		for _, d := range list {
			mine, err := Grow(d, r, 1+r.IntN(3))
			if err != nil {
				return list, nil, err
			}
			made = append(made, mine...)
		}
		if err := spread(list, made); err != nil {
			return list, nil, err
		}
		all = append(all, made...)
	}
	return list, all, nil
}

func closeAll(list []engine.Doc) {
	for _, d := range list {
		d.Close()
	}
}

// Grow makes up to n random changes.
func Grow(d engine.Doc, r *rand.Rand, n int) (made []engine.Change, err error) {
	for range n {
		now, err := d.Tree()
		if err != nil {
			return nil, fmt.Errorf("growing a history: %w", err)
		}
		c, err := d.Apply(doctest.RandomEdits(r, now), "random", r.Int64N(1<<41))
		if errors.Is(err, engine.ErrNothing) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("growing a history: %w", err)
		}
		made = append(made, c)
	}
	return made, nil
}

func spread(list []engine.Doc, made []engine.Change) error {
	for _, d := range list {
		if _, err := d.Merge(bodies(made)); err != nil {
			return fmt.Errorf("spreading a history: %w", err)
		}
	}
	return nil
}

func bodies(list []engine.Change) (out [][]byte) {
	for _, c := range list {
		out = append(out, c.Body)
	}
	return out
}

// others are the changes that other writers make.
func others(list []engine.Change, actor []byte) (out [][]byte) {
	for _, c := range list {
		if string(c.Actor) != string(actor) {
			out = append(out, c.Body)
		}
	}
	return out
}
