package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

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
