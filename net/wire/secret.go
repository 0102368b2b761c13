package wire

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"unique"

	"corkboard/identity"
)

// SecretSize is the length of a secret in bytes.
const SecretSize = 32

const (
	meetInfo      = "corkboard/meet/1"
	namespaceInfo = "corkboard/namespace/1"
	nearbyInfo    = "corkboard/nearby/1"
	hiddenSecret  = "wire.Secret(hidden)"
)

// Secret is what two ends must both know to find each other. Equal secrets are
// equal by ==; the zero Secret is none. It prints as a fixed word, also inside
// another struct, where fmt calls no methods: fmt does not look behind a handle of
// a string.
type Secret struct{ h unique.Handle[string] }

// NewSecret makes a secret of bytes that nobody can guess.
func NewSecret(b [SecretSize]byte) Secret { return Secret{unique.Make(string(b[:]))} }

// MeetSecret is what those who know a collection meet by: 32 bytes of HKDF-SHA256
// of its id, without salt, info "corkboard/meet/1".
func MeetSecret(collection [32]byte) Secret { return derived(collection[:], meetInfo) }

// NamespaceSecret is what a collection is called at one storage peer: 32 bytes of
// HKDF-SHA256 of the collection's id and the storage peer's device id, without
// salt, info "corkboard/namespace/1". Nobody who does not know the collection sees
// that the secrets of two storage peers are for the same one.
func NamespaceSecret(collection [32]byte, store identity.DeviceID) Secret {
	return derived(append(collection[:], store[:]...), namespaceInfo)
}

// NearbySecret is what those meet by who look for people on their network, and is no
// secret: whoever looks too knows it. 32 bytes of HKDF-SHA256 of "everybody", without
// salt, info "corkboard/nearby/1".
func NearbySecret() Secret { return derived([]byte("everybody"), nearbyInfo) }

// derived is none if HKDF fails, which it does for other lengths only.
func derived(key []byte, info string) Secret {
	b, err := hkdf.Key(sha256.New, key, nil, info, SecretSize)
	if err != nil {
		return Secret{}
	}
	return NewSecret([SecretSize]byte(b))
}

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
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenSecret) }

// String is a fixed word.
func (s Secret) String() string { return hiddenSecret }

// GoString is a fixed word.
func (s Secret) GoString() string { return hiddenSecret }

// LogValue is a fixed word.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hiddenSecret) }

// MarshalText is a fixed word.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hiddenSecret), nil }
