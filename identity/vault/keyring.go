package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// Keyring is where the system keeps secrets of the person who is logged in.
// Its methods may block while the system asks them.
type Keyring interface {
	// Get returns ErrNoEntry if there is none; any other error means that the
	// keyring cannot be read.
	Get(name string) (string, error)
	Set(name, secret string) error
	Delete(name string) error
}

// service is the name of the program in the keyring.
const service = "corkboard"

type systemKeyring struct{}

// SystemKeyring is the Keychain, the Credential Manager, or the Secret Service
// of the desktop. On a machine without one every method fails.
func SystemKeyring() Keyring { return systemKeyring{} }

func (systemKeyring) Get(name string) (string, error) {
	secret, err := keyring.Get(service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNoEntry
	}
	return secret, err
}

func (systemKeyring) Set(name, secret string) error { return keyring.Set(service, name, secret) }

func (systemKeyring) Delete(name string) error { return keyring.Delete(service, name) }
