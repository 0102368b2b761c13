package cards

import (
	"fmt"
	"io"
	"log/slog"
	"maps"

	"corkboard/doc"
)

// A Secret is a word of a document that nobody should see who cannot read the
// document. It prints as a fixed word under every verb; string(s) is the word.
type Secret string

const hiddenSecret = "cards.Secret(hidden)"

// Format writes a fixed word under every verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenSecret) }

// String is a fixed word.
func (s Secret) String() string { return hiddenSecret }

// GoString is a fixed word.
func (s Secret) GoString() string { return hiddenSecret }

// LogValue is a fixed word.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hiddenSecret) }

// MarshalText is a fixed word.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hiddenSecret), nil }

// WithoutSecrets is the root of a document as it may be exported, or copied into
// another document: without the keys of its files. It shares all else with root.
func WithoutSecrets(root doc.Map) doc.Map {
	out := withoutKey(root)
	for _, slot := range partSlots {
		part, ok := root[slot].(doc.Map)
		if bare := withoutKey(part); ok && len(bare) != len(part) {
			out = maps.Clone(out)
			out[slot] = bare
		}
	}
	return out
}

// withoutKey leaves out the key of the file that a map names, if it does.
func withoutKey(m doc.Map) doc.Map {
	_, file := m[slotBlob]
	if _, ok := m[slotKey]; !ok || !file {
		return m
	}
	out := maps.Clone(m)
	delete(out, slotKey)
	return out
}
