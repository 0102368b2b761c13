package pair

import (
	"errors"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// Errors of both ends, besides those of the stream and of wire.Framer.
var (
	// ErrMalformed says that the other side says what nobody honest says.
	ErrMalformed = errors.New("the other device breaks the protocol")
	// ErrRefused says that the person at the other device has said no.
	ErrRefused = errors.New("refused on the other device")
	// ErrNewer says that the other side is a later program.
	ErrNewer = identity.ErrNewer
)

const (
	version = 1

	// MaxLabel is the longest name of a device in bytes.
	MaxLabel = identity.MaxName
	// MaxWelcome is the longest that is given, in bytes before it is sealed.
	MaxWelcome = 16 << 20

	maxSealed = MaxWelcome + identity.SealOverhead
	partSize  = 512 << 10
	maxFrame  = 4 + partSize
)

// The kinds of messages, each a frame: version u8 | kind u8 | the rest.
const (
	sayAsk   byte = 1 + iota // commitment 32
	sayTell                  // person 32 | nonce 32
	sayApply                 // nonce 32 | device 32 | sealing key 1216 | proof 64 | name
	sayYes                   // length of what follows
	sayPart                  // up to 512 KiB of it
	sayNo
	sayDone // it is kept
)

type tell struct {
	person identity.PersonID
	nonce  [32]byte
}

type application struct {
	nonce     [32]byte
	candidate identity.Candidate
	label     string
}

func begin(kind byte) *record.Writer {
	w := &record.Writer{}
	w.Uint8(version)
	w.Uint8(kind)
	return w
}

// open checks the version and the kind of a message: one of those that may come now.
func open(frame []byte, kinds ...byte) (*record.Reader, byte, error) {
	r := record.NewReader(frame)
	if v := r.Uint8(); r.Err() == nil && v != version {
		return nil, 0, fmt.Errorf("%w: version %d of pairing", ErrNewer, v)
	}
	kind := r.Uint8()
	for _, k := range kinds {
		if k == kind && r.Err() == nil {
			return r, kind, nil
		}
	}
	return nil, 0, ErrMalformed
}

func closed(r *record.Reader) error {
	if err := r.Close(); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return nil
}

func encodeAsk(commitment [32]byte) []byte {
	w := begin(sayAsk)
	w.Fixed(commitment[:])
	return w.B
}

func decodeAsk(frame []byte) (commitment [32]byte, err error) {
	r, _, err := open(frame, sayAsk)
	if err != nil {
		return commitment, err
	}
	commitment = r.Hash()
	return commitment, closed(r)
}

func encodeTell(t tell) []byte {
	w := begin(sayTell)
	w.Fixed(t.person[:])
	w.Fixed(t.nonce[:])
	return w.B
}

func decodeTell(frame []byte) (t tell, err error) {
	r, kind, err := open(frame, sayTell, sayNo)
	if err != nil {
		return t, err
	}
	if kind == sayNo {
		return t, refusal(r)
	}
	t.person, t.nonce = r.Hash(), r.Hash()
	return t, closed(r)
}

func refusal(r *record.Reader) error {
	if err := closed(r); err != nil {
		return err
	}
	return ErrRefused
}

func encodeApplication(a application) []byte {
	w := begin(sayApply)
	w.Fixed(a.nonce[:])
	w.Fixed(a.candidate.Device[:])
	w.Fixed(a.candidate.KEM)
	w.Fixed(a.candidate.Proof[:])
	w.String(a.label)
	return w.B
}

func decodeApplication(frame []byte) (a application, err error) {
	r, _, err := open(frame, sayApply)
	if err != nil {
		return a, err
	}
	a.nonce = r.Hash()
	a.candidate = identity.Candidate{Device: r.Hash(), KEM: r.Fixed(identity.KEMSize), Name: logName}
	copy(a.candidate.Proof[:], r.Fixed(identity.SignatureSize))
	a.label = r.String(MaxLabel)
	if err := closed(r); err != nil {
		return a, err
	}
	if err := identity.CheckKEM(a.candidate.KEM); err != nil {
		return a, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return a, nil
}

func encodeYes(length int) []byte {
	w := begin(sayYes)
	w.Uint(uint64(length))
	return w.B
}

func decodeYes(frame []byte) (length int, err error) {
	r, kind, err := open(frame, sayYes, sayNo)
	if err != nil {
		return 0, err
	}
	if kind == sayNo {
		return 0, refusal(r)
	}
	length = int(r.Uint(maxSealed))
	if length < identity.SealOverhead {
		r.Fail("too short to be sealed")
	}
	return length, closed(r)
}

func encodePart(part []byte) []byte {
	w := begin(sayPart)
	w.Fixed(part)
	return w.B
}

func decodePart(frame []byte) ([]byte, error) {
	r, _, err := open(frame, sayPart)
	if err != nil {
		return nil, err
	}
	if r.Len() == 0 {
		return nil, ErrMalformed
	}
	part := r.Fixed(r.Len())
	return part, closed(r)
}

func encodeEmpty(kind byte) []byte { return begin(kind).B }

func decodeDone(frame []byte) error {
	r, _, err := open(frame, sayDone)
	if err != nil {
		return err
	}
	return closed(r)
}
