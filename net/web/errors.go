package web

import (
	"errors"
	"fmt"
)

// Errors of Client. Those of the network come as the standard library gives them;
// context.DeadlineExceeded means that it took too long.
var (
	// ErrAddress says that an address is none of a web page.
	ErrAddress = errors.New("not an address of a web page")
	// ErrPrivate says that an address is not one of the internet; nothing was connected.
	ErrPrivate = errors.New("address is not on the internet")
	// ErrRedirects says that there were too many redirects.
	ErrRedirects = errors.New("too many redirects")
	// ErrLarge says that an answer is too large.
	ErrLarge = errors.New("answer is too large")
	// ErrNoPage says that what is there is no page, text or picture.
	ErrNoPage = errors.New("not a page")
)

// StatusError is an answer that is no success.
type StatusError struct{ Code int }

func (e *StatusError) Error() string { return fmt.Sprintf("status %d", e.Code) }
