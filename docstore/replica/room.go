package replica

import "slices"

const (
	// MaxParked and MaxParkedBytes bound what waits for something to come;
	// beyond, what has waited longest is let go and must come again.
	MaxParked      = 1 << 13
	MaxParkedBytes = 64 << 20
)

// A need is what an item waits for.
type need struct {
	what whatever
	id   [32]byte
}

type whatever uint8

const (
	nothing   whatever = iota
	aParent            // an access record
	aPerson            // that a person matters here, or that their log grows
	anEpoch            // the key whose epoch's id begins so
	aDocument          // the genesis behind a tag
	aRun               // any run: which one, the chunk tells only when it is there
	anUpdate           // a later version of the program
)

// room is where items wait.
type room struct {
	by    map[need][]Key
	all   map[Key]need
	since []Key // oldest first; those that left stay until they are met
	bytes int
}

func newRoom() room { return room{by: map[need][]Key{}, all: map[Key]need{}} }

func (w *room) has(k Key) bool {
	_, ok := w.all[k]
	return ok
}

func (w *room) put(i Item, n need) {
	w.all[i.Key] = n
	w.by[n] = append(w.by[n], i.Key)
	w.bytes += len(i.Raw)
	if w.since = append(w.since, i.Key); len(w.since) > 2*MaxParked {
		seen := map[Key]bool{}
		w.since = slices.DeleteFunc(w.since, func(k Key) bool {
			again := seen[k]
			seen[k] = true
			return again || !w.has(k)
		})
	}
}

func (w *room) full() bool { return len(w.all) > MaxParked || w.bytes > MaxParkedBytes }

// oldest takes out what has waited longest.
func (w *room) oldest(held *pile) Key {
	for {
		k := w.since[0]
		w.since = w.since[1:]
		n, ok := w.all[k]
		if !ok {
			continue
		}
		w.leave(held, k)
		if w.by[n] = slices.DeleteFunc(w.by[n], func(o Key) bool { return o == k }); len(w.by[n]) == 0 {
			delete(w.by, n)
		}
		return k
	}
}

func (w *room) leave(held *pile, k Key) {
	delete(w.all, k)
	w.bytes -= len(held.order[held.at[k]].Raw)
}

// release takes out what waited for something that has come, in order.
func (w *room) release(held *pile, n need) []Key {
	keys := w.by[n]
	delete(w.by, n)
	for _, k := range keys {
		w.leave(held, k)
	}
	return keys
}

// Parked is how many items wait, and their bytes.
func (r *Replica) Parked() (items, bytes int) {
	r.settle()
	return len(r.parked.all), r.parked.bytes
}
