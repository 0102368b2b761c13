package identity

import (
	"fmt"
	"io"
	"log/slog"
)

// A hidden value prints as a fixed word under every verb, in logs and in JSON.
// The methods have value receivers, so that a copy is hidden as well.
const (
	hiddenDevice = "identity.Device(hidden)"
)

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
