package replica

import "slices"

// MaxRefused is how many keys of refused items are remembered, so that nobody
// asks for them again; beyond, the oldest are forgotten.
const MaxRefused = 1 << 16

// pile is all that a replica holds, in the order in which it came.
type pile struct {
	at      map[Key]int // index in order
	order   []Item      // Sort 0: it is gone
	gone    int
	refused map[Key]bool
	since   []Key // refused ones, oldest first
}

func newPile() pile { return pile{at: map[Key]int{}, refused: map[Key]bool{}} }

func (p *pile) has(k Key) bool {
	_, ok := p.at[k]
	return ok
}

func (p *pile) put(i Item) {
	if !p.has(i.Key) {
		p.at[i.Key] = len(p.order)
		p.order = append(p.order, i)
	}
}

// drop lets an item go; it may come again.
func (p *pile) drop(k Key) {
	if at, ok := p.at[k]; ok {
		p.order[at] = Item{}
		delete(p.at, k)
		if p.gone++; p.gone > 1024 && p.gone > len(p.at) {
			p.compact()
		}
	}
}

func (p *pile) compact() {
	p.order = slices.DeleteFunc(p.order, func(i Item) bool { return i.Sort == 0 })
	for at, i := range p.order {
		p.at[i.Key] = at
	}
	p.gone = 0
}

func (p *pile) refuse(k Key) {
	p.drop(k)
	if p.refused[k] {
		return
	}
	p.refused[k] = true
	if p.since = append(p.since, k); len(p.since) > MaxRefused {
		delete(p.refused, p.since[0])
		p.since = p.since[1:]
	}
}

// Have is the keys of all that the replica holds, what it cannot open and what
// it keeps in quarantine included, in the order in which they came.
func (r *Replica) Have() []Key {
	keys := make([]Key, 0, len(r.held.at))
	for _, i := range r.held.order {
		if i.Sort != 0 {
			keys = append(keys, i.Key)
		}
	}
	return keys
}

// Want is those of another's keys that the replica neither holds nor has refused.
func (r *Replica) Want(have []Key) []Key {
	var keys []Key
	for _, k := range have {
		if !r.held.has(k) && !r.held.refused[k] {
			keys = append(keys, k)
		}
	}
	return keys
}

// Item is one that is held.
func (r *Replica) Item(k Key) (Item, bool) {
	at, ok := r.held.at[k]
	if !ok {
		return Item{}, false
	}
	return r.held.order[at], true
}
