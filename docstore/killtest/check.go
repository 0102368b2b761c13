package killtest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore"
)

// ErrLost says that something acknowledged is not there.
var ErrLost = errors.New("an acknowledged edit is lost")

// Check opens what killed children left in dir and looks for everything in
// acked, the output of all of them. Each document must be whole: as many
// characters as notes, no gaps, undo works, the log checks out.
func Check(dir string, o docstore.Options, acked string) error {
	s, err := docstore.Open(dir, o)
	if err != nil {
		return err
	}
	defer s.Abandon()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	report, err := s.Check(ctx)
	if err != nil {
		return err
	}
	if !report.OK() {
		return fmt.Errorf("the log is not sound: %v", report.Problems)
	}
	want, err := highest(acked)
	if err != nil {
		return err
	}
	for n, slots := range want {
		if err := checkDocument(ctx, s, n, slots); err != nil {
			return fmt.Errorf("document %d: %w", n, err)
		}
	}
	return s.Close(ctx)
}

// highest gathers the acknowledged slots of each document.
func highest(acked string) (map[int][]string, error) {
	out := map[int][]string{}
	for line := range strings.Lines(acked) {
		if !strings.HasSuffix(line, "\n") {
			continue // cut off by the kill
		}
		n, slot, ok := strings.Cut(strings.TrimSpace(line), " ")
		number, err := strconv.Atoi(n)
		if !ok || err != nil {
			return nil, fmt.Errorf("unreadable line %q", line)
		}
		out[number] = append(out[number], slot)
	}
	return out, nil
}

func checkDocument(ctx context.Context, s *docstore.Store, n int, slots []string) error {
	l := doc.Open(s, name(n), "raw", doctest.Raw{})
	defer l.Close()
	m, err := ready(ctx, l)
	if err != nil {
		return err
	}
	notes, _ := m["notes"].(doc.Map)
	for _, slot := range slots {
		if _, ok := notes[slot]; !ok {
			return fmt.Errorf("%w: slot %s", ErrLost, slot)
		}
	}
	text, _ := m["text"].(doc.Text)
	if next(m) != len(notes) || len([]rune(string(text))) != len(notes) {
		return fmt.Errorf("half an edit: counted %d, %d notes, %d characters", next(m), len(notes), len([]rune(string(text))))
	}
	if len(notes) == 0 {
		return nil
	}
	if err := l.Undo().Wait(ctx); err != nil {
		return fmt.Errorf("undo after the crash: %w", err)
	}
	if got := next(l.Snapshot().Value); got != len(notes)-1 {
		return fmt.Errorf("undo after the crash counts %d, want %d", got, len(notes)-1)
	}
	return l.Redo().Wait(ctx)
}

// ready waits until the document is loaded whole.
func ready(ctx context.Context, l *doc.Live[doc.Map]) (doc.Map, error) {
	woken := make(chan struct{}, 1)
	defer l.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for {
		snap := l.Snapshot()
		switch {
		case snap.State == doc.Ready && snap.Err == nil:
			return snap.Value, nil
		case snap.State != doc.Loading:
			return nil, fmt.Errorf("state %v: %w", snap.State, snap.Err)
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
