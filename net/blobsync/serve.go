package blobsync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"corkboard/net/wire"
)

// waitEvery is how often somebody hears that an answer takes its time.
const waitEvery = patience / 4

// Serve answers on a stream that the other side has opened for Protocol, until
// it ends (nil), breaks (ErrProtocol, an error of the stream) or the context
// ends. It blocks, and closes the stream. If from is a Sink, pieces are taken.
// At most maxOutstanding questions are held.
func Serve(ctx context.Context, s wire.Stream, from Source) error {
	return newServer(from).serve(ctx, s)
}

func newServer(from Source) *server {
	v := &server{from: from, asked: make(chan message, maxOutstanding), answers: make(chan message, 2), waitEvery: waitEvery}
	v.sink, _ = from.(Sink)
	return v
}

func (v *server) serve(ctx context.Context, s wire.Stream) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	reading := make(chan error, 1)
	go func() {
		defer close(v.asked)
		reading <- v.read(ctx, newFrameReader(s))
	}()
	answering := make(chan error, 1)
	go func() {
		defer close(v.answers)
		answering <- v.answer(ctx)
	}()
	err := v.write(newFrameWriter(s))
	ended := ctx.Err() // by others: the stream is closed here only now
	if err != nil {
		cancel()
	}
	if a := <-answering; a != nil && err == nil {
		err = a
		cancel()
	}
	if r := <-reading; err == nil {
		err = r
	}
	_ = s.Close()
	if ended != nil {
		err = ended
	}
	if err != nil {
		return fmt.Errorf("serving pieces: %w", err)
	}
	return nil
}

// A server is one stream: a goroutine that reads, one that answers, and one that
// writes.
type server struct {
	from    Source
	sink    Sink // nil if nothing is taken
	asked   chan message
	answers chan message
	pending atomic.Int32 // asked, and not written yet

	waitEvery time.Duration
}

func (v *server) read(ctx context.Context, r *frameReader) error {
	for {
		m, err := r.next(false)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && !m.kind.asks() {
			err = fmt.Errorf("answer %d without a question: %w", m.kind, ErrProtocol)
		}
		if err != nil {
			return err
		}
		v.pending.Add(1)
		select {
		case v.asked <- m:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// answer keeps the order. Pieces that come one behind the other become durable
// together.
func (v *server) answer(ctx context.Context) error {
	stored := 0
	for m := range v.asked {
		a, err := v.reply(ctx, m)
		if err != nil {
			return err
		}
		if a.kind == answerStored {
			if stored++; len(v.asked) > 0 && stored < maxOutstanding {
				continue
			}
		}
		if err := v.settle(ctx, stored); err != nil {
			return err
		}
		stored = 0
		if a.kind != answerStored {
			if err := v.say(ctx, a); err != nil {
				return err
			}
		}
	}
	return v.settle(ctx, stored)
}

// settle makes so many pieces durable and says so.
func (v *server) settle(ctx context.Context, stored int) error {
	if stored == 0 {
		return nil
	}
	k, err := taken(v.sink.Sync(ctx))
	if err != nil {
		return fmt.Errorf("making pieces durable: %w", err)
	}
	for range stored {
		if err := v.say(ctx, message{kind: k}); err != nil {
			return err
		}
	}
	return nil
}

// taken is the answer to who brings a piece; other errors end the stream.
func taken(err error) (kind, error) {
	switch {
	case err == nil:
		return answerStored, nil
	case errors.Is(err, ErrFull):
		return answerFull, nil
	case errors.Is(err, ErrRefused):
		return answerRefused, nil
	}
	return 0, err
}

func (v *server) say(ctx context.Context, a message) error {
	select {
	case v.answers <- a:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reply returns an error only when the stream should end. A piece that cannot be
// read here is absent for others.
func (v *server) reply(ctx context.Context, m message) (message, error) {
	switch m.kind {
	case askPresent:
		p, err := v.from.Present(ctx, m.handle)
		if err != nil {
			p = Present{}
		}
		return message{kind: answerPresent, present: p}, ctx.Err()
	case askPiece:
		b, err := v.from.Piece(ctx, m.handle, m.index)
		if err != nil {
			return message{kind: answerAbsent}, ctx.Err()
		}
		return message{kind: answerPiece, sealed: b}, nil
	}
	if v.sink == nil {
		return message{kind: answerRefused}, nil
	}
	k, err := taken(v.sink.Store(ctx, m.handle, m.index, m.sealed))
	if err != nil {
		return message{}, fmt.Errorf("storing a piece: %w", err)
	}
	return message{kind: k}, nil
}

// write sends answers until there are no more. While somebody waits for one they
// are told so.
func (v *server) write(w *frameWriter) error {
	tick := time.NewTicker(v.waitEvery)
	defer tick.Stop()
	for {
		var err error
		select {
		case a, ok := <-v.answers:
			if !ok {
				return w.flush()
			}
			err = w.put(a)
			v.pending.Add(-1)
			if err == nil && len(v.answers) == 0 {
				err = w.flush()
			}
		case <-tick.C:
			if v.pending.Load() > 0 {
				err = errors.Join(w.put(message{kind: answerWait}), w.flush())
			}
		}
		if err != nil {
			return err
		}
	}
}
