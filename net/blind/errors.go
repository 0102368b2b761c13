package blind

import (
	"errors"

	"corkboard/net/blind/admin"
	"corkboard/sqlite"
)

// Errors of a Store, besides those of package sqlite.
var (
	// ErrFull says that the disk has no room. What is there stays readable.
	ErrFull = sqlite.ErrFull
	// ErrQuota says that the tenant who pays for a namespace has used up what they
	// were given.
	ErrQuota = admin.ErrQuota
	// ErrMany says that there are as many tenants or namespaces as there may be.
	ErrMany = admin.ErrMany
	// ErrGone says that a tenant or namespace is not here, or no longer.
	ErrGone = admin.ErrGone
	// ErrMissing says that an item or piece is not here.
	ErrMissing = errors.New("no such item")
	// ErrItem says that bytes are not what their name says, or no sealed item.
	ErrItem = errors.New("not a sealed item")
	// ErrDamaged says that the disk gives back other bytes than were written.
	ErrDamaged = errors.New("stored bytes are damaged")
	// ErrOwned says that the first owner's link has been used.
	ErrOwned = admin.ErrOwned
	// ErrLocked says that another process uses the folder.
	ErrLocked = errors.New("another process uses this folder")
	// ErrStopped says that nothing is written any more until the next start,
	// because it is unknown what the disk holds.
	ErrStopped = errors.New("writing has stopped after an error of the disk")
)
