package media

import (
	"errors"

	"corkboard/media/film"
	"corkboard/media/sound"
)

// The errors of this package; each is wrapped with what was being done. An error of opening
// the file is the operating system's, wrapped.
var (
	// ErrTooLarge: the file, its sides or its pixels exceed the limits.
	ErrTooLarge = errors.New("too large")
	// ErrUnsupported: no decoder here reads this format, or not in this way.
	ErrUnsupported = errors.New("format is not supported")
	// ErrBroken: the file is not what its first bytes promise, or is cut short.
	ErrBroken = errors.New("file is broken")
	// ErrEncrypted: a PDF that needs a password.
	ErrEncrypted = errors.New("needs a password")
	// ErrNoPage: the document has no page of that number.
	ErrNoPage = errors.New("no such page")
	// ErrTimeout: decoding took more time than a job is given.
	ErrTimeout = errors.New("took too long")
	// ErrWorkerDied: the worker ended or broke its protocol, or could not be started.
	ErrWorkerDied = errors.New("worker died")
	// ErrClosed: the Decoder was closed.
	ErrClosed = errors.New("decoder is closed")
)

// codes are the names that errors have between worker and parent.
var codes = map[string]error{
	"large":       ErrTooLarge,
	"unsupported": ErrUnsupported,
	"broken":      ErrBroken,
	"encrypted":   ErrEncrypted,
	"page":        ErrNoPage,
}

// codeOf names an error for the way to the parent; whatever else goes wrong while a file is
// decoded is the file's fault.
func codeOf(err error) string {
	switch {
	case errors.Is(err, sound.ErrUnsupported), errors.Is(err, film.ErrUnsupported):
		return "unsupported"
	case errors.Is(err, sound.ErrTooLarge):
		return "large"
	}
	for code, known := range codes {
		if errors.Is(err, known) {
			return code
		}
	}
	return "broken"
}
