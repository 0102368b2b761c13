package blobsync

import "context"

// A Source is where sealed pieces are read. It is safe on any goroutine, and may
// block.
type Source interface {
	// Present is which pieces of a file are here; nothing of an unknown one. The
	// caller does not write to it.
	Present(ctx context.Context, h Handle) (Present, error)
	// Piece is a sealed piece, which the caller may write to. ErrAbsent.
	Piece(ctx context.Context, h Handle, i Index) ([]byte, error)
}

// A Sink is a Source that also takes pieces: a storage peer. What one session
// may store is for the Sink that it is given to decide.
type Sink interface {
	Source
	// Store keeps a sealed piece, which it must not hold on to; not durable before
	// Sync. A piece that is there already may stay. Errors: ErrFull, ErrRefused.
	Store(ctx context.Context, h Handle, i Index, sealed []byte) error
	// Sync makes all that was stored before durable. After an error none of what was
	// stored since the last Sync counts: ErrFull, ErrRefused; others end the stream.
	Sync(ctx context.Context) error
}
