package load

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/internal/plant"
	"corkboard/internal/proof"
)

// The limits of the closing line.
const (
	mostStart     = 10 * time.Second
	mostIdle      = 512.0 // MiB
	mostReconnect = 60 * time.Second
	mostReceipt   = 250 * time.Millisecond // of 99 in 100

	// Of one connection on which both sides have nothing to tell: what is counted does not
	// depend on how busy the machine is.
	mostBytes  = 256
	mostFrames = 5
)

// measures is what came of one load.
type measures struct {
	start               time.Duration
	idle, most          float64 // MiB
	all, p50, p99       time.Duration
	bytes, frames       float64 // of one connection
	read                float64 // KiB that the storage peer reads for one connection
	again               int     // connections that broke before, and were made again
	edits               int
	receipt50, receipt9 time.Duration
	processor           float64 // seconds of the storage peer while all write, for each second
	items, lost         int
}

// faults is what is not as it should be. Times are held to their limits where many are there,
// on a machine that does nothing else; what is counted, always.
func (m measures) faults(times bool) (list []string) {
	over := func(is bool, format string, args ...any) {
		if is {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	over(times && m.start > mostStart, "it starts in %v", m.start)
	over(m.idle > mostIdle, "it weighs %.0f MiB when nobody is there", m.idle)
	over(times && m.all > mostReconnect, "all are served after %v", m.all)
	over(times && m.receipt9 > mostReceipt, "one in a hundred receipts takes %v", m.receipt9)
	over(m.bytes > mostBytes, "a connection with nothing new costs %.0f bytes", m.bytes)
	over(m.frames > mostFrames, "a connection with nothing new costs %.1f frames", m.frames)
	over(m.lost > 0, "%d items are lost", m.lost)
	return list
}

// run is one load: fill, start, connect, write for a while, end, count.
func run(ctx context.Context, binary, dir string, n int, writing time.Duration, seed uint64) (m measures, err error) {
	var people []*person
	defer func() {
		for _, p := range people {
			if p.stop != nil {
				p.stop()
			}
			err = errors.Join(err, p.host.Close())
		}
	}()
	for i := range n {
		p, err := newPerson(i)
		if err != nil {
			return m, err
		}
		people = append(people, p)
	}
	if err := fill(ctx, dir, people); err != nil {
		return m, err
	}
	peer, err := startPeer(ctx, binary, dir)
	if err != nil {
		return m, err
	}
	m.start = peer.start
	time.Sleep(3 * time.Second)
	m.idle, _ = peer.weight()
	err = m.reconnect(ctx, peer, people)
	if err == nil {
		err = m.write(ctx, peer, people, writing, seed)
	}
	_, m.most = peer.weight()
	for _, p := range people {
		if p.stop != nil {
			p.stop()
			p.stop = nil
		}
	}
	if err := errors.Join(err, peer.end()); err != nil {
		return m, err
	}
	if m.items, m.lost, err = kept(ctx, dir, people); err != nil {
		return m, err
	}
	return m, verified(ctx, binary, dir)
}

// reconnect has everybody connect at the same moment.
func (m *measures) reconnect(ctx context.Context, peer *peer, people []*person) error {
	before := peer.work()
	took, errs := make([]time.Duration, len(people)), make([]error, len(people))
	began := time.Now()
	var all sync.WaitGroup
	var again atomic.Int64
	for i, p := range people {
		all.Go(func() {
			n := 0
			if n, errs[i] = p.comes(ctx, peer.at); errs[i] != nil {
				errs[i] = fmt.Errorf("number %d: %w", i, errs[i])
			}
			took[i] = time.Since(began)
			again.Add(int64(n))
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	m.again = int(again.Load())
	m.all, m.p50, m.p99 = slices.Max(took), part(took, 50), part(took, 99)
	time.Sleep(time.Second) // for what is still said of it
	for _, p := range people {
		p.mu.Lock()
		m.bytes, m.frames = m.bytes+float64(p.bytes), m.frames+float64(p.frames)
		p.mu.Unlock()
	}
	n := float64(len(people))
	m.bytes, m.frames = m.bytes/n, m.frames/n
	m.read = float64(peer.work().read-before.read) / n / 1024
	return nil
}

// write has everybody edit at the pace of somebody who writes: a change every two seconds
// in the mean.
func (m *measures) write(ctx context.Context, peer *peer, people []*person, writing time.Duration, seed uint64) error {
	before, began := peer.work(), time.Now()
	var all sync.WaitGroup
	for i, p := range people {
		all.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			for {
				time.Sleep(time.Duration(r.Int64N(int64(4 * time.Second))))
				if time.Since(began) > writing || ctx.Err() != nil {
					return
				}
				p.edit()
			}
		})
	}
	all.Wait()
	m.processor = (peer.work().processor - before.processor) / time.Since(began).Seconds()
	var receipts []time.Duration
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		due := 0
		receipts = receipts[:0]
		for _, p := range people {
			p.mu.Lock()
			due += len(p.due)
			receipts = append(receipts, p.receipts...)
			err := p.err
			p.mu.Unlock()
			if err != nil {
				return err
			}
		}
		if due == 0 {
			break
		}
		if time.Now().After(end) {
			return fmt.Errorf("%d receipts have not come within %v", due, patience)
		}
	}
	m.edits, m.receipt50, m.receipt9 = len(receipts), part(receipts, 50), part(receipts, 99)
	return nil
}

// part is the time below which so many of a hundred lie.
func part(list []time.Duration, percent int) time.Duration {
	list = slices.Sorted(slices.Values(list))
	if len(list) == 0 {
		return 0
	}
	return list[min(len(list)-1, len(list)*percent/100)]
}

// forgets is a storage peer that does not know what it has seen of whom: each connection
// goes through all there is.
var forgets = plant.Fault{File: "net/blind/namespace.go", Old: "\treturn n.cursors[replica]\n", New: "\treturn 0 * n.cursors[replica]\n"}

func TestLoad(t *testing.T) {
	proof.Need(t)
	seed, n := proof.Runs(t, 10)
	t.Setenv("CGO_ENABLED", "0") // as it is shipped
	began := time.Now()
	sound, forgetful := binaryIn(t.TempDir()), binaryIn(t.TempDir())
	err := errors.Join(plant.Program(t.Context(), sound, "./cmd/storage-peer"), plant.Program(t.Context(), forgetful, "./cmd/storage-peer", forgets))
	if err != nil {
		t.Fatal(err)
	}
	canary, err := run(t.Context(), forgetful, t.TempDir(), 4, time.Second, seed)
	if err != nil {
		t.Fatalf("the canary: %v", err)
	}
	if canary.bytes <= mostBytes {
		t.Errorf("a storage peer that forgets what it has seen was not noticed: %+v", canary)
	}
	writing, many := 10*time.Second, n >= 100
	if many {
		writing = time.Minute
	}
	m, err := run(t.Context(), sound, t.TempDir(), n, writing, seed)
	if err != nil {
		t.Fatalf("SEED=%d: %v", seed, err)
	}
	for _, f := range m.faults(many) {
		t.Errorf("SEED=%d N=%d: %s", seed, n, f)
	}
	proof.Say("load", "seed=%d people=%d documents=%d start_ms=%d idle_MiB=%.0f most_MiB=%.0f reconnect_all_s=%.1f reconnect_p50_ms=%d reconnect_p99_ms=%d again=%d bytes=%.0f frames=%.1f read_KiB=%.0f edits=%d receipt_p50_ms=%.1f receipt_p99_ms=%.1f cpu=%.2f items=%d lost=%d canary=\"%.0f bytes for each connection\" seconds=%.0f",
		seed, n, n*documents, m.start.Milliseconds(), m.idle, m.most, m.all.Seconds(), m.p50.Milliseconds(), m.p99.Milliseconds(), m.again,
		m.bytes, m.frames, m.read, m.edits, ms(m.receipt50), ms(m.receipt9), m.processor, m.items, m.lost, canary.bytes, time.Since(began).Seconds())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
