package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"

	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginebench"
	"corkboard/docstore/verify/mutant"
)

// trust measures what stands between people: the engines, sealed changes, the
// log of who may do what, and whether the engines survive what the verifier
// accepts, of so many mutants.
func trust(ctx context.Context, dir string, mutants int, r results) error {
	cache := filepath.Join(dir, "engine")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return err
	}
	s := engine.Sandboxed(engine.Options{Cache: cache})
	defer s.Close()
	if err := s.Ready(); err != nil {
		return err
	}
	var own engine.Engine = s
	if engine.HasNative {
		own = engine.Native()
	}
	for _, measure := range []func() error{
		func() error { return engines(s, cache, r) },
		func() error { return sealing(own, r) },
		func() error { return members(r) },
		func() error { return survive(ctx, cache, mutants, r) },
	} {
		if err := measure(); err != nil {
			return err
		}
	}
	return nil
}

func engines(s *engine.Sandbox, cache string, r results) error {
	measure := func(e engine.Engine, name string) error {
		figures, err := enginebench.Measure(e, name)
		maps.Copy(r, figures)
		if err != nil {
			return fmt.Errorf("the %s engine: %w", name, err)
		}
		return nil
	}
	if engine.HasNative {
		if err := measure(engine.Native(), mutant.Native); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(os.Stderr, "bench: this build has no native engine; what is said of engines is about the sandboxed one")
	}
	if err := measure(s, mutant.Sandboxed); err != nil {
		return err
	}
	ms, err := enginebench.StartCached(cache)
	if err != nil {
		return fmt.Errorf("starting the engine: %w", err)
	}
	r["engine_start_cached_ms"] = ms
	return nil
}

// survive is 1 if no mutant that the verifier accepted did any harm. The
// engines meet them in a child process: it may end.
func survive(ctx context.Context, cache string, n int, r results) error {
	found, err := mutant.Survive(ctx, cache, 0, n)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "bench:", found)
	r["verifier_accepts_core_survives"] = 0
	if found.Survived() {
		r["verifier_accepts_core_survives"] = 1
	}
	r["verifier_mutants"] = float64(found.Tried())
	r["verifier_mutants_accepted"] = float64(found.Accepted)
	return nil
}

// stream is endless bytes that depend on the numbers alone.
func stream(of ...uint64) *rand.ChaCha8 {
	var seed [32]byte
	for i, n := range of {
		binary.LittleEndian.PutUint64(seed[8*i:], n)
	}
	return rand.NewChaCha8(seed)
}

func drawn(random *rand.ChaCha8) (b [32]byte) {
	for i := range 4 {
		binary.LittleEndian.PutUint64(b[8*i:], random.Uint64())
	}
	return b
}
