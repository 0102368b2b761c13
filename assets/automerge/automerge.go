package automerge

import (
	"crypto/sha256"
	_ "embed" // the code becomes part of the binary
	"encoding/hex"
	"errors"
	"strings"
)

// ErrDamaged says that the code in this binary is not what was committed.
var ErrDamaged = errors.New("the embedded document engine is damaged")

var (
	//go:embed automerge.wasm
	code []byte
	//go:embed automerge.wasm.sha256
	sum string
	//go:embed VERSION
	version string

	// Licence is the text that must be shown with the code.
	//
	//go:embed LICENSE.txt
	Licence string
)

// Version is that of the npm package @automerge/automerge.
func Version() string { return strings.TrimSpace(version) }

// Code is the WebAssembly, 2.5 MB, after a check of its hash: ErrDamaged if it
// is another. It is shared: read it, never write to it.
func Code() ([]byte, error) {
	want, _, _ := strings.Cut(sum, " ")
	if got := sha256.Sum256(code); hex.EncodeToString(got[:]) != want {
		return nil, ErrDamaged
	}
	return code, nil
}
