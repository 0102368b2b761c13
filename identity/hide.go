package identity

import (
	"fmt"
	"io"
	"log/slog"
)

// A hidden value prints as a fixed word under every verb, in logs and in JSON.
// The methods have value receivers, so that a copy is hidden as well; the
// secret itself lies behind a veil, so that it is hidden inside another struct
// too, where fmt calls no methods.
const (
	hiddenDevice   = "identity.Device(hidden)"
	hiddenRecovery = "identity.Recovery(hidden)"
	hiddenWords    = "identity.Words(hidden)"
	hiddenMaster   = "identity.Master(hidden)"
)

// A veil holds a secret so that reflection sees only the address of a function.
// A pointer is not enough: fmt follows one when a verb does not fit.
type veil[T any] func() *T

func hide[T any](secret *T) veil[T] { return func() *T { return secret } }

// Format writes a fixed word under every verb.
func (d Device) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenDevice) }

// String is a fixed word.
func (d Device) String() string { return hiddenDevice }

// GoString is a fixed word.
func (d Device) GoString() string { return hiddenDevice }

// LogValue is a fixed word.
func (d Device) LogValue() slog.Value { return slog.StringValue(hiddenDevice) }

// MarshalText is a fixed word.
func (d Device) MarshalText() ([]byte, error) { return []byte(hiddenDevice), nil }

// Format writes a fixed word under every verb.
func (r Recovery) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenRecovery) }

// String is a fixed word.
func (r Recovery) String() string { return hiddenRecovery }

// GoString is a fixed word.
func (r Recovery) GoString() string { return hiddenRecovery }

// LogValue is a fixed word.
func (r Recovery) LogValue() slog.Value { return slog.StringValue(hiddenRecovery) }

// MarshalText is a fixed word.
func (r Recovery) MarshalText() ([]byte, error) { return []byte(hiddenRecovery), nil }

// Format writes a fixed word under every verb.
func (w Words) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenWords) }

// String is a fixed word.
func (w Words) String() string { return hiddenWords }

// GoString is a fixed word.
func (w Words) GoString() string { return hiddenWords }

// LogValue is a fixed word.
func (w Words) LogValue() slog.Value { return slog.StringValue(hiddenWords) }

// MarshalText is a fixed word.
func (w Words) MarshalText() ([]byte, error) { return []byte(hiddenWords), nil }

// Format writes a fixed word under every verb.
func (m Master) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenMaster) }

// String is a fixed word.
func (m Master) String() string { return hiddenMaster }

// GoString is a fixed word.
func (m Master) GoString() string { return hiddenMaster }

// LogValue is a fixed word.
func (m Master) LogValue() slog.Value { return slog.StringValue(hiddenMaster) }

// MarshalText is a fixed word.
func (m Master) MarshalText() ([]byte, error) { return []byte(hiddenMaster), nil }
