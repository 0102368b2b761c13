package node

import (
	"slices"
	"sync"

	"corkboard/net/docsync"
)

// arrival is an item that has come, and where it belongs.
type arrival struct {
	shelf Shelf
	docsync.Arrival
}

// kept is what became of an item.
type kept struct {
	tag docsync.Tag
	key docsync.Key
	err error
}

// A keeper stores what comes on one connection, on a goroutine of its own: what
// comes while it stores goes to the disk together.
type keeper struct {
	l    *link
	wake chan struct{}
	done chan []kept

	mu    sync.Mutex
	held  []arrival
	bytes int // of held, and of what is being stored
}

func newKeeper(l *link) *keeper {
	return &keeper{l: l, wake: make(chan struct{}, 1), done: make(chan []kept)}
}

func (k *keeper) put(a arrival) {
	k.mu.Lock()
	k.held = append(k.held, a)
	k.bytes += len(a.Raw)
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// unkept is the bytes that are not on disk.
func (k *keeper) unkept() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.bytes
}

func (k *keeper) take() []arrival {
	k.mu.Lock()
	defer k.mu.Unlock()
	list := k.held
	k.held = nil
	return list
}

// run stores until the connection ends.
func (k *keeper) run() {
	for {
		select {
		case <-k.wake:
		case <-k.l.ctx.Done():
			return
		}
		for list := k.take(); len(list) > 0; list = k.take() {
			select {
			case k.done <- k.store(list):
			case <-k.l.ctx.Done():
				return
			}
		}
	}
}

// store stores items, those of a collection in one commit.
func (k *keeper) store(list []arrival) []kept {
	var out []kept
	bytes := 0
	for len(list) > 0 {
		shelf := list[0].shelf
		var raws [][]byte
		first := len(out)
		for _, a := range list {
			if a.shelf == shelf {
				raws = append(raws, a.Raw)
				bytes += len(a.Raw)
				out = append(out, kept{tag: a.Tag, key: a.Key})
			}
		}
		for i, err := range shelf.Put(k.l.ctx, raws) {
			out[first+i].err = err
		}
		list = slices.DeleteFunc(list, func(a arrival) bool { return a.shelf == shelf })
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.bytes -= bytes
	return out
}
