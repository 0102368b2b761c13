package identity

import "errors"

// ErrNewer says that bytes are of a later format than this program knows: keep
// them for a later one.
var ErrNewer = errors.New("of a newer format")
