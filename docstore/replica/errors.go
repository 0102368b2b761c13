package replica

import "errors"

// What Receive refuses with, besides the errors of packages identity, access
// and chunk; each is wrapped with what was being done.
var (
	// ErrSort: none of the sorts of this package.
	ErrSort = errors.New("unknown sort of item")
	// ErrTooLarge: more bytes than the sort allows; they were not looked at.
	ErrTooLarge = errors.New("larger than allowed")
	// ErrDouble: the same record is here under another signature.
	ErrDouble = errors.New("record is here already")
	// ErrRefused: the same bytes were refused before.
	ErrRefused = errors.New("refused before")
)

// What commands fail with, besides those of packages access, chunk and engine.
var (
	// ErrNotAllowed: the collection gives this device no right to it.
	ErrNotAllowed = errors.New("not allowed in this collection")
	// ErrNoDocument: no such document is here.
	ErrNoDocument = errors.New("no such document")
	// ErrNoInvitation: no such invitation is here, or it is not for this person.
	ErrNoInvitation = errors.New("no such invitation")
	// ErrOtherRun: the change was made under another name than Actor now tells.
	ErrOtherRun = errors.New("made in a run that has ended")
	// ErrNotReady: keys of the collection have not come yet.
	ErrNotReady = errors.New("keys of the collection are not here yet")
)

// ErrEngine says that the engine failed on a change that verification and the
// document had let pass. It stands in Refusal.Err.
var ErrEngine = errors.New("the document engine failed on it")
