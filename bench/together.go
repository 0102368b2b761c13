package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/wire/memory"
)

// togetherTime bounds each measure of together.
const togetherTime = 5 * time.Minute

// together measures what two and more people have of each other.
func together(ctx context.Context, dir string, r results) error {
	for name, measure := range map[string]func(context.Context, string, results) error{
		"meeting": meetings, "files": files, "storage": storage, "pointers": pointers, "typists": typists, "live": live,
	} {
		place := filepath.Join(dir, name)
		if err := os.MkdirAll(place, 0o700); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, togetherTime)
		err := measure(ctx, place, r)
		cancel()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// manyDocuments are on the board that is shared; the board is one more.
const manyDocuments = 9_999

// meetings measures how two who share 10,000 documents meet: for the first time, with
// nothing new, and with doubts and ten differences.
func meetings(ctx context.Context, dir string, r results) (err error) {
	p := newPair(filepath.Join(dir, "a"), filepath.Join(dir, "b"))
	defer func() { err = errors.Join(err, p.close(context.WithoutCancel(ctx))) }()
	for n := range p.apps {
		if err := p.open(ctx, n); err != nil {
			return err
		}
	}
	id, err := makeTexts(ctx, p.apps[0], manyDocuments)
	if err != nil {
		return err
	}
	shared, came, err := p.share(ctx, id)
	if err != nil {
		return err
	}
	r["share_10000_docs_s"], r["first_sync_10000_docs_s"] = shared.Seconds(), came.Seconds()
	p.quiet(ctx)

	p.net.Suffer(memory.Faults{Latency: trip / 2})
	if err := p.again(ctx, func() error { return nil }); err != nil {
		return err
	}
	if err := p.even(ctx); err != nil {
		return err
	}
	took := time.Since(time.Unix(0, p.connected.Load()))
	r["reconnect_10000_docs_rtt"] = math.Floor(float64(took) / float64(trip))
	r["reconnect_10000_docs_ms"] = millis(took)
	r["reconnect_10000_docs_bytes"] = p.quiet(ctx)

	p.net.Suffer(memory.Faults{})
	err = p.again(ctx, func() error { // nobody knows any more what the other has seen
		return errors.Join(forgetCount(p.dirs[0]), forgetCount(p.dirs[1]))
	})
	if err != nil {
		return err
	}
	if err := editTexts(ctx, p.apps[0], p.board, 10); err != nil {
		return err
	}
	if err := p.even(ctx); err != nil {
		return err
	}
	r["verify_10000_docs_10_diff_bytes"] = p.quiet(ctx)
	return nil
}

// again closes both, does something to the profiles, and opens both.
func (p *pair) again(ctx context.Context, between func() error) error {
	err := errors.Join(p.close(ctx), between())
	p.bytes.Store(0)
	for n := range p.apps {
		if err == nil {
			err = p.open(ctx, n)
		}
	}
	return err
}

// quiet is how many bytes have travelled once nothing does any more.
func (p *pair) quiet(ctx context.Context) float64 {
	for time.Since(time.Unix(0, p.last.Load())) < time.Second && ctx.Err() == nil {
		time.Sleep(50 * time.Millisecond)
	}
	return float64(p.bytes.Load())
}

// forgetCount lets a profile count its items under another name, as after a backup was
// put back.
func forgetCount(dir string) error { return os.Remove(filepath.Join(dir, "incarnation")) }

// makeTexts makes a board with so many short texts.
func makeTexts(ctx context.Context, a *app.App, n int) (doc.ID, error) {
	id, made := a.NewDocument(cards.KindBoard, board.Create("Shared", ""))
	if err := made.Wait(ctx); err != nil {
		return "", err
	}
	m, err := newMaker(ctx, a, id, 0)
	if err != nil {
		return "", err
	}
	random := rand.New(rand.NewPCG(3, 3))
	for i := range n {
		m.pin(cards.KindText, cards.NewText(shortText(random, i)), board.Point{X: float64(i%100) * 240, Y: float64(i/100) * 160}, board.Size{})
	}
	return id, errors.Join(m.fill(nil), m.close())
}

// editTexts adds a word to some of the texts on a board.
func editTexts(ctx context.Context, a *app.App, id doc.ID, n int) error {
	live := doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
	defer live.Close()
	b, err := ready(ctx, live)
	if err != nil {
		return err
	}
	for _, c := range b.Cards[:n] {
		if err := prepend(ctx, a, c.Link.Document, "And more."); err != nil {
			return err
		}
	}
	return nil
}

// prepend puts words before a text, and waits until they are on disk.
func prepend(ctx context.Context, a *app.App, id doc.ID, words string) error {
	h := a.Docs().Open(id, doc.View{Name: "bench", Decode: func(doc.Source) any { return nil }, Update: func(any, []doc.Path, doc.Source) any { return nil }})
	defer h.Close()
	return h.Do(func(any) (doc.Plan, error) {
		return doc.Plan{Edits: []doc.Edit{doc.Splice{Path: doc.At("text"), Insert: words}}}, nil
	}).Wait(ctx)
}

// ready waits until a document is loaded.
func ready[T any](ctx context.Context, live *doc.Live[T]) (v T, err error) {
	s, err := doc.Await(ctx, live, func(s doc.Snapshot[T]) bool { return s.State == doc.Ready })
	if err != nil {
		return v, fmt.Errorf("loading a document: %w: %w", err, s.Err)
	}
	return s.Value, nil
}
