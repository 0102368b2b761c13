//go:build !cgo || !(linux || darwin)

package engine

// HasNative says whether this build has the native core.
const HasNative = false

// Native is Automerge's C core, which this platform does not have.
func Native() Engine { return none{} }

type none struct{}

func (none) New([]byte) (Doc, error)                    { return nil, ErrNoEngine }
func (none) Load([]byte, [][]byte, []byte) (Doc, error) { return nil, ErrNoEngine }
