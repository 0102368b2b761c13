package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sync"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
)

// wounds is what a victim says of itself.
type wounds struct {
	Addresses  []string
	Ages       []float64 // ms, of all edits that were shown
	Goroutines int
	Peers      int // who are on the board
}

// defend is the victim: a profile without a window that has joined a board, and notes
// how old each edit of its texts is when it is shown.
func defend(ctx context.Context, p post) (err error) {
	a, err := app.Open(ctx, app.Options{Profile: filepath.Join(p.Dir, "victim"), Network: onLoopback()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	l, err := a.Join(ctx, p.Link)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var ages []float64
	for _, text := range p.Texts {
		live := doc.Open(a.Docs(), doc.ID(text), cards.KindText, cards.TextCodec{})
		defer live.Close()
		if _, err := ready(ctx, live); err != nil {
			return err
		}
		var seen stamps
		defer live.Subscribe(func() {
			mu.Lock()
			defer mu.Unlock()
			ages = append(ages, seen.look(live.Snapshot().Value.Text)...)
		})()
	}
	out := json.NewEncoder(os.Stdout)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		if err := profileSiege(p.CPU, lines.Text()); err != nil {
			return err
		}
		mu.Lock()
		w := wounds{Addresses: a.Addresses(), Ages: ages, Goroutines: runtime.NumGoroutine(), Peers: len(a.Reach(l.Document))}
		mu.Unlock()
		if err := out.Encode(w); err != nil {
			return err
		}
	}
	return nil
}

// profileSiege begins and ends a processor profile, where a folder is named for it.
func profileSiege(dir, line string) error {
	switch {
	case dir == "":
	case line == "begin":
		f, err := os.Create(filepath.Join(dir, "siege.pprof"))
		if err != nil {
			return fmt.Errorf("a profile of the siege: %w", err)
		}
		return pprof.StartCPUProfile(f)
	case line == "end":
		pprof.StopCPUProfile()
	}
	return nil
}
