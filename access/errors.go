package access

import "errors"

// What Parse, Sign and Log.Add refuse with, besides identity.ErrBadSignature,
// identity.ErrBadKEM and record.ErrMalformed; each is wrapped with what was
// being done.
var (
	// ErrNewer: of a later format than this program knows; keep the bytes for a later one.
	ErrNewer = errors.New("of a newer format")
	// ErrTooLarge: more than MaxRecord bytes.
	ErrTooLarge = errors.New("record is too large")
	// ErrOtherCollection: a genesis that is not the log's.
	ErrOtherCollection = errors.New("record of another collection")
	// ErrFull: the log holds MaxRecords records.
	ErrFull = errors.New("log is full")
	// ErrUnknown: heads that name a record that is not here, or that still waits.
	ErrUnknown = errors.New("unknown access record")
)

// What building and opening keys fails with.
var (
	// ErrNoKey: the keyring holds no key of that epoch.
	ErrNoKey = errors.New("no key of this epoch")
	// ErrNoEpoch: the collection has no key yet.
	ErrNoEpoch = errors.New("collection has no epoch")
)
