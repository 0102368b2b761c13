package chunk

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"corkboard/record"
)

// seal pads the inner form and seals it. The nonce is a keyed hash of all that
// is sealed and authenticated: no two chunks share one unless they are equal,
// and a chunk that opens under two keys would be a collision of that hash, which
// Poly1305 alone does not promise.
func seal(e Epoch, in scope, kind Kind, tag Tag, inner []byte) ([]byte, error) {
	k, err := e.derive(in)
	if err != nil {
		return nil, err
	}
	if outerSize+len(inner) > MaxChunk {
		return nil, fmt.Errorf("sealing %d bytes: %w", len(inner), ErrTooLarge)
	}
	size := bucket(outerSize + len(inner))
	w := record.Writer{B: make([]byte, 0, size)}
	w.Uint8(version)
	w.Uint8(uint8(kind))
	w.Fixed(tag[:])
	ref := e.Ref()
	w.Fixed(ref[:])
	additional := associated(w.B, e)
	plain := make([]byte, size-outerSize)
	copy(plain, inner)
	nonce := k.nonceOf(additional, plain)
	w.Fixed(nonce)
	aead, err := chacha20poly1305.NewX(k.seal())
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return aead.Seal(w.B, nonce, plain, additional), nil
}

// unseal returns the inner form with its padding, which is not checked yet, or
// ErrSealed.
func unseal(e Epoch, in scope, s Sealed) ([]byte, error) {
	k, err := e.derive(in)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(k.seal())
	if err != nil {
		return nil, fmt.Errorf("opening: %w", err)
	}
	additional := associated(s.bound(), e)
	plain, err := aead.Open(nil, s.nonce(), s.ciphertext(), additional)
	if err != nil || !hmac.Equal(s.nonce(), k.nonceOf(additional, plain)) {
		return nil, ErrSealed
	}
	return plain, nil
}

// associated is domain | 0 | version | kind | tag | epoch | commitment.
func associated(bound []byte, e Epoch) []byte {
	w := record.Writer{B: append([]byte(domainHeader), 0)}
	w.Fixed(bound)
	c := e.commitment()
	w.Fixed(c[:])
	return w.B
}

// nonceOf is the first 24 bytes of HMAC-SHA256(associated data | padded inner form).
func (k keys) nonceOf(additional, plain []byte) []byte {
	m := hmac.New(sha256.New, k.nonce())
	m.Write(additional)
	m.Write(plain)
	return m.Sum(nil)[:nonceSize]
}
