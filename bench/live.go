package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

const (
	liveEdits = 200
	livePause = 100 * time.Millisecond
	liveFirst = 5 * time.Second // after the first edit, which is measured apart
	loopback  = "127.0.0.1:0"
)

// onLoopback meets others on this machine alone.
func onLoopback() app.Network { return app.Network{On: true, Listen: []string{loopback}, NoLAN: true} }

// live measures how long it takes from an edit in this process to the card that shows
// it, painted in the window of another one, over the real network on loopback.
func live(ctx context.Context, dir string, r results) (err error) {
	a, err := app.Open(ctx, app.Options{Profile: filepath.Join(dir, "a"), Network: onLoopback()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	id, err := makeTexts(ctx, a, 20)
	if err != nil {
		return err
	}
	if id, err = a.Share(ctx, id); err != nil {
		return err
	}
	if err := until(ctx, a, func() bool { return len(a.Addresses()) > 0 }); err != nil {
		return err
	}
	link, err := a.CopyLink(ctx, id, share.Write)
	if err != nil {
		return err
	}
	text, err := firstText(ctx, a, id)
	if err != nil {
		return err
	}
	watched := make(chan error, 1)
	go func() {
		watched <- window(ctx, request{Profile: filepath.Join(dir, "b"), Play: "watch", Link: link, Text: string(text)}, r)
	}()
	if err := until(ctx, a, func() bool { return a.SyncState(id).Have == 1 }); err != nil {
		return fmt.Errorf("waiting for the other process: %w", err)
	}
	time.Sleep(settling) // its window opens the board
	for n := range 1 + liveEdits {
		if err := prepend(ctx, a, text, strconv.FormatInt(time.Now().UnixNano(), 10)+"\n"); err != nil {
			return err
		}
		time.Sleep(livePause)
		if n == 0 { // it waits until the engine is compiled there, once in the life of a profile
			time.Sleep(liveFirst)
		}
	}
	return <-watched
}

// firstText is the document of the first card on a board.
func firstText(ctx context.Context, a *app.App, id doc.ID) (doc.ID, error) {
	live := doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
	defer live.Close()
	b, err := ready(ctx, live)
	if err != nil {
		return "", err
	}
	return b.Cards[0].Link.Document, nil
}

// playWatch joins a board and notes how old each edit is when its card is painted.
func (s *stage) playWatch() error {
	ctx, cancel := context.WithTimeout(context.Background(), togetherTime)
	defer cancel()
	l, err := s.app.Join(ctx, s.ask.Link)
	if err != nil {
		return err
	}
	shown := doc.Open(s.app.Docs(), doc.ID(s.ask.Text), cards.KindText, cards.TextCodec{})
	defer shown.Close()
	if _, err := ready(ctx, shown); err != nil {
		return err
	}
	onUI(func() {
		s.win.Open(l.Document, cards.KindBoard)
		s.view = s.win.Board()
	})
	s.settle()
	ages := make(chan []float64, 1+liveEdits)
	var seen stamps
	look := func() { // UI goroutine
		text := shown.Snapshot().Value.Text
		s.view.Painted = func() {
			if list := seen.look(text); len(list) > 0 {
				ages <- list
			}
		}
		s.view.Sync()
	}
	defer shown.Subscribe(func() { go onUI(look) })()
	var all []float64
	for len(all) < 1+liveEdits {
		select {
		case list := <-ages:
			all = append(all, list...)
		case <-ctx.Done():
			return fmt.Errorf("%d of %d edits were painted: %w", len(all), 1+liveEdits, ctx.Err())
		}
	}
	first, all := all[0], all[1:]
	s.results["live_first_edit_ms"] = first
	s.results["live_edit_local_ms_p50"], s.results["live_edit_local_ms_p95"] = quantile(all, 0.5), quantile(all, 0.95)
	return nil
}
