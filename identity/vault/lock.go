package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
)

// A Lock says how a key file is to be protected. It prints as a fixed word.
type Lock struct {
	passphrase veil[string]
	work       int
	ring       Keyring
}

// ByPassphrase protects by a passphrase of any length but none (Unicode NFC).
func ByPassphrase(passphrase string) Lock {
	return Lock{passphrase: hide(&passphrase), work: workFactor}
}

// BySystem protects by a random key in the keyring; where that does not keep
// what it is given, or ring is nil, in a file beside. Vault.Protection tells.
func BySystem(ring Keyring) Lock { return Lock{ring: ring} }

// close wraps a file key and notes in the header how. What it writes outside of
// the key file has a new name each time, so that the old file stays readable.
func (l Lock) close(d disk, h *header, key *[keySize]byte) (err error) {
	h.entry = [16]byte{}
	if l.passphrase != nil {
		h.protection = UnderPassphrase
		h.local, err = underPassphrase(*l.passphrase(), l.work, key)
		return err
	}
	rand.Read(h.entry[:])
	secret := new([keySize]byte)
	rand.Read(secret[:])
	h.protection = UnderKeyring
	if !l.keep(d, h.entry, secret) {
		h.protection = UnderFile
		if err := d.write(keyFileName(h.entry), []byte(encodeSecret(secret)), false); err != nil {
			return fmt.Errorf("write the key beside: %w", err)
		}
	}
	h.local, err = underEntry(secret, h.entry, key)
	return err
}

// keep says whether the keyring gives back what it was given. What a keyring
// says when it fails may hold the secret and is not passed on.
func (l Lock) keep(d disk, entry [16]byte, secret *[keySize]byte) bool {
	if l.ring == nil {
		return false
	}
	name, text := entryName(entry), encodeSecret(secret)
	if l.ring.Set(name, text) != nil {
		return false
	}
	d.at("kept in the keyring")
	back, err := l.ring.Get(name)
	return err == nil && back == text
}

// entrySecret fetches what BySystem has put away: ErrLocked if it cannot.
func entrySecret(d disk, ring Keyring, h header) (*[keySize]byte, error) {
	var text string
	var err error
	if h.protection == UnderFile {
		var b []byte
		b, err = d.read(keyFileName(h.entry), 1<<10)
		text = string(b)
	} else if ring == nil {
		err = errors.New("no keyring was given")
	} else {
		text, err = ring.Get(entryName(h.entry))
	}
	if err != nil {
		return nil, fmt.Errorf("read the key from the %v: %w: %w", h.protection, ErrLocked, err)
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) != keySize {
		return nil, fmt.Errorf("the %v holds something else: %w", h.protection, ErrLocked)
	}
	return (*[keySize]byte)(b), nil
}

func encodeSecret(secret *[keySize]byte) string { return base64.StdEncoding.EncodeToString(secret[:]) }

// entryName is what the person may see in a list of their keyring.
func entryName(entry [16]byte) string { return fmt.Sprintf("keys %x", entry) }
