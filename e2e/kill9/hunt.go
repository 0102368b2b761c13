package kill9

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"time"

	"corkboard/internal/ledger"
)

// Moments after which the time to the kill is counted.
const (
	atStart   = "start"
	atEdit    = "edit"
	atClosing = "closing"
)

// Bounds of that time.
const (
	maxOpening = 120 * time.Millisecond
	minEditing = 5 * time.Millisecond
	maxEditing = 150 * time.Millisecond
	maxClosing = 40 * time.Millisecond
	maxQuota   = 60 // edits before a victim closes
)

// plan is one life and its end.
type plan struct {
	orders
	after string
	delay time.Duration
}

// newPlan mostly kills while editing, sometimes while opening or closing.
func newPlan(random *rand.Rand, o orders) plan {
	p := plan{orders: o}
	within := func(from, to time.Duration) time.Duration {
		return from + time.Duration(random.Int64N(int64(to-from)))
	}
	switch dice := random.IntN(20); {
	case o.liar || dice < 14:
		p.after, p.delay = atEdit, within(minEditing, maxEditing)
	case dice < 17:
		p.after, p.delay = atStart, within(0, maxOpening)
	default:
		p.after, p.delay = atClosing, within(0, maxClosing)
		p.closeAt = 1 + random.IntN(maxQuota)
	}
	return p
}

// hunt lets a victim live and kills it; what it said goes into the ledger.
func (p plan) hunt(ctx context.Context, said *ledger.Ledger) error {
	ctx, cancel := context.WithTimeout(ctx, maxLife)
	defer cancel()
	victim := exec.CommandContext(ctx, os.Args[0])
	victim.Env = append(os.Environ(), childEnv+"="+p.orders.String())
	victim.Stderr = os.Stderr
	life, err := victim.StdinPipe() // ends with this process
	if err != nil {
		return err
	}
	defer life.Close()
	out, err := victim.StdoutPipe()
	if err != nil {
		return err
	}
	if err := victim.Start(); err != nil {
		return fmt.Errorf("starting the victim: %w", err)
	}
	kill := time.AfterFunc(time.Hour, func() { _ = victim.Process.Kill() }) // by its id; it may have ended
	defer kill.Stop()
	if p.after == atStart {
		kill.Reset(p.delay)
	}
	listened := p.listen(out, said, kill)
	ended := victim.Wait()
	var exit *exec.ExitError
	if ended != nil && (!errors.As(ended, &exit) || exit.Exited()) && listened == nil {
		listened = fmt.Errorf("the victim ended by itself: %w", ended)
	}
	if ctx.Err() != nil {
		listened = errors.Join(listened, ctx.Err())
	}
	return listened
}

// listen reads to the end of what the victim says and sets the clock of its end.
func (p plan) listen(out io.Reader, said *ledger.Ledger, kill *time.Timer) (err error) {
	r := bufio.NewReader(out)
	armed := p.after == atStart
	for {
		line, end := r.ReadString('\n')
		if end != nil { // a line that was cut short was never said
			return err
		}
		line = strings.TrimSuffix(line, "\n")
		f, ok := ledger.Parse(line)
		switch {
		case ok:
			said.Note(f)
		case strings.HasPrefix(line, "! "):
			err = errors.Join(err, fmt.Errorf("the victim failed: %s", line[2:]))
		}
		if !armed && (p.after == atEdit && ok || p.after == atClosing && line == atClosing) {
			armed = true
			kill.Reset(p.delay)
		}
	}
}
