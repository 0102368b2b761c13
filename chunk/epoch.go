package chunk

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"

	"corkboard/identity"
	"corkboard/record"
)

// hidden gives a secret. A function, because fmt looks through pointers in
// unexported fields when a verb does not fit them, and never into a function.
type hidden func() []byte

func hide(secret []byte) hidden { return func() []byte { return secret } }

// Epoch is a key of a collection. It prints as a fixed word.
type Epoch struct {
	ID  [32]byte // of the access record that made it
	key hidden
}

// NewEpoch keeps a copy of the key.
func NewEpoch(id, key [32]byte) Epoch { return Epoch{ID: id, key: hide(key[:])} }

// Ref is what chunks say of their epoch.
func (e Epoch) Ref() EpochRef { return EpochRef(e.ID[:]) }

// scope is what one key and one tag are for: a document in one of its
// generations, or, with the collection's id and 0, the collection itself.
type scope struct {
	id         [32]byte
	generation uint64
}

// info is domain | 0 | id | generation.
func (s scope) info(domain string) []byte {
	w := record.Writer{B: append([]byte(domain), 0)}
	w.Fixed(s.id[:])
	w.Uint(s.generation)
	return w.B
}

// tag is the first 16 bytes of HMAC-SHA256.
func (s scope) tag(secret hidden) Tag {
	m := hmac.New(sha256.New, secret())
	m.Write(s.info(domainTag))
	return Tag(m.Sum(nil))
}

// keys are what chunks of one scope are sealed with.
type keys struct{ seal, nonce hidden }

// derive is HKDF-SHA256 (RFC 5869) without salt: 32 bytes to seal with, then 32
// to make nonces with.
func (e Epoch) derive(s scope) (keys, error) {
	if e.key == nil {
		return keys{}, fmt.Errorf("deriving a key: %w", ErrNoKey)
	}
	b, err := hkdf.Key(sha256.New, e.key(), nil, string(s.info(domainKey)), 64)
	if err != nil {
		return keys{}, fmt.Errorf("deriving a key: %w", err)
	}
	return keys{seal: hide(b[:32]), nonce: hide(b[32:])}, nil
}

// commitment is a hash of the key, which everything sealed under it authenticates.
func (e Epoch) commitment() [32]byte { return identity.Hash(domainCommitment, e.key()) }

const hiddenEpoch = "chunk.Epoch(hidden)"

// Format writes a fixed word under every verb.
func (e Epoch) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenEpoch) }

// String is a fixed word.
func (e Epoch) String() string { return hiddenEpoch }

// GoString is a fixed word.
func (e Epoch) GoString() string { return hiddenEpoch }

// LogValue is a fixed word.
func (e Epoch) LogValue() slog.Value { return slog.StringValue(hiddenEpoch) }

// MarshalText is a fixed word.
func (e Epoch) MarshalText() ([]byte, error) { return []byte(hiddenEpoch), nil }
