package identity

import (
	"crypto/ecdh"
	"crypto/hpke"
	"errors"
	"fmt"
	"sync"
)

const (
	// KEMSize is the length of a public sealing key: ML-KEM-768 (1184 bytes), then X25519 (32).
	KEMSize = 1216
	// SealOverhead is what Seal adds: the encapsulated key (1120 bytes) and a tag (16).
	SealOverhead = 1136
)

var (
	// ErrBadKEM says that bytes are not a public sealing key.
	ErrBadKEM = errors.New("not a sealing key")
	// ErrCannotOpen says that sealed bytes are damaged, for another key, or for another info.
	ErrCannotOpen = errors.New("cannot be opened with this key")
)

// Seal encrypts plain so that only the device with this public sealing key
// opens it, and only with the same info: HPKE (RFC 9180) in base mode with
// MLKEM768-X25519, HKDF-SHA256 and ChaCha20-Poly1305, written as encapsulated
// key | ciphertext. Nothing tells who sealed it: sign it if that matters. The
// randomness is crypto/rand's. ErrBadKEM if kem is no key.
func Seal(kem, info, plain []byte) ([]byte, error) {
	key, err := parseKEM(kem)
	if err != nil {
		return nil, err
	}
	sealed, err := hpke.Seal(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, plain)
	if err != nil { // only a key that CheckKEM refuses
		return nil, fmt.Errorf("seal: %w: %w", ErrBadKEM, err)
	}
	return sealed, nil
}

// CheckKEM returns ErrBadKEM unless Seal can use the key. Logs check every key
// that comes from outside, so that no member can keep others from sealing.
func CheckKEM(kem []byte) error {
	if _, err := parseKEM(kem); err != nil {
		return err
	}
	point, err := ecdh.X25519().NewPublicKey(kem[KEMSize-32:])
	if err != nil {
		return ErrBadKEM
	}
	if _, err := probe().ECDH(point); err != nil { // a point of low order
		return ErrBadKEM
	}
	return nil
}

// probe is any private key: X25519 of a point of low order is zero for all.
var probe = sync.OnceValue(func() *ecdh.PrivateKey {
	key, _ := ecdh.X25519().NewPrivateKey(make([]byte, 32))
	return key
})

func parseKEM(kem []byte) (hpke.PublicKey, error) {
	if len(kem) != KEMSize {
		return nil, ErrBadKEM
	}
	key, err := hpke.MLKEM768X25519().NewPublicKey(kem)
	if err != nil {
		return nil, ErrBadKEM
	}
	return key, nil
}

func openSealed(key hpke.PrivateKey, sealed, info []byte) ([]byte, error) {
	if len(sealed) < SealOverhead {
		return nil, ErrCannotOpen
	}
	plain, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, sealed)
	if err != nil {
		return nil, ErrCannotOpen
	}
	return plain, nil
}
