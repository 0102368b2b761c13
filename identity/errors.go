package identity

import "errors"

// What Log.Add refuses with, besides ErrBadSignature, ErrBadKEM and
// record.ErrMalformed; each is wrapped with what was being done.
var (
	// ErrNewer: of a later format than this program knows; keep the bytes for a later one.
	ErrNewer = errors.New("of a newer format")
	// ErrTooLarge: more than MaxRecord bytes.
	ErrTooLarge = errors.New("record is too large")
	// ErrOtherPerson: a record of another person's log.
	ErrOtherPerson = errors.New("record of another person")
	// ErrNotEntitled: the author had no right to it by what the record itself builds on.
	// It is so for every replica and for ever.
	ErrNotEntitled = errors.New("author is not entitled to this record")
	// ErrFull: the author, or the log, has reached its limit.
	ErrFull = errors.New("log is full")
	// ErrCrowded: too many records wait for parents already; add those first, this one again.
	ErrCrowded = errors.New("too many records wait for their parents")
)
