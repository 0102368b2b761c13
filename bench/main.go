package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"corkboard/e2e/kill9"
	"corkboard/media"
)

func main() {
	media.MaybeWorker()
	kill9.MaybeChild()
	maybeWindow()
	quick := flag.Bool("quick", false, "kill less often, start less often")
	only := flag.String("only", "", "measure this part only: documents, start, window or kill9; writes nothing")
	kept := flag.String("profile", "", "folder of the generated profile, made if it is not there, to be kept")
	out := flag.String("out", filepath.Join("bench", "latest.json"), "file to write")
	flag.Parse()
	good, err := run(context.Background(), choice{*quick, *only, *kept, *out})
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// choice is what the flags say.
type choice struct {
	quick               bool
	only, profile, file string
}

// part is one thing to measure.
type part struct {
	name    string
	measure func(context.Context, string, results) error
}

func run(ctx context.Context, c choice) (good bool, err error) {
	dir, err := os.MkdirTemp("", "corkboard-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	starts, kills := 5, 300
	if c.quick {
		starts, kills = 2, 20
	}
	r := results{}
	parts := []part{
		{"documents", documents},
		{"start", func(ctx context.Context, dir string, r results) error { return start(ctx, dir, starts, r) }},
		{"window", window},
		{"kill9", func(ctx context.Context, dir string, r results) error { return kills9(ctx, dir, kills, r) }},
	}
	for _, p := range parts {
		if c.only != "" && !strings.Contains(c.only, p.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "bench: %s…\n", p.name)
		place := filepath.Join(dir, p.name)
		if p.name == "start" || p.name == "window" {
			if c.profile == "" {
				c.profile = filepath.Join(dir, "profile") // one for both
			}
			place = c.profile
			if err := makeProfile(ctx, place); err != nil {
				return false, fmt.Errorf("making the profile: %w", err)
			}
		}
		if err := p.measure(ctx, place, r); err != nil {
			return false, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	good = verdict(os.Stdout, r, c.quick || c.only != "")
	if c.only == "" {
		err = r.save(c.file)
	}
	return good, err
}

func kills9(ctx context.Context, dir string, n int, r results) error {
	found, err := kill9.Run(ctx, kill9.Options{Dir: dir, Runs: n, Seed: 1})
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, found)
	for _, note := range found.Notes {
		fmt.Fprintln(os.Stderr, note)
	}
	r["kill9_runs"] = float64(found.Runs)
	r["kill9_acked"] = float64(found.Acked)
	r["kill9_lost"] = float64(found.Lost)
	r["kill9_integrity_errors"] = float64(found.Integrity)
	r["kill9_reopen_max_ms"] = millis(found.ReopenMax)
	return nil
}
