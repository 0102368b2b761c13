package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/presence"
	"corkboard/share"
)

const (
	typistsAll   = 16
	typistKeys   = 40
	typistPause  = 250 * time.Millisecond
	pointerMoves = 200
	pointerPause = 33 * time.Millisecond
)

// shows waits until a text begins with words.
func shows(ctx context.Context, a *app.App, id doc.ID, words string) error {
	live := doc.Open(a.Docs(), id, cards.KindText, cards.TextCodec{})
	defer live.Close()
	_, err := await(ctx, live, func(t cards.Text) bool { return strings.HasPrefix(t.Text, words) })
	return err
}

// stamps is what has been seen of a text whose newest lines say when they were written.
type stamps struct{ newest int64 }

// look gives the ages in ms of the lines that are new.
func (s *stamps) look(text string) (ages []float64) {
	now, newest := time.Now(), s.newest
	for line := range strings.Lines(text) {
		at, err := strconv.ParseInt(strings.TrimSuffix(line, "\n"), 10, 64)
		if err != nil || at <= newest {
			break
		}
		s.newest = max(s.newest, at)
		ages = append(ages, millis(now.Sub(time.Unix(0, at))))
	}
	return ages
}

// company is several people on one board, all connected with the first, and each with
// each where there is an address.
func company(ctx context.Context, dir string, n int) (all []*app.App, id doc.ID, err error) {
	for i := range n {
		a, err := app.Open(ctx, app.Options{
			Profile: filepath.Join(dir, strconv.Itoa(i)), Network: onLoopback(), Code: filepath.Join(dir, "code"),
		})
		if err != nil {
			return all, "", err
		}
		all = append(all, a)
	}
	first := all[0]
	if id, err = makeTexts(ctx, first, n); err != nil {
		return all, "", err
	}
	if id, err = first.Share(ctx, id); err != nil {
		return all, "", err
	}
	if err := until(ctx, first, func() bool { return len(first.Addresses()) > 0 }); err != nil {
		return all, "", err
	}
	link, err := first.CopyLink(ctx, id, share.Write)
	if err != nil {
		return all, "", err
	}
	for i, a := range all[1:] {
		if _, err := a.Join(ctx, link); err != nil {
			return all, "", err
		}
		for _, other := range all[:i+1] {
			if err := dial(ctx, a, other.Addresses()[0]); err != nil {
				return all, "", err
			}
		}
		if err := until(ctx, a, func() bool { return a.Sharing(id).Mine == share.Write && len(a.Reach(id)) > i }); err != nil {
			return all, "", fmt.Errorf("waiting for number %d: %w", i+1, err)
		}
	}
	return all, id, nil
}

func closeAll(ctx context.Context, all []*app.App) error {
	var errs []error
	for _, a := range all {
		errs = append(errs, a.Close(context.WithoutCancel(ctx)))
	}
	return errors.Join(errs...)
}

// typists measures how old a keystroke of one of sixteen is when its snapshot is with
// another: each types in a text of their own, four keys a second, and one watches all.
func typists(ctx context.Context, dir string, r results) (err error) {
	all, id, err := company(ctx, dir, typistsAll)
	defer func() { err = errors.Join(err, closeAll(ctx, all)) }()
	if err != nil {
		return err
	}
	watcher := all[typistsAll-1]
	live := doc.Open(watcher.Docs(), id, cards.KindBoard, board.Codec{})
	defer live.Close()
	b, err := ready(ctx, live)
	if err != nil {
		return err
	}
	for i, a := range all[:typistsAll-1] { // the first word of others takes an engine to be made ready
		if err := prepend(ctx, a, b.Cards[i].Link.Document, "Ready.\n"); err != nil {
			return err
		}
	}
	for _, a := range all {
		for _, c := range b.Cards[:typistsAll-1] {
			if err := shows(ctx, a, c.Link.Document, "Ready."); err != nil {
				return err
			}
		}
	}
	var mu sync.Mutex
	var ages []float64
	for _, c := range b.Cards {
		text := doc.Open(watcher.Docs(), c.Link.Document, cards.KindText, cards.TextCodec{})
		defer text.Close()
		if _, err := ready(ctx, text); err != nil {
			return err
		}
		var seen stamps
		defer text.Subscribe(func() {
			mu.Lock()
			defer mu.Unlock()
			ages = append(ages, seen.look(text.Snapshot().Value.Text)...)
		})()
	}
	var hands sync.WaitGroup
	errs := make(chan error, typistsAll)
	for i, a := range all[:typistsAll-1] {
		hands.Go(func() {
			time.Sleep(time.Duration(i) * typistPause / typistsAll)
			for range typistKeys {
				if err := prepend(ctx, a, b.Cards[i].Link.Document, strconv.FormatInt(time.Now().UnixNano(), 10)+"\n"); err != nil {
					errs <- err
					return
				}
				time.Sleep(typistPause)
			}
		})
	}
	hands.Wait()
	want := (typistsAll - 1) * typistKeys
	err = until(ctx, watcher, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(ages) >= want || len(errs) > 0
	})
	if len(errs) > 0 {
		err = <-errs
	}
	if err != nil {
		return fmt.Errorf("%d of %d keys came: %w", len(ages), want, err)
	}
	mu.Lock()
	defer mu.Unlock()
	r["typists_16_latency_ms_p50"], r["typists_16_latency_ms_p95"] = quantile(ages, 0.5), quantile(ages, 0.95)
	return nil
}

// pointers measures how old the place of somebody's pointer is when another learns it,
// at thirty places a second.
func pointers(ctx context.Context, dir string, r results) (err error) {
	all, id, err := company(ctx, dir, 2)
	defer func() { err = errors.Join(err, closeAll(ctx, all)) }()
	if err != nil {
		return err
	}
	from, to := all[0].Presence(id), all[1].Presence(id)
	for _, a := range all { // a board is shown to those who have it open
		live := doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
		defer live.Close()
		if _, err := ready(ctx, live); err != nil {
			return err
		}
	}
	sent := make([]time.Time, pointerMoves)
	var mu sync.Mutex
	ages := map[int]float64{}
	defer to.Subscribe(func() {
		for _, o := range to.Others() {
			mu.Lock()
			if i := int(o.State.Pointer.X); o.State.Points && i < pointerMoves && ages[i] == 0 {
				ages[i] = millis(time.Since(sent[i]))
			}
			mu.Unlock()
		}
	})()
	for i := range pointerMoves {
		mu.Lock()
		sent[i] = time.Now()
		mu.Unlock()
		from.Show(presence.State{Points: true, Pointer: presence.Point{X: float64(i)}})
		time.Sleep(pointerPause)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(ages) < pointerMoves*9/10 {
		return fmt.Errorf("%d of %d places came", len(ages), pointerMoves)
	}
	var list []float64
	for _, age := range ages {
		list = append(list, age)
	}
	r["presence_latency_ms_p50"], r["presence_latency_ms_p95"] = quantile(list, 0.5), quantile(list, 0.95)
	return nil
}
