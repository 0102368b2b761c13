package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

const (
	keyInfo    = "corkboard/access/key/1"
	commitInfo = "corkboard/access/commit/1"
	oldInfo    = "corkboard/access/old/1"

	hiddenKey = "access.Key(hidden)"
)

// Key is the secret of an epoch: content is sealed under keys derived from it.
// It prints as a fixed word; the bytes lie behind a pointer to a string, which
// fmt does not follow. The zero Key is none.
type Key struct{ secret *string }

// NewKey makes a key of 32 secret bytes.
func NewKey(b [KeySize]byte) Key {
	s := string(b[:])
	return Key{&s}
}

func drawKey(random io.Reader) (Key, error) {
	var b [KeySize]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return Key{}, fmt.Errorf("draw an epoch key: %w", err)
	}
	return NewKey(b), nil
}

// Reveal is the bytes; zeros for none.
func (k Key) Reveal() (b [KeySize]byte) {
	if k.secret != nil {
		copy(b[:], *k.secret)
	}
	return b
}

// Equal compares in constant time.
func (k Key) Equal(o Key) bool {
	a, b := k.Reveal(), o.Reveal()
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// derive is HKDF-SHA256 of the key.
func (k Key) derive(salt []byte, info string) []byte {
	secret := k.Reveal()
	b, _ := hkdf.Key(sha256.New, secret[:], salt, info, KeySize) // fails for absurd lengths only
	return b
}

// commit is what a Rotate says of its key in public.
func (k Key) commit() [32]byte { return [32]byte(k.derive(nil, commitInfo)) }

// wrap seals the key of an earlier epoch: AES-256-GCM with a key of its own,
// so that the nonce can be zero; the collection is authenticated.
func (k Key) wrap(collection, epoch RecordID, old Key) [oldBoxSize]byte {
	plain := old.Reveal()
	return [oldBoxSize]byte(k.box(epoch).Seal(nil, make([]byte, 12), plain[:], collection[:]))
}

func (k Key) unwrap(collection, epoch RecordID, box []byte) (Key, bool) {
	plain, err := k.box(epoch).Open(nil, make([]byte, 12), box, collection[:])
	if err != nil || len(plain) != KeySize {
		return Key{}, false
	}
	return NewKey([KeySize]byte(plain)), true
}

func (k Key) box(epoch RecordID) cipher.AEAD {
	block, _ := aes.NewCipher(k.derive(epoch[:], oldInfo)) // 32 bytes are always right
	gcm, _ := cipher.NewGCM(block)
	return gcm
}

// sealInfo binds a sealed key to its collection and to the key that was promised.
func sealInfo(collection RecordID, commit [32]byte) []byte {
	info := append([]byte(keyInfo), 0)
	info = append(info, collection[:]...)
	return append(info, commit[:]...)
}

// Format writes a fixed word under every verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenKey) }

// String is a fixed word.
func (k Key) String() string { return hiddenKey }

// GoString is a fixed word.
func (k Key) GoString() string { return hiddenKey }

// LogValue is a fixed word.
func (k Key) LogValue() slog.Value { return slog.StringValue(hiddenKey) }

// MarshalText is a fixed word.
func (k Key) MarshalText() ([]byte, error) { return []byte(hiddenKey), nil }
