package share

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"strings"
	"unique"
)

// SecretSize is the length of a secret in bytes.
const SecretSize = 16

const hidden = "share.Secret(hidden)"

// Secret is what an invitation is opened with. Equal secrets are equal by ==;
// the zero Secret is none. It prints as a fixed word: the bytes lie behind a
// handle, so that they are hidden inside another struct too, where fmt calls no
// methods; a handle of a string, since fmt follows pointers to arrays and
// structs when a verb does not fit.
type Secret struct{ h unique.Handle[string] }

// NewSecret makes a secret of bytes that the caller drew at random.
func NewSecret(b [SecretSize]byte) Secret { return Secret{unique.Make(string(b[:]))} }

// None reports whether there is no secret.
func (s Secret) None() bool { return s == Secret{} }

// Reveal is the bytes; zeros for none.
func (s Secret) Reveal() [SecretSize]byte {
	if s.None() {
		return [SecretSize]byte{}
	}
	return [SecretSize]byte([]byte(s.h.Value()))
}

// Format writes a fixed word under every verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, hidden) }

// String is a fixed word.
func (s Secret) String() string { return hidden }

// GoString is a fixed word.
func (s Secret) GoString() string { return hidden }

// LogValue is a fixed word.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText is a fixed word.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// UnmarshalText always fails: a secret that was written hidden is lost.
func (s *Secret) UnmarshalText([]byte) error {
	return errors.New("a hidden secret cannot be read back")
}

const (
	base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	digits = 22 // of base58 hold 16 bytes
)

// text is the secret as a number in base58, always 22 digits: so a link that
// lost its end is seen.
func (s Secret) text() string {
	b := s.Reveal()
	n, radix, digit := new(big.Int).SetBytes(b[:]), big.NewInt(58), new(big.Int)
	var out [digits]byte
	for i := range out {
		n.DivMod(n, radix, digit)
		out[digits-1-i] = base58[digit.Int64()]
	}
	return string(out[:])
}

// parseSecret reads exactly what text writes.
func parseSecret(s string) (Secret, bool) {
	if len(s) != digits {
		return Secret{}, false
	}
	n, radix := new(big.Int), big.NewInt(58)
	for i := range len(s) {
		d := strings.IndexByte(base58, s[i])
		if d < 0 {
			return Secret{}, false
		}
		n.Add(n.Mul(n, radix), big.NewInt(int64(d)))
	}
	if n.BitLen() > 8*SecretSize {
		return Secret{}, false
	}
	var b [SecretSize]byte
	n.FillBytes(b[:])
	return NewSecret(b), true
}
