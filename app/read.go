package app

import (
	"context"
	"errors"
	"fmt"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// ErrAbsent says that a document is not on this device, or cannot be read.
var ErrAbsent = errors.New("document is not here")

// openBoard opens a board; the caller closes it.
func (a *App) openBoard(id doc.ID) *doc.Live[*board.Board] {
	return doc.Open[*board.Board](a.store, id, cards.KindBoard, board.Codec{})
}

// whole is a view of all that a document holds, as a copy.
var whole = doc.View{
	Name:   "whole",
	Decode: cloneAll,
	Update: func(_ any, _ []doc.Path, src doc.Source) any { return cloneAll(src) },
}

func cloneAll(src doc.Source) any {
	v, _ := src.Value(nil)
	m, _ := doc.Clone(v).(doc.Map)
	return m
}

// loaded waits until a document is loaded. Errors: ErrAbsent, the context's.
func loaded[T any](ctx context.Context, h doc.Watched[T]) (T, error) {
	s, err := doc.Await(ctx, h, doc.Snapshot[T].Settled)
	switch {
	case err != nil:
		return s.Value, fmt.Errorf("loading a document: %w", err)
	case s.State == doc.Ready:
		return s.Value, nil
	case s.Err != nil:
		return s.Value, fmt.Errorf("%w: %w", ErrAbsent, s.Err)
	}
	return s.Value, ErrAbsent
}

// readBoard reads a board; it blocks.
func (a *App) readBoard(ctx context.Context, id doc.ID) (*board.Board, error) {
	live := a.openBoard(id)
	defer live.Close()
	return loaded(ctx, live)
}

// readWhole reads all that a document holds; it blocks.
func (a *App) readWhole(ctx context.Context, id doc.ID) (doc.Map, error) {
	h := a.store.Open(id, whole)
	defer h.Close()
	v, err := loaded(ctx, h)
	m, _ := v.(doc.Map)
	return m, err
}
