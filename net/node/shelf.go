package node

import (
	"context"
	"errors"
	"time"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// ErrBadItem, wrapped in an error of Shelf.Put, says that no honest member would
// have passed an item on. It is not kept, and not asked for again.
var ErrBadItem = errors.New("item that nobody honest passes on")

// Shelves is the store: the collections that want sync. Its methods are called on
// any goroutine.
type Shelves interface {
	// Shelves is all of them, at once, from memory. The same collection is the
	// same Shelf, by ==, as long as it is kept in the same place.
	Shelves() []Shelf
	// Subscribe has wake called, on any goroutine, when the list, somebody's
	// rights or a storage peer may have changed. wake does not block.
	Subscribe(wake func()) (cancel func())
}

// A Shelf is one collection on this device. Its methods are called on many
// goroutines at once; those of docsync.Index do not block, but for Bytes.
type Shelf interface {
	docsync.Index
	// Collection is its id.
	Collection() [32]byte
	// Rights is what somebody may see and bring, now. The zero Who has named
	// nobody, but knows the collection.
	Rights(who wire.Who) docsync.Rights
	// Put stores items in one commit, which is durable when it returns, and says
	// for each why not. It is nil for what was here already. It ends early with
	// ctx.
	Put(ctx context.Context, raws [][]byte) []error
	// SetSeen notes that everything of another's replica up to a place is on disk.
	SetSeen(of docsync.ReplicaID, place uint64)
	// SetAcked notes that somebody has everything of this replica up to a place.
	SetAcked(own docsync.ReplicaID, who wire.Who, place uint64)
	// Subscribe has wake called, on any goroutine, when there are new items. wake
	// does not block.
	Subscribe(wake func()) (cancel func())
	// Stores is the storage peers that keep the collection.
	Stores() []Store
	// Allows says whether a board belongs to the collection.
	Allows(board doc.ID) bool
}

// A Store is a storage peer as a collection's log names it.
type Store struct {
	Device    identity.DeviceID
	Addresses []wire.Address
}

// A Tenancy lets this person keep collections at a storage peer, or administer it,
// by a secret that both know.
type Tenancy struct {
	Store
	Secret wire.Secret
}

// Met is somebody who was reached by dialling.
type Met struct {
	Address wire.Address
	Device  identity.DeviceID // zero for one who is anonymous
	At      time.Time
}

// Addresses remembers where others were reached. Its methods are called on the
// node's goroutines.
type Addresses interface {
	// Load is at most 64, the newest first.
	Load() []Met
	// Save adds one, or renews the one with its address.
	Save(Met)
}
