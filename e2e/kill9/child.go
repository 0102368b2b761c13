package kill9

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/docstore"
	"corkboard/internal/ledger"
)

// childEnv holds the victim's orders: profile, name of the run, edits before
// it closes, and whether it lies.
const childEnv = "CORKBOARD_KILL9"

const (
	maxEdits = 3000             // of one worker, should nobody kill it
	maxLife  = 20 * time.Second // of a victim, likewise
	idle     = 25 * time.Millisecond
	engines  = 3 // fewer than documents, so that some are let go and loaded again
)

// orders tell a victim what to do.
type orders struct {
	profile string
	run     string // unique in the profile
	closeAt int    // acknowledged edits after which it closes; 0 is never
	liar    bool   // says "saved" before it is
}

func (o orders) String() string {
	return strings.Join([]string{o.profile, o.run, strconv.Itoa(o.closeAt), strconv.FormatBool(o.liar)}, "\n")
}

func parseOrders(s string) (orders, error) {
	part := strings.Split(s, "\n")
	if len(part) != 4 {
		return orders{}, fmt.Errorf("orders of %d lines", len(part))
	}
	n, err := strconv.Atoi(part[2])
	return orders{profile: part[0], run: part[1], closeAt: n, liar: part[3] == "true"}, err
}

// MaybeChild plays the victim and does not return if this process was started
// as one. Call it first in main or TestMain.
func MaybeChild() {
	ledger.Child(childEnv, maxLife, func(s string) error {
		o, err := parseOrders(s)
		if err != nil {
			return err
		}
		return edit(o)
	})
}

// victim is one life of the editing process.
type victim struct {
	orders
	acked   atomic.Int64
	closing chan struct{} // closed when the edits are to end
	once    sync.Once
}

func storeOptions() docstore.Options {
	return docstore.Options{App: "kill9", Idle: idle, Engines: engines, Log: slog.New(slog.DiscardHandler)}
}

func edit(o orders) error {
	s, err := docstore.Open(o.profile, storeOptions())
	if err != nil {
		return err
	}
	v := &victim{orders: o, closing: make(chan struct{})}
	e := &ledger.Editor{Store: s, Run: o.run, Say: v.say, Liar: o.liar}
	ctx := context.Background()
	if err := e.Prepare(ctx); err != nil {
		return err
	}
	fmt.Println("open")
	errs := make(chan error, ledger.Workers)
	for n := range ledger.Workers {
		go func() { errs <- e.Work(ctx, n, maxEdits, v.closing) }()
	}
	for range ledger.Workers {
		err = errors.Join(err, <-errs)
	}
	if err != nil {
		return err
	}
	fmt.Println("closing")
	if err := s.Close(ctx); err != nil {
		return err
	}
	fmt.Println("closed")
	return nil
}

// say reports an edit in one write.
func (v *victim) say(f ledger.Fact) {
	fmt.Println(f)
	if f.Sign != ledger.Maybe && v.acked.Add(1) == int64(v.closeAt) {
		v.once.Do(func() { close(v.closing) })
	}
}
