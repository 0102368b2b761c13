package vault

import (
	"fmt"
	"io"
	"log/slog"
)

// A hidden value prints as a fixed word under every verb, in logs and in JSON;
// value receivers hide copies as well, and veils what lies inside another struct.
const (
	hiddenLock  = "vault.Lock(hidden)"
	hiddenVault = "vault.Vault(hidden)"
)

// A veil holds a secret so that reflection sees only the address of a function.
type veil[T any] func() *T

func hide[T any](secret *T) veil[T] { return func() *T { return secret } }

// Format writes a fixed word under every verb.
func (l Lock) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenLock) }

// String is a fixed word.
func (l Lock) String() string { return hiddenLock }

// GoString is a fixed word.
func (l Lock) GoString() string { return hiddenLock }

// LogValue is a fixed word.
func (l Lock) LogValue() slog.Value { return slog.StringValue(hiddenLock) }

// MarshalText is a fixed word.
func (l Lock) MarshalText() ([]byte, error) { return []byte(hiddenLock), nil }

// Format writes a fixed word under every verb.
func (v Vault) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenVault) }

// String is a fixed word.
func (v Vault) String() string { return hiddenVault }

// GoString is a fixed word.
func (v Vault) GoString() string { return hiddenVault }

// LogValue is a fixed word.
func (v Vault) LogValue() slog.Value { return slog.StringValue(hiddenVault) }

// MarshalText is a fixed word.
func (v Vault) MarshalText() ([]byte, error) { return []byte(hiddenVault), nil }
