package verify

import (
	"errors"
	"fmt"
)

// Why a change is refused. Nothing was changed or kept when one is returned.
var (
	// ErrMalformed says that bytes are not a change that an engine could have
	// written: damage, or ill will.
	ErrMalformed = errors.New("malformed change")
	// ErrTooLarge says that a change is over one of the limits. One of our own
	// making Rewrite spreads over several, unless one operation alone is.
	ErrTooLarge = errors.New("change over a limit")
	// ErrUnknown says that a change holds what this version does not know: a
	// newer one may.
	ErrUnknown = errors.New("change of an unknown form")
	// ErrMissing says that a change which this one follows is not here yet.
	ErrMissing = errors.New("change before its time")
	// ErrMisplaced says that a change cannot have been made in this document:
	// it speaks of objects that are not there, or not what it takes them for.
	ErrMisplaced = errors.New("change does not fit the document")
)

// fault is an error of one of the kinds above, with what it was about.
func fault(kind error, part, why string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", kind, part, fmt.Sprintf(why, args...))
}
