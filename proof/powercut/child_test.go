//go:build linux

package powercut

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/ledger"
)

// childEnv holds the profile of an editing program.
const childEnv = "CORKBOARD_POWERCUT"

const (
	enough      = 240 // acknowledgements of all that runs side by side,
	enoughAlone = 40  // and of what runs alone
	maxLife     = time.Minute
)

// What is acknowledged besides the edits of package ledger. A register only grows.
const (
	isBlob    = "blob"
	isDevice  = "device"  // a number among the settings
	isProfile = "profile" // a number in a person's name
)

// nowhere is the document of what is in none.
const nowhere = "-"

func appOptions(dir string) app.Options {
	return app.Options{Profile: dir, Log: slog.New(slog.DiscardHandler), NoWeb: true}
}

// editor is the editing program.
type editor struct {
	app   *app.App
	store *docstore.Store

	left atomic.Int64  // acknowledgements until the phase ends
	stop chan struct{} // closed then
}

func edit(dir string) error {
	ctx := context.Background()
	a, err := app.Open(ctx, appOptions(dir))
	if err != nil {
		return err
	}
	e := &editor{app: a, store: a.Docs().(*docstore.Store)}
	cards := &ledger.Editor{Store: e.store, Run: "r", Say: e.say}
	if err := cards.Prepare(ctx); err != nil {
		return err
	}
	busy := []func() error{
		func() error { return e.importFiles(ctx) },
		func() error { return e.changeKeys(ctx) },
		func() error { return e.shareBoards(ctx) },
	}
	for n := range ledger.Workers {
		busy = append(busy, func() error { return cards.Work(ctx, n, enough, e.stop) })
	}
	// Alone, so that nobody else's sync makes good what one forgets.
	err = e.phase(enough, busy...)
	if err == nil {
		err = e.phase(enoughAlone, func() error { return e.storeFiles(ctx) })
	}
	if err == nil {
		err = e.phase(enoughAlone, func() error { return e.changeSettings(ctx) })
	}
	return errors.Join(err, a.Close(ctx))
}

// phase lets works run side by side until enough has been acknowledged.
func (e *editor) phase(enough int, works ...func() error) (err error) {
	e.stop = make(chan struct{})
	e.left.Store(int64(enough))
	errs := make(chan error, len(works))
	for _, work := range works {
		go func() { errs <- work() }()
	}
	for range works {
		err = errors.Join(err, <-errs)
	}
	return err
}

// say reports a fact with the time at which it was known, in one write.
func (e *editor) say(f ledger.Fact) {
	os.Stdout.WriteString(strconv.FormatInt(monotonic(), 10) + " " + f.String() + "\n")
	if f.Sign != ledger.Maybe && e.left.Add(-1) == 0 {
		close(e.stop)
	}
}

func (e *editor) saved(what string, of doc.ID, token string) {
	e.say(ledger.Fact{Sign: ledger.There, What: what, Doc: of, Token: token})
}

func (e *editor) stopped() bool {
	select {
	case <-e.stop:
		return true
	default:
		return false
	}
}
