//go:build linux

package ioerr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/internal/ledger"
)

// childEnv holds the profile of an editing program.
const childEnv = "CORKBOARD_IOERR"

const (
	edits   = 20
	stored  = 3                // files
	maxLife = time.Minute      // of the program
	again   = 10 * time.Second // what fails once is saved by then
	pace    = 100 * time.Millisecond
)

// isBlob is a stored file; done is the last line of a run in which all is well.
const (
	isBlob = "blob"
	done   = "done"
)

func appOptions(dir string) app.Options {
	return app.Options{Profile: dir, Log: slog.New(slog.DiscardHandler), NoWeb: true}
}

// watch tries again where something is not saved, and ends the run if that helps nothing
// for a while.
func watch(ctx context.Context, a *app.App, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	since := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			s := a.SaveState()
			if !s.Failed {
				since = now
				continue
			}
			if a.Retry(); now.Sub(since) > again {
				cancel(fmt.Errorf("%s: %w", s.Words, s.Err))
				return
			}
		}
	}
}

// edit makes some edits and stores some files; all that it acknowledges is a line. What the
// program says of the state of saving ends the run, if it stays so.
func edit(dir string) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	a, err := app.Open(ctx, appOptions(dir))
	if err != nil {
		return err
	}
	go watch(ctx, a, cancel)
	say := func(f ledger.Fact) { os.Stdout.WriteString(f.String() + "\n") }
	e := &ledger.Editor{Store: a.Docs(), Run: "r", Say: say}
	err = e.Prepare(ctx)
	if err == nil {
		err = e.Work(ctx, 0, edits, nil)
	}
	for n := 0; n < stored && err == nil; n++ {
		var id blobs.ID
		id, _, err = a.Blobs().Put(ctx, bytes.NewReader(bytes.Repeat([]byte{byte(n)}, 50_000)))
		if err == nil {
			say(ledger.Fact{Sign: ledger.There, What: isBlob, Doc: "-", Token: string(id)})
		}
	}
	if err == nil {
		short, end := context.WithTimeout(ctx, 2*again)
		defer end()
		err = a.Close(short)
	}
	if err != nil {
		return errors.Join(err, context.Cause(ctx))
	}
	fmt.Println(done)
	return nil
}
