package identity

import (
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

const masterDomain = "corkboard/person/master/1"

// MasterSize is the length of a master key in bytes.
const MasterSize = 32

// MasterOverhead is what Master.Seal adds: a nonce (24 bytes) and a tag (16).
const MasterOverhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// Master is the key that all devices of a person share; under it lies whatever
// a device keeps for the others, such as keys of collections. A new device gets
// it by SealToPerson. It prints as a fixed word. The zero Master is of no use.
type Master struct{ key veil[[MasterSize]byte] }

// NewMaster draws 32 bytes.
func NewMaster(random io.Reader) (Master, error) {
	key := new([MasterSize]byte)
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return Master{}, fmt.Errorf("draw master key: %w", err)
	}
	return Master{hide(key)}, nil
}

// ImportMaster reads what Export wrote; any other length is ErrCannotOpen.
func ImportMaster(b []byte) (Master, error) {
	if len(b) != MasterSize {
		return Master{}, fmt.Errorf("read master key: %w", ErrCannotOpen)
	}
	key := [MasterSize]byte(b)
	return Master{hide(&key)}, nil
}

// Export is the key, for the vault and SealToPerson alone.
func (m Master) Export() []byte { return append([]byte(nil), m.key()[:]...) }

// Seal encrypts plain under the master key and binds it to info:
// XChaCha20-Poly1305, written as nonce | ciphertext; the authenticated data is
// "corkboard/person/master/1" | 0 | info. It draws 24 bytes.
func (m Master) Seal(random io.Reader, info, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(m.key()[:])
	if err != nil {
		return nil, fmt.Errorf("seal under the master key: %w", err)
	}
	out := make([]byte, aead.NonceSize(), len(plain)+MasterOverhead)
	if _, err := io.ReadFull(random, out); err != nil {
		return nil, fmt.Errorf("draw nonce: %w", err)
	}
	return aead.Seal(out, out, plain, message(masterDomain, info)), nil
}

// Open opens what Seal made with the same info; else ErrCannotOpen.
func (m Master) Open(sealed, info []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(m.key()[:])
	if err != nil || len(sealed) < MasterOverhead {
		return nil, ErrCannotOpen
	}
	nonce, rest := sealed[:aead.NonceSize()], sealed[aead.NonceSize():]
	plain, err := aead.Open(nil, nonce, rest, message(masterDomain, info))
	if err != nil {
		return nil, ErrCannotOpen
	}
	return plain, nil
}
