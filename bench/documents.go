package main

import (
	"context"
	"fmt"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/share"
)

const (
	boardCards = 2000
	commands   = 1000 // of a block: enough that the 99th of a hundred says something
	blocks     = 15
	snapshots  = 2000
	saves      = 400
)

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
func millis(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// documents measures the store below the window on a board of 2,000 cards.
func documents(ctx context.Context, dir string, r results) error {
	s, err := docstore.Open(dir, docstore.Options{App: "bench"})
	if err != nil {
		return err
	}
	live, err := bigBoard(ctx, s)
	if err != nil {
		return err
	}
	var enqueue, seen, saved []float64
	move := func(i int) board.MoveCards {
		return board.MoveCards{IDs: []board.CardID{cardName(i % boardCards)}, By: board.Point{X: board.Grid, Y: board.Grid}}
	}
	for i := range snapshots {
		began := time.Now()
		receipt := live.Do(move(i))
		if err := receipt.Applied(ctx); err != nil {
			return fmt.Errorf("moving a card: %w", err)
		}
		seen = append(seen, micros(time.Since(began)))
	}
	for range blocks {
		p99, err := enqueueBlock(ctx, live, move)
		if err != nil {
			return err
		}
		enqueue = append(enqueue, p99)
	}
	if err := s.Flush(ctx); err != nil {
		return err
	}
	for i := range saves {
		began := time.Now()
		if err := live.Do(move(i)).Wait(ctx); err != nil {
			return fmt.Errorf("saving a move: %w", err)
		}
		saved = append(saved, millis(time.Since(began)))
	}
	r["enqueue_us_p99"] = quantile(enqueue, 0.5)
	r["command_to_snapshot_2000_us_p50"] = quantile(seen, 0.5)
	r["command_to_snapshot_2000_us_p99"] = quantile(seen, 0.99)
	r["save_ack_ms_p50"] = quantile(saved, 0.5)
	r["save_ack_ms_p99"] = quantile(saved, 0.99)
	live.Close()
	return s.Close(ctx)
}

// enqueueBlock is the 99th of a hundred of one block of commands, in
// microseconds.
func enqueueBlock(ctx context.Context, live *doc.Live[*board.Board], move func(int) board.MoveCards) (float64, error) {
	took := make([]float64, 0, commands)
	for i := range commands {
		c := move(i)
		began := time.Now()
		receipt := live.Do(c)
		took = append(took, micros(time.Since(began)))
		if i%8 == 7 { // a hand gives a few commands, then rests
			if err := receipt.Applied(ctx); err != nil {
				return 0, fmt.Errorf("moving a card: %w", err)
			}
		}
	}
	return quantile(took, 0.99), nil
}

func cardName(i int) board.CardID { return board.CardID(fmt.Sprintf("card%04d", i)) }

func bigBoard(ctx context.Context, s doc.Store) (*doc.Live[*board.Board], error) {
	id := doc.NewID([32]byte{1})
	if err := s.Create(id, board.Create("Big", "")).Wait(ctx); err != nil {
		return nil, fmt.Errorf("making the board: %w", err)
	}
	live := doc.Open(s, id, "board", board.Codec{})
	pins := make([]board.Pin, boardCards)
	for i := range pins {
		pins[i] = board.Pin{
			ID:   cardName(i),
			Link: share.Link{Document: doc.NewID([32]byte{2, byte(i), byte(i >> 8)}), Kind: cards.KindText},
			At:   board.Point{X: float64(i % 50 * 340), Y: float64(i / 50 * 260)},
		}
	}
	if err := live.Do(board.AddCards{Cards: pins}).Wait(ctx); err != nil {
		return nil, fmt.Errorf("pinning cards: %w", err)
	}
	return live, nil
}
