package kill9

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/doc"
	"corkboard/docstore"
)

// childEnv holds the victim's orders: profile, name of the run, edits before
// it closes, and whether it lies.
const childEnv = "CORKBOARD_KILL9"

const (
	workers  = 3
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
	s := os.Getenv(childEnv)
	if s == "" {
		return
	}
	time.AfterFunc(maxLife, func() { os.Exit(3) })
	go func() { // the hunter holds the other end; without it there is no use in living
		_, _ = io.Copy(io.Discard, bufio.NewReader(os.Stdin))
		os.Exit(4)
	}()
	o, err := parseOrders(s)
	if err == nil {
		err = edit(o)
	}
	if err != nil {
		fmt.Printf("! %v\n", err)
		os.Exit(2)
	}
	os.Exit(0)
}

// victim is one life of the editing process.
type victim struct {
	orders
	store   *docstore.Store
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
	v := &victim{orders: o, store: s, closing: make(chan struct{})}
	if err := v.prepare(); err != nil {
		return err
	}
	fmt.Println("open")
	errs := make(chan error, workers)
	for n := range workers {
		go func() { errs <- v.work(n) }()
	}
	for range workers {
		if e := <-errs; e != nil {
			err = errors.Join(err, e)
		}
	}
	if err != nil {
		return err
	}
	fmt.Println("closing")
	if err := s.Close(context.Background()); err != nil {
		return err
	}
	fmt.Println("closed")
	return nil
}

// say reports an edit in one write.
func (v *victim) say(f fact) {
	fmt.Println(f)
	if f.sign != maybe && v.acked.Add(1) == int64(v.closeAt) {
		v.once.Do(func() { close(v.closing) })
	}
}

// outcomes are no faults: the edit met a document in which it makes no sense.
func outcome(err error) bool {
	return errors.Is(err, doc.ErrGone) || errors.Is(err, doc.ErrNothing) || errors.Is(err, doc.ErrExists)
}

// saved waits for a receipt and says what it proves.
func (v *victim) saved(r doc.Receipt, f fact) error {
	wait := r.Wait
	if v.liar {
		wait = r.Applied
	}
	err := wait(context.Background())
	if outcome(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f, err)
	}
	v.say(f)
	return nil
}
