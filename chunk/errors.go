package chunk

import (
	"errors"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

// Errors that no later message heals.
var (
	// ErrTooLarge says that bytes are more than their kind may have; they were
	// not looked at.
	ErrTooLarge = errors.New("larger than allowed")
	// ErrMalformed says that bytes have not the form of what they should be.
	ErrMalformed = record.ErrMalformed
	// ErrNewer says that a chunk was made by a later program: keep it for one.
	ErrNewer = identity.ErrNewer
	// ErrSealed says that a chunk does not open under the key it names: it was
	// damaged, or sealed by somebody without that key.
	ErrSealed = errors.New("chunk cannot be opened")
	// ErrBadSignature says that what a chunk holds was not signed by the device
	// it names.
	ErrBadSignature = identity.ErrBadSignature
	// ErrForeign says that something belongs to another collection, document or
	// device than it pretends.
	ErrForeign = errors.New("belongs elsewhere")
)

// Errors that something on its way may heal: keep the chunk and try again.
var (
	// ErrNoKey says that the key of a chunk's epoch is not here.
	ErrNoKey = errors.New("no key for this epoch")
	// ErrNoDocument says that the genesis of the document of a chunk's tag is
	// not here.
	ErrNoDocument = errors.New("document of this tag is not known")
	// ErrNoRun says that the run that wrote a chunk is not here.
	ErrNoRun = errors.New("run is not known")
	// ErrIncomplete says that pieces of a bundle are missing.
	ErrIncomplete = errors.New("pieces are missing")
)

func malformed(why string) error { return fmt.Errorf("%w: %s", ErrMalformed, why) }
