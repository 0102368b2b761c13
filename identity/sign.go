package identity

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
)

// SignatureSize is the length of an Ed25519 signature in bytes.
const SignatureSize = ed25519.SignatureSize

// ErrBadSignature says that bytes were not signed by that key in that domain.
var ErrBadSignature = errors.New("signature does not fit")

// Hash is SHA-256(domain | 0 | body), the id of everything that is signed. A
// domain is a constant of ours, such as "corkboard/person/1", without a zero byte.
func Hash(domain string, body []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(domain))
	h.Write([]byte{0})
	h.Write(body)
	return [32]byte(h.Sum(nil))
}

// Verify returns ErrBadSignature unless sig is a signature of the device over
// domain | 0 | body (RFC 8032, cofactorless, as crypto/ed25519 does it). It
// takes about 40 µs and is safe on any input.
func Verify(id DeviceID, domain string, body, sig []byte) error {
	if len(sig) != SignatureSize || !ed25519.Verify(id[:], message(domain, body), sig) {
		return ErrBadSignature
	}
	return nil
}

func message(domain string, body []byte) []byte {
	m := make([]byte, 0, len(domain)+1+len(body))
	m = append(m, domain...)
	m = append(m, 0)
	return append(m, body...)
}
