package wire

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"corkboard/identity"
)

// Hello is the protocol of the first stream of a connection: the dialler opens
// it, and both ends call Shake on it.
const Hello = "/corkboard/hello/1"

// MaxSecrets is how many secrets Shake takes.
const MaxSecrets = mostTags

// helloPatience is how long an end may take for each message, and helloTime for
// all of them.
const (
	helloPatience = 10 * time.Second
	helloTime     = 30 * time.Second
)

// Errors of Shake, besides ErrFrame, ErrStalled and those of the stream.
var (
	// ErrStranger says that the two ends have no secret in common.
	ErrStranger = errors.New("nothing in common with the other side")
	// ErrHandshake says that the other side said what nobody honest says; what
	// that was is wrapped.
	ErrHandshake = errors.New("the other side breaks the handshake")
	// ErrNewer says that the other side is a later program.
	ErrNewer = identity.ErrNewer
	// ErrSecrets says that the secrets given to Shake are too many, or that one is none.
	ErrSecrets = errors.New("secrets that cannot be used")
)

// Self is who this end says it is.
type Self struct {
	Person identity.PersonID
	Device *identity.Device
}

// Who is who the other end says it is. The device is proven; that it belongs to
// the person is not.
type Who struct {
	Person identity.PersonID
	Device identity.DeviceID
}

// Match is a secret that both ends know.
type Match struct {
	Index int // in the secrets given to Shake; of equal ones the first
	Tag   Tag // what both ends call it in this session
}

// Result is what a handshake has found out.
type Result struct {
	Matched   []Match // at least one, by Index
	Peer      Who     // zero if Anonymous
	Anonymous bool
}

// Shake finds the secrets that both ends know, tells the other end who is here, and
// learns who is there. Both ends call it, on a stream of protocol Hello that the
// dialler of the connection has opened. It takes two round trips, at most 30 s, and
// ends when ctx ends. It closes the stream; what becomes of the connection is the
// caller's matter.
//
// me nil is anonymous: the other end sees that nobody is named, others do not.
// Whether a device belongs to a person only the person's log says, and what they
// may do only a collection's: both are the caller's to ask before anything is
// given away.
//
// Errors: ErrStranger if no secret matches, at both ends, and nobody has said who they
// are; ErrHandshake, ErrNewer, ErrFrame, ErrStalled, ErrSecrets, those of the stream
// and of ctx.
func Shake(ctx context.Context, s Stream, conn Conn, secrets []Secret, me *Self) (Result, error) {
	return shake(ctx, rand.Reader, s, conn, secrets, me)
}

// shake draws a nonce of 32 bytes, then what tags are missing.
func shake(ctx context.Context, random io.Reader, s Stream, conn Conn, secrets []Secret, me *Self) (Result, error) {
	limited, cancel := context.WithTimeoutCause(ctx, helloTime, ErrStalled)
	defer cancel()
	defer s.Close()
	defer context.AfterFunc(limited, func() { s.Close() })()
	h := &hello{
		stream: s,
		framer: NewFramer(s, maxHello, helloPatience),
		random: random,
		role:   acceptor,
		known:  make(map[Secret]int, len(secrets)),
	}
	if conn.Dialled() {
		h.role = dialler
	}
	h.scene.names[h.role-1], h.scene.names[h.role.other()-1] = conn.Local(), conn.Remote()
	if err := h.learn(secrets); err != nil {
		return Result{}, err
	}
	result, err := h.run(me)
	if err != nil {
		if limited.Err() != nil {
			err = context.Cause(limited)
		}
		return Result{}, fmt.Errorf("handshake: %w", err)
	}
	return result, nil
}
