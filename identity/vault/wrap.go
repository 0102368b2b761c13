package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"corkboard/identity"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

const (
	fileDomain  = "corkboard/vault/1\x00"
	entryDomain = "corkboard/vault/entry/1\x00"
	wordsDomain = "corkboard/vault/words/1\x00"

	keySize       = 32
	workFactor    = 18 // scrypt N = 2^18, r = 8, p = 1: age's own choice
	maxWorkFactor = 20
)

// underPassphrase wraps a file key as an age file with one scrypt recipient.
func underPassphrase(passphrase string, work int, key *[keySize]byte) ([]byte, error) {
	to, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, ErrNoPassphrase
	}
	to.SetWorkFactor(work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, fmt.Errorf("wrap under a passphrase: %w", err)
	}
	if _, err := w.Write(key[:]); err != nil {
		return nil, fmt.Errorf("wrap under a passphrase: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("wrap under a passphrase: %w", err)
	}
	return out.Bytes(), nil
}

func fromPassphrase(passphrase string, wrap []byte) (*[keySize]byte, error) {
	with, err := age.NewScryptIdentity(norm.NFC.String(passphrase))
	if err != nil {
		return nil, ErrNoPassphrase
	}
	with.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(wrap), with)
	var noMatch *age.NoIdentityMatchError
	if errors.As(err, &noMatch) {
		return nil, ErrWrongPassphrase
	}
	if err != nil {
		return nil, ErrDamaged
	}
	plain, err := io.ReadAll(io.LimitReader(r, keySize+1))
	return fileKey(plain, err)
}

// underEntry wraps a file key under a random key of the keyring or the file:
// nonce | XChaCha20-Poly1305, bound to the name of the entry.
func underEntry(secret *[keySize]byte, entry [16]byte, key *[keySize]byte) ([]byte, error) {
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	sealed, err := sealUnder(secret, nonce, append([]byte(entryDomain), entry[:]...), key[:])
	return append(nonce, sealed...), err
}

func fromEntry(secret *[keySize]byte, entry [16]byte, wrap []byte) (*[keySize]byte, error) {
	if len(wrap) < nonceSize {
		return nil, ErrDamaged
	}
	return fileKey(openUnder(secret, wrap[:nonceSize], append([]byte(entryDomain), entry[:]...), wrap[nonceSize:]))
}

func (h header) wordsInfo() []byte {
	return append(append([]byte(wordsDomain), h.person[:]...), h.device[:]...)
}

// underWords seals a file key to the recovery key.
func (h header) underWords(key *[keySize]byte) ([]byte, error) {
	return identity.Seal(h.recovery.KEM, h.wordsInfo(), key[:])
}

func (h header) fromWords(r *identity.Recovery) (*[keySize]byte, error) {
	return fileKey(r.Open(h.words, h.wordsInfo()))
}

func fileKey(plain []byte, err error) (*[keySize]byte, error) {
	if err != nil || len(plain) != keySize {
		return nil, ErrDamaged
	}
	return (*[keySize]byte)(plain), nil
}

// sealKeys puts keys under the file key, bound to the header.
func (f *file) sealKeys(key *[keySize]byte, k Keys) error {
	plain, err := k.marshal()
	if err != nil {
		return err
	}
	rand.Read(f.nonce[:])
	f.sealed, err = sealUnder(key, f.nonce[:], append([]byte(fileDomain), f.header.marshal()...), plain)
	return err
}

func (f *file) openKeys(key *[keySize]byte) (Keys, error) {
	plain, err := openUnder(key, f.nonce[:], append([]byte(fileDomain), f.header.marshal()...), f.sealed)
	if err != nil {
		return Keys{}, err
	}
	k, err := parseKeys(plain)
	if err == nil && (k.Person != f.person || k.Device.ID() != f.device) {
		return Keys{}, ErrDamaged
	}
	return k, err
}

func sealUnder(key *[keySize]byte, nonce, bound, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	return aead.Seal(nil, nonce, plain, bound), nil
}

func openUnder(key *[keySize]byte, nonce, bound, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, ErrDamaged
	}
	plain, err := aead.Open(nil, nonce, sealed, bound)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}
