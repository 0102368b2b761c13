package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/docstore/verify/mutant"
	"corkboard/e2e/kill9"
	"corkboard/media"
)

func main() {
	media.MaybeWorker()
	kill9.MaybeChild()
	mutant.MaybeChild()
	maybeWindow()
	maybeStorage()
	maybeSiege()
	var c choice
	flag.BoolVar(&c.quick, "quick", false, "kill less often, start less often")
	flag.BoolVar(&c.photos, "photos", false, "measure the photos too, which takes as long as all the rest")
	flag.StringVar(&c.only, "only", "", "measure these parts only, with commas between: documents, trust, search, together, capture, siege, exchange, backup, start, window, big, storm, photos, kill9; writes nothing, or see -add")
	flag.BoolVar(&c.add, "add", false, "with -only: put what was measured into the file, beside what it has")
	flag.StringVar(&c.profiles, "profile", "", "folder of the generated profiles, made if they are not there, to be kept")
	flag.StringVar(&c.peers, "peers", "", "file of what bench/peers measured, to be compared")
	flag.StringVar(&c.cpu, "cpu", "", "folder for a processor profile of each scene")
	flag.StringVar(&c.file, "out", filepath.Join("bench", "latest.json"), "file to write")
	flag.IntVar(&c.mutants, "mutants", 2000, "how many changes to spoil for the verifier and the engines")
	boards := flag.String("boards", "", "only write the boards for bench/peers into this folder")
	flag.Parse()
	good, err := true, error(nil)
	if *boards != "" {
		err = writeBoards(*boards)
	} else {
		good, err = run(context.Background(), c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// choice is what the flags say.
type choice struct {
	quick, photos, add               bool
	only, profiles, peers, cpu, file string
	mutants                          int
}

// part is one thing to measure.
type part struct {
	name    string
	profile string // name of the generated profile; "" is a fresh folder
	fill    func(context.Context, *app.App) error
	measure func(ctx context.Context, dir string, r results) error
	slow    bool
}

func (c choice) parts(r results) []part {
	starts, kills := 5, 300
	if c.quick {
		starts, kills = 2, 20
	}
	play := func(what string) func(context.Context, string, results) error {
		return func(ctx context.Context, dir string, r results) error {
			return window(ctx, request{Profile: dir, Play: what, CPU: c.cpu}, r)
		}
	}
	return []part{
		{name: "documents", measure: documents},
		{name: "trust", measure: func(ctx context.Context, dir string, r results) error { return trust(ctx, dir, c.mutants, r) }},
		{name: "search", profile: "many", fill: fillMany, measure: searching},
		{name: "search", profile: "1000", fill: fillHome, measure: indexing},
		{name: "together", measure: together},
		{name: "capture", measure: capturing},
		{name: "siege", measure: func(ctx context.Context, dir string, r results) error { return siege(ctx, dir, c.cpu, r) }},
		{name: "exchange", profile: "1000", fill: fillHome, measure: func(ctx context.Context, dir string, r results) error { return inAndOut(ctx, dir, !c.quick, r) }},
		{name: "backup", measure: func(ctx context.Context, dir string, r results) error { return backups(ctx, dir, !c.quick, r) }},
		{name: "start", profile: "1000", fill: fillHome, measure: func(ctx context.Context, dir string, r results) error { return start(ctx, dir, starts, r) }},
		{name: "window", profile: "1000", fill: fillHome, measure: play("home")},
		{name: "big", profile: "10000", fill: fillBig, measure: func(ctx context.Context, dir string, r results) error {
			if err := openBig(ctx, dir, starts, r); err != nil {
				return err
			}
			return play("big")(ctx, dir, r)
		}},
		{name: "storm", profile: "10000", fill: fillBig, measure: play("storm")},
		{name: "photos", profile: "photos", fill: fillPhotos(r), measure: photos, slow: true},
		{name: "kill9", measure: func(ctx context.Context, dir string, r results) error { return kills9(ctx, dir, kills, r) }},
	}
}

// errNoPart says that -only names something else.
var errNoPart = errors.New("no such part")

// known looks whether -only names parts.
func (c choice) known(parts []part) error {
	for name := range strings.SplitSeq(c.only, ",") {
		if name != "" && !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return fmt.Errorf("%q: %w", name, errNoPart)
		}
	}
	return nil
}

// wants reports whether a part is to be measured.
func (c choice) wants(p part) bool {
	if c.only != "" {
		return slices.Contains(strings.Split(c.only, ","), p.name)
	}
	return c.photos || !p.slow
}

func run(ctx context.Context, c choice) (good bool, err error) {
	dir, err := os.MkdirTemp("", "corkboard-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	if c.profiles == "" {
		c.profiles = dir
	}
	r := results{}
	if err := c.known(c.parts(r)); err != nil {
		return false, err
	}
	for _, p := range c.parts(r) {
		if !c.wants(p) {
			continue
		}
		began := time.Now()
		place := filepath.Join(dir, p.name)
		if p.profile != "" {
			kept := filepath.Join(c.profiles, "profile-"+p.profile)
			err := makeProfile(ctx, kept, p.fill)
			if err == nil {
				err = copyProfile(kept, place)
			}
			if err != nil {
				return false, fmt.Errorf("the profile of %s: %w", p.name, err)
			}
		}
		made := time.Since(began)
		if err := p.measure(ctx, place, r); err != nil {
			return false, fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.RemoveAll(place); err != nil {
			return false, err
		}
		fmt.Fprintf(os.Stderr, "bench: %s: %.0f s, %.0f of them for its profile\n", p.name, time.Since(began).Seconds(), made.Seconds())
	}
	growth(r)
	if c.peers != "" {
		if err := comparePeers(c.peers, r); err != nil {
			return false, err
		}
	}
	good = verdict(os.Stdout, r, c.quick || c.only != "")
	if c.only == "" || c.add {
		err = r.save(c.file, c.add)
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
