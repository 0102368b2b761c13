package wire

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
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

// hello is one handshake at one end.
type hello struct {
	stream  Stream
	framer  *Framer
	random  io.Reader
	role    role
	scene   scene
	secrets []Secret
	known   map[Secret]int // their first index
}

func (h *hello) learn(secrets []Secret) error {
	if len(secrets) > MaxSecrets {
		return fmt.Errorf("%w: %d, where %d are allowed", ErrSecrets, len(secrets), MaxSecrets)
	}
	for i, s := range secrets {
		if s.None() {
			return fmt.Errorf("%w: number %d is none", ErrSecrets, i)
		}
		if _, doubled := h.known[s]; !doubled {
			h.known[s] = i
			h.secrets = append(h.secrets, s)
		}
	}
	return nil
}

// run says and hears the three messages. The acceptor knows both nonces first, so
// that its tags go with its nonce, and the dialler's proof with its tags.
func (h *hello) run(me *Self) (Result, error) {
	if err := h.meet(); err != nil {
		return Result{}, err
	}
	if h.role == acceptor {
		if err := h.sayTags(); err != nil {
			return Result{}, err
		}
	}
	theirs, err := heard(h, readTags)
	if err != nil {
		return Result{}, err
	}
	if h.role == dialler {
		if err := h.sayTags(); err != nil {
			return Result{}, err
		}
	}
	matched, key := h.match(theirs)
	if len(matched) == 0 {
		return Result{}, ErrStranger
	}
	peer, named, err := h.prove(key, me)
	if err != nil {
		return Result{}, err
	}
	return Result{Matched: matched, Peer: peer, Anonymous: !named}, nil
}

// heard reads a message, and says of what cannot be read that it is the other
// side's fault.
func heard[T any](h *hello, read func([]byte) (T, error)) (T, error) {
	var none T
	message, err := h.framer.ReadWithin(helloPatience)
	if err != nil {
		return none, cutShort(err)
	}
	v, err := read(message)
	if err != nil && !errors.Is(err, ErrNewer) {
		return none, fmt.Errorf("%w: %w", ErrHandshake, err)
	}
	return v, err
}

// meet exchanges nonces, the dialler's first.
func (h *hello) meet() error {
	names := h.scene.names
	if bytes.Equal(names[0], names[1]) || max(len(names[0]), len(names[1])) > maxName {
		return fmt.Errorf("%w: two ends with names %x and %x", ErrHandshake, names[0], names[1])
	}
	var mine [nonceSize]byte
	if _, err := io.ReadFull(h.random, mine[:]); err != nil {
		return fmt.Errorf("draw a nonce: %w", err)
	}
	h.scene.nonces[h.role-1] = mine
	if h.role == dialler {
		if err := h.framer.Write(writeNonce(mine)); err != nil {
			return err
		}
	}
	theirs, err := heard(h, readNonce)
	if err != nil {
		return err
	}
	if theirs == mine {
		return fmt.Errorf("%w: it repeats what it hears", ErrHandshake)
	}
	h.scene.nonces[h.role.other()-1] = theirs
	if h.role == acceptor {
		return h.framer.Write(writeNonce(mine))
	}
	return nil
}

func (h *hello) sayTags() error {
	tags := make([]Tag, len(h.secrets))
	for i, s := range h.secrets {
		tags[i] = h.scene.tag(s, domainTag, h.role)
	}
	message, err := writeTags(h.random, tags)
	if err != nil {
		return err
	}
	return h.framer.Write(message)
}

// match finds the secrets that the other end knows; key is that of the smallest
// session tag, by which proofs are sealed.
func (h *hello) match(theirs []Tag) (matched []Match, key Secret) {
	var smallest Tag
	for _, s := range h.secrets {
		_, found := slices.BinarySearchFunc(theirs, h.scene.tag(s, domainTag, h.role.other()), compareTags)
		if !found {
			continue
		}
		tag := h.scene.session(s)
		if len(matched) == 0 || compareTags(tag, smallest) < 0 {
			smallest, key = tag, s
		}
		matched = append(matched, Match{Index: h.known[s], Tag: tag})
	}
	return matched, key
}

// prove exchanges proofs, the dialler's first: an acceptor says who it is only
// after a proof that the other end knows the secret. Each end closes its side
// behind its proof, so that a last word needs no answer.
func (h *hello) prove(key Secret, me *Self) (peer Who, named bool, err error) {
	mine, err := h.scene.writeProof(key, h.role, me)
	if err != nil {
		return Who{}, false, err
	}
	if h.role == dialler {
		if err := h.last(mine); err != nil {
			return Who{}, false, err
		}
	}
	peer, err = heard(h, func(message []byte) (who Who, err error) {
		who, named, err = h.scene.readProof(key, h.role.other(), message)
		return who, err
	})
	if err == nil {
		err = h.end()
	}
	if err == nil && h.role == acceptor {
		err = h.last(mine)
	}
	return peer, named, err
}

// last sends the last message of this end.
func (h *hello) last(message []byte) error {
	if err := h.framer.Write(message); err != nil {
		return err
	}
	return h.stream.CloseWrite()
}

// end wants the other end to have closed its side.
func (h *hello) end() error {
	_, err := h.framer.ReadWithin(helloPatience)
	switch {
	case err == io.EOF:
		return nil
	case err == nil:
		return fmt.Errorf("%w: more than it may say", ErrHandshake)
	}
	return err
}
