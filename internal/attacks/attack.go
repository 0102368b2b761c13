package attacks

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"time"

	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// Attack is what somebody does on a connection that they have dialled.
type Attack func(ctx context.Context, c wire.Conn)

// The protocols that a node speaks after the handshake.
const (
	sync     = "/corkboard/sync/1"
	control  = "/corkboard/control/1"
	presence = "/corkboard/presence/1"
	pieces   = "/corkboard/blobs/1"
	unknown  = "/corkboard/else/1"
)

// ManyStreams is how many streams an attack opens, if nobody stops it.
const ManyStreams = 10_000

// Frame is a length, true or not, and bytes behind it.
func Frame(n uint32, rest []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, n), rest...)
}

// Noise is n random bytes.
func Noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// Write sends bytes on a new stream, and says whether it could.
func Write(ctx context.Context, c wire.Conn, protocol string, bytes []byte) bool {
	s, err := c.Open(ctx, protocol)
	if err == nil {
		_, err = s.Write(bytes)
	}
	return err == nil
}

// writes is the attack of one stream that says something.
func writes(protocol string, bytes []byte) Attack {
	return func(ctx context.Context, c wire.Conn) { Write(ctx, c, protocol, bytes) }
}

// Drip sends bytes one by one, with a pause after each, until the stream ends.
func Drip(ctx context.Context, c wire.Conn, protocol string, bytes []byte, pause time.Duration) {
	s, err := c.Open(ctx, protocol)
	for i := 0; err == nil && i < len(bytes); i++ {
		_, err = s.Write(bytes[i : i+1])
		time.Sleep(pause)
	}
}

// Streams opens ManyStreams streams, and says how many it could.
func Streams(ctx context.Context, c wire.Conn, protocol string) (n int) {
	for range ManyStreams {
		s, err := c.Open(ctx, protocol)
		if err != nil {
			return n
		}
		_, _ = s.Write(Noise(10)) // one that is refused is one of many
		n++
	}
	return n
}

// Strangers is what somebody does who knows no secret.
func Strangers() map[string]Attack {
	return map[string]Attack{
		"silence": func(context.Context, wire.Conn) {},
		"an empty hello": func(ctx context.Context, c wire.Conn) {
			if s, err := c.Open(ctx, wire.Hello); err == nil {
				_ = s.CloseWrite()
			}
		},
		"garbage":            writes(wire.Hello, Noise(4000)),
		"a length that lies": writes(wire.Hello, Frame(1<<31, Noise(100))),
		"a byte now and then": func(ctx context.Context, c wire.Conn) {
			Drip(ctx, c, wire.Hello, Frame(33, Noise(33)), time.Second)
		},
		"other streams first": func(ctx context.Context, c wire.Conn) {
			for _, p := range []string{sync, control, presence, unknown} {
				Write(ctx, c, p, Noise(100))
			}
		},
		"10,000 streams": func(ctx context.Context, c wire.Conn) { Streams(ctx, c, sync) },
	}
}

// Members is what somebody does after a handshake.
func Members() map[string]Attack {
	return map[string]Attack{
		"control garbage":          writes(control, Noise(1000)),
		"control of unknown kind":  writes(control, Frame(1, []byte{99})),
		"control that is too long": writes(control, Frame(1<<20, Noise(100))),
		"sync garbage":             writes(sync, Frame(1000, Noise(1000))),
		"a sync frame too large":   writes(sync, Frame(docsync.MaxFrame+1, Noise(1000))),
		"a piece protocol broken":  writes(pieces, Frame(100, Noise(100))),
		"presence garbage":         writes(presence, Frame(1<<30, Noise(100))),
		"10,000 streams":           func(ctx context.Context, c wire.Conn) { Streams(ctx, c, unknown) },
		"a second sync stream": func(ctx context.Context, c wire.Conn) {
			Write(ctx, c, sync, Frame(1, []byte{0}))
			Write(ctx, c, sync, Frame(1, []byte{0}))
		},
	}
}

// Slow is what somebody does after a handshake who breaks no rule but that of time.
func Slow() map[string]Attack {
	return map[string]Attack{
		"a frame that does not end": func(ctx context.Context, c wire.Conn) {
			Drip(ctx, c, sync, Frame(1<<20, make([]byte, 1<<20)), time.Second)
		},
	}
}

// Sync speaks as a session does, of what an index says of a collection with a tag,
// until the stream ends. Every frame is said times times.
func Sync(ctx context.Context, c wire.Conn, tag docsync.Tag, idx docsync.Index, times int) {
	s, err := c.Open(ctx, sync)
	if err != nil {
		return
	}
	session := docsync.New(docsync.Options{})
	session.Open(tag, idx, docsync.All)
	framer := wire.NewFramer(s, docsync.MaxFrame, time.Hour)
	for {
		for more := true; more; {
			frames, next := session.Poll(time.Now())
			for _, f := range frames {
				for range times {
					if framer.Write(f) != nil {
						return
					}
				}
			}
			more = !next.IsZero() && !next.After(time.Now())
		}
		got, err := framer.ReadWithin(300 * time.Millisecond)
		switch {
		case errors.Is(err, wire.ErrStalled):
		case err != nil:
			return
		case session.Receive(time.Now(), got) != nil:
			return
		}
	}
}
