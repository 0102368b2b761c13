package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"corkboard/chunk"
	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginebench"
	"corkboard/docstore/verify"
	"corkboard/identity"
)

const (
	sealed      = 2000 // changes; from the 128th of a run on, a chunk has its usual length
	sealedCards = 1000
	longLabels  = 500 // that pass the end of one size of a chunk at least
)

// errNoEnd says that no change filled a size of a chunk.
var errNoEnd = errors.New("no change filled a chunk to the last byte")

// writer is a device that writes one board, and what it seals with.
type writer struct {
	device *identity.Device
	ring   chunk.Ring
	epoch  chunk.Epoch
	board  chunk.Document
	run    *chunk.Run
	last   chunk.Link
	cards  enginebench.Board
	engine engine.Doc
	n      int // moves so far
}

// newWriter begins a collection; close its engine document.
func newWriter(e engine.Engine) (*writer, error) {
	random := stream(1)
	device, err := identity.NewDevice(random)
	if err != nil {
		return nil, err
	}
	collection, person := chunk.CollectionID(drawn(random)), identity.PersonID(drawn(random))
	w := &writer{device: device, ring: chunk.NewRing(collection, drawn(random)), epoch: chunk.NewEpoch(drawn(random), drawn(random))}
	w.ring.AddEpoch(w.epoch)
	genesis, err := chunk.SignGenesis(device, chunk.Genesis{Collection: collection, Person: person, Nonce: drawn(random), Time: 1_700_000_000_000})
	if err != nil {
		return nil, err
	}
	w.board = genesis.Document()
	w.ring.AddDocument(w.board)
	name := drawn(random)
	w.run, err = chunk.SignRun(device, chunk.Run{Collection: collection, Person: person, Nonce: chunk.Nonce(name[:16]), Cites: [][32]byte{collection}})
	if err != nil {
		return nil, err
	}
	if err := w.ring.AddRun(w.run); err != nil {
		return nil, err
	}
	if w.cards, err = enginebench.NewBoard(e, sealedCards); err != nil {
		return nil, err
	}
	actor := chunk.Actor(device.ID(), w.board.ID, w.run.Nonce)
	w.engine, err = e.Load(w.cards.Saved, nil, actor[:])
	return w, err
}

// move moves one card.
func (w *writer) move(label string) ([]byte, error) {
	w.n++
	c, err := w.engine.Apply(w.cards.Move(w.n), label, 1_700_000_000_000+int64(w.n))
	return c.Body, err
}

// seal signs and seals a change of the engine.
func (w *writer) seal(change []byte) (*chunk.Change, []byte, error) {
	c, err := chunk.SignChange(w.device, w.run, w.last, w.board, change)
	if err != nil {
		return nil, nil, err
	}
	b, err := w.ring.Seal(w.epoch, c)
	return c, b, err
}

// open opens a chunk and decodes the change in it strictly.
func (w *writer) open(b []byte) error {
	o, err := w.ring.Open(b)
	if err != nil {
		return err
	}
	c, ok := o.Item.(*chunk.Change)
	if !ok {
		return fmt.Errorf("%T: not a change", o.Item)
	}
	_, err = verify.Change(c.Automerge())
	return err
}

// sealing measures real moves of one card on their way out and in.
func sealing(e engine.Engine, r results) error {
	w, err := newWriter(e)
	if err != nil {
		return fmt.Errorf("beginning to seal: %w", err)
	}
	defer w.engine.Close()
	var out, in []float64
	for range sealed {
		change, err := w.move("Move card")
		if err != nil {
			return fmt.Errorf("moving a card: %w", err)
		}
		began := time.Now()
		c, b, err := w.seal(change)
		if err != nil {
			return fmt.Errorf("sealing a change: %w", err)
		}
		out = append(out, micros(time.Since(began)))
		w.last = c.Link()
		began = time.Now()
		if err := w.open(b); err != nil {
			return fmt.Errorf("opening a change: %w", err)
		}
		in = append(in, micros(time.Since(began)))
	}
	r["seal_sign_us"], r["open_verify_us"] = quantile(out, 0.5), quantile(in, 0.5)
	overhead, err := w.overhead()
	r["chunk_overhead_bytes"] = float64(overhead)
	return err
}

// overhead is what a chunk has more than the change in it, without padding.
// That cannot be seen from outside, so changes grow by one byte until one needs
// the next size: the one before it filled its own.
func (w *writer) overhead() (int, error) {
	before, size := 0, 0 // of the change, of its chunk
	for n := range longLabels {
		change, err := w.move(strings.Repeat("m", n))
		if err != nil {
			return 0, fmt.Errorf("moving a card: %w", err)
		}
		c, b, err := w.seal(change)
		if err != nil {
			return 0, fmt.Errorf("sealing a change: %w", err)
		}
		w.last = c.Link()
		now := len(c.Automerge())
		if n > 0 && now == before+1 && len(b) > size {
			return size - before, nil
		}
		before, size = now, len(b)
	}
	return 0, errNoEnd
}
