package admin

import "errors"

// What a storage peer answers with, besides yes.
var (
	// ErrRefused says that the connection's secrets do not allow this.
	ErrRefused = errors.New("the storage peer does not allow this")
	// ErrQuota says that the tenant who pays has used up what they were given.
	ErrQuota = errors.New("the quota at the storage peer is used up")
	// ErrFull says that the storage peer's disk has no room.
	ErrFull = errors.New("the storage peer's disk is full")
	// ErrMany says that there are as many tenants or namespaces as there may be.
	ErrMany = errors.New("the storage peer takes no more tenants or namespaces")
	// ErrGone says that there is no such tenant or namespace.
	ErrGone = errors.New("no such tenant or namespace at the storage peer")
	// ErrOwned says that the first owner's link has been used.
	ErrOwned = errors.New("the storage peer has an owner already")
	// ErrBroken says that the storage peer could not do it.
	ErrBroken = errors.New("the storage peer has an error of its own")
	// ErrNewer says that the question or answer is of a later program.
	ErrNewer = errors.New("the storage peer or this program is newer than the other")
	// ErrMalformed says that an answer is none.
	ErrMalformed = errors.New("not an answer of a storage peer")
)

// codes are the answers; the first is yes.
var codes = []error{nil, ErrRefused, ErrQuota, ErrFull, ErrMany, ErrGone, ErrOwned, ErrBroken, ErrNewer}

// codeOf is the code of an error, which is ErrBroken if it is none of these.
func codeOf(err error) uint8 {
	broken := uint8(0)
	for i, e := range codes {
		switch {
		case e == nil && err == nil, e != nil && errors.Is(err, e):
			return uint8(i)
		case e == ErrBroken:
			broken = uint8(i)
		}
	}
	return broken
}
