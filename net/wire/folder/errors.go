package folder

import (
	"errors"
	"fmt"

	"corkboard/net/wire"
)

// Errors of a Transport and its connections. That of a connection which has ended
// is wire.ErrClosed, too.
var (
	// ErrAddress says that an address is none of a folder's.
	ErrAddress = errors.New("not an address in a folder")
	// ErrNobody says that nobody of that name is in the folder.
	ErrNobody = errors.New("nobody of that name is in the folder")
	// ErrFolder says that the folder, or what this end has written there, is gone or
	// cannot be used; the reason is wrapped.
	ErrFolder = errors.New("the folder cannot be used")
	// ErrForeign says that a file is not what this program writes.
	ErrForeign = errors.New("not a file of this program")
	// ErrSilent says that nothing was heard from the other end for too long.
	ErrSilent = errors.New("the other end is silent")
	// ErrCrowded says that there are as many connections or streams as there may be.
	ErrCrowded = errors.New("too many at once")
)

// errReplaced says that the other end has begun a newer connection.
var errReplaced = errors.New("another connection has taken its place")

// ended is why a connection is over.
func ended(why error) error {
	if errors.Is(why, wire.ErrClosed) {
		return why
	}
	return fmt.Errorf("%w: %w", wire.ErrClosed, why)
}
