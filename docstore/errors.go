package docstore

import (
	"errors"
	"fmt"

	"corkboard/docstore/engine"
	"corkboard/sqlite"
)

// What opening a profile, a document or an edit can meet.
var (
	// ErrNotAProfile says that a folder holds something else.
	ErrNotAProfile = errors.New("the folder is not a profile")
	// ErrDamagedHeader says that a profile is there and its header cannot be read.
	ErrDamagedHeader = errors.New("the profile's header is damaged")
	// ErrNoLog says that a profile is there without its documents.
	ErrNoLog = errors.New("the profile has lost its log")
	// ErrNewer says that a newer version of the program owns the profile.
	ErrNewer = errors.New("the profile was written by a newer version")
	// ErrOlder says that an older version wrote the profile, and that it must be
	// brought up to date before it can be read.
	ErrOlder = errors.New("the profile was written by an older version")
	// ErrReadOnly says that nothing can be changed here; Store.ReadOnly tells why.
	ErrReadOnly = errors.New("the profile is open for reading only")
	// ErrAbsent says that there is no document with this id on this device.
	ErrAbsent = errors.New("the document is not on this device")
	// ErrDamaged says that some stored changes of a document cannot be read.
	ErrDamaged = errors.New("part of the document is damaged")
	// ErrRebuilt says that the log was damaged and has been written anew.
	ErrRebuilt = errors.New("the log was damaged and is written anew")
	// ErrLocked says that the profile's keys want a passphrase or the recovery words.
	ErrLocked = errors.New("the profile's keys are locked")
	// ErrNoKeys says that the profile's keys are gone, damaged or of something else.
	ErrNoKeys = errors.New("the profile's keys cannot be used")
	// ErrWordsKept says that the recovery words are not written down yet: nothing may
	// lock a person out before.
	ErrWordsKept = errors.New("the recovery words are not written down yet")
	// ErrNoWords says that the recovery words are not on this device any more.
	ErrNoWords = errors.New("the recovery words are only on paper")
	// ErrNoKeyring says that the system has no keyring that keeps what it is given.
	ErrNoKeyring = errors.New("there is no keyring that works")
	// ErrNotSaved says that an edit was shown but could not be kept.
	ErrNotSaved = errors.New("not saved")
)

// LockedError says that another process has the profile open. PID is 0 if it
// does not tell.
type LockedError struct{ PID int }

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return "the profile is in use"
	}
	return fmt.Sprintf("the profile is in use by process %d", e.PID)
}

// reason is the sentence for a person inside an error: its innermost kind.
func reason(err error) string {
	for _, kind := range []error{sqlite.ErrFull, sqlite.ErrReadOnly, sqlite.ErrCorrupt, sqlite.ErrBusy, sqlite.ErrIO, engine.ErrRefused, ErrDamaged} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	if err == nil {
		return "unknown"
	}
	return err.Error()
}
