package memory

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"corkboard/net/wire"
)

var (
	// ErrBroken says that the network broke a connection. It is a wire.ErrClosed.
	ErrBroken = fmt.Errorf("the network broke it: %w", wire.ErrClosed)
	// ErrUnreachable says that nobody answers at an address.
	ErrUnreachable = errors.New("nobody can be reached there")
)

// Faults is what connections suffer. The zero Faults is a perfect network.
type Faults struct {
	// Latency is how long bytes and new streams take to the other end; a dial takes
	// twice as long.
	Latency time.Duration
	// Jitter is added to it at random, up to this: streams overtake each other, bytes
	// of one stream do not.
	Jitter time.Duration
	// BreakMin and BreakMax bound after how many bytes in either direction a
	// connection breaks; BreakMax 0 is never.
	BreakMin, BreakMax int
}

func (f Faults) delay(r *rand.Rand) time.Duration {
	if f.Jitter <= 0 {
		return f.Latency
	}
	return f.Latency + time.Duration(r.Int64N(int64(f.Jitter)+1))
}

func (f Faults) budget(r *rand.Rand) int64 {
	if f.BreakMax <= 0 {
		return math.MaxInt64
	}
	return int64(f.BreakMin) + r.Int64N(int64(max(f.BreakMax-f.BreakMin, 0))+1)
}
