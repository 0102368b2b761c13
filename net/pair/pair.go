package pair

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
	"corkboard/record"
	"corkboard/share"
)

// Protocol is the stream that the new device opens after the handshake.
const Protocol = "/corkboard/pair/1"

const (
	secretInfo   = "corkboard/pair/1"
	commitDomain = "corkboard/pair commit/1\x00"
	wordsDomain  = "corkboard/pair words/1\x00"
	sealDomain   = "corkboard/pair welcome/1\x00"

	// logName is what a person's log, which others read, calls every further device.
	logName = "Another device"
)

// How long an end waits for the next message, and for a person.
const (
	patience = 30 * time.Second
	// Deciding is how long a person may take to say yes.
	Deciding = 10 * time.Minute
)

// Secret is what both ends of a link meet by: 32 bytes of HKDF-SHA256 of its secret,
// without salt, info "corkboard/pair/1".
func Secret(s share.Secret) wire.Secret {
	from := s.Reveal()
	b, err := hkdf.Key(sha256.New, from[:], nil, secretInfo, wire.SecretSize)
	if err != nil { // for other lengths only
		return wire.Secret{}
	}
	return wire.NewSecret([wire.SecretSize]byte(b))
}

// Ends is what the two ends of the connection are called, as the transport has proven.
type Ends struct{ Asks, Gives []byte }

// Asker is a device that wants to become one of a person's.
type Asker struct {
	Candidate identity.Candidate
	Label     string          // as it calls itself; anything may stand there
	Words     identity.Spoken // the same at both devices
}

// Give answers a device that asks. decide is called once it has; it blocks until the
// person has said what they want, and gives what the device begins with, or an error,
// which is said as a no. Nil once the other device has kept it. Errors: those of decide,
// ErrMalformed, ErrNewer, those of the stream; ErrUnheard if it is not known whether
// the other device has kept what it was given.
func Give(ctx context.Context, s wire.Stream, ends Ends, person identity.PersonID, decide func(context.Context, Asker) ([]byte, error)) error {
	defer s.Close()
	defer context.AfterFunc(ctx, func() { s.Close() })()
	framer := wire.NewFramer(s, maxFrame, patience)
	given, err := give(ctx, framer, ends, person, decide)
	if err != nil {
		if ctx.Err() != nil {
			err = errors.Join(ctx.Err(), err)
		}
		if given {
			err = fmt.Errorf("%w: %w", ErrUnheard, err)
		}
		return fmt.Errorf("letting a device in: %w", err)
	}
	return nil
}

// ErrUnheard says that a device was let in and has not said that it knows.
var ErrUnheard = errors.New("the new device has not answered")

func give(ctx context.Context, framer *wire.Framer, ends Ends, person identity.PersonID, decide func(context.Context, Asker) ([]byte, error)) (given bool, err error) {
	frame, err := framer.ReadWithin(patience)
	if err != nil {
		return false, err
	}
	commitment, err := decodeAsk(frame)
	if err != nil {
		return false, err
	}
	t := tell{person: person}
	_, _ = rand.Read(t.nonce[:]) // never fails
	if err := framer.Write(encodeTell(t)); err != nil {
		return false, err
	}
	if frame, err = framer.ReadWithin(patience); err != nil {
		return false, err
	}
	a, err := decodeApplication(frame)
	if err != nil {
		return false, err
	}
	if c := commit(a.nonce, a.candidate); subtle.ConstantTimeCompare(c[:], commitment[:]) != 1 {
		return false, fmt.Errorf("%w: another number than it was bound to", ErrMalformed)
	}
	asker := Asker{Candidate: a.candidate, Label: a.label, Words: words(ends, t, a)}
	welcome, err := decide(ctx, asker)
	if err != nil {
		return false, errors.Join(err, framer.Write(encodeEmpty(sayNo)))
	}
	sealed, err := identity.Seal(a.candidate.KEM, sealInfo(t, a), welcome)
	if err != nil {
		return true, err
	}
	if err := framer.Write(encodeYes(len(sealed))); err != nil {
		return true, err
	}
	for len(sealed) > 0 {
		n := min(len(sealed), partSize)
		if err := framer.Write(encodePart(sealed[:n])); err != nil {
			return true, err
		}
		sealed = sealed[n:]
	}
	if frame, err = framer.ReadWithin(patience); err != nil {
		return true, err
	}
	return true, decodeDone(frame)
}

// Ask asks for a device to be let in. show is called with the words that the other
// device shows as well; keep gets the person and what the device begins with, and has
// it safe when it returns. Errors: ErrRefused, ErrMalformed, ErrNewer, those of keep and
// of the stream.
func Ask(ctx context.Context, s wire.Stream, ends Ends, device *identity.Device, label string, show func(identity.Spoken), keep func(identity.PersonID, []byte) error) error {
	defer s.Close()
	defer context.AfterFunc(ctx, func() { s.Close() })()
	framer := wire.NewFramer(s, maxFrame, patience)
	if err := ask(framer, ends, device, label, show, keep); err != nil {
		if ctx.Err() != nil {
			err = errors.Join(ctx.Err(), err)
		}
		return fmt.Errorf("becoming another device: %w", err)
	}
	return nil
}

func ask(framer *wire.Framer, ends Ends, device *identity.Device, label string, show func(identity.Spoken), keep func(identity.PersonID, []byte) error) error {
	a := application{label: label, candidate: identity.Candidate{Device: device.ID(), KEM: device.KEM()}}
	_, _ = rand.Read(a.nonce[:]) // never fails
	if err := framer.Write(encodeAsk(commit(a.nonce, a.candidate))); err != nil {
		return err
	}
	frame, err := framer.ReadWithin(patience)
	if err != nil {
		return err
	}
	t, err := decodeTell(frame)
	if err != nil {
		return err
	}
	a.candidate = device.Apply(t.person, logName)
	if err := framer.Write(encodeApplication(a)); err != nil {
		return err
	}
	show(words(ends, t, a))
	if frame, err = framer.ReadWithin(Deciding + patience); err != nil {
		return err
	}
	length, err := decodeYes(frame)
	if err != nil {
		return err
	}
	sealed := make([]byte, 0, min(length, partSize)) // grows with what comes
	for len(sealed) < length {
		if frame, err = framer.ReadWithin(patience); err != nil {
			return err
		}
		part, err := decodePart(frame)
		if err != nil {
			return err
		}
		if sealed = append(sealed, part...); len(sealed) > length {
			return fmt.Errorf("%w: more than was announced", ErrMalformed)
		}
	}
	welcome, err := device.Open(sealed, sealInfo(t, a))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if err := keep(t.person, welcome); err != nil {
		return err
	}
	return framer.Write(encodeEmpty(sayDone))
}

// commit binds whoever asks to their number and keys before they know the other's.
func commit(nonce [32]byte, c identity.Candidate) [32]byte {
	w := record.Writer{B: []byte(commitDomain)}
	w.Fixed(nonce[:])
	w.Fixed(c.Device[:])
	w.Fixed(c.KEM)
	return sha256.Sum256(w.B)
}

func (e Ends) write(w *record.Writer, t tell, a application) {
	w.Bytes(e.Asks)
	w.Bytes(e.Gives)
	w.Fixed(t.person[:])
	w.Fixed(a.candidate.Device[:])
	w.Fixed(a.candidate.KEM)
	w.Fixed(t.nonce[:])
	w.Fixed(a.nonce[:])
}

func words(ends Ends, t tell, a application) identity.Spoken {
	w := record.Writer{B: []byte(wordsDomain)}
	ends.write(&w, t, a)
	return identity.Say(sha256.Sum256(w.B))
}

func sealInfo(t tell, a application) []byte {
	w := record.Writer{B: []byte(sealDomain)}
	w.Fixed(t.person[:])
	w.Fixed(a.candidate.Device[:])
	w.Fixed(t.nonce[:])
	w.Fixed(a.nonce[:])
	return w.B
}
