package docsync

import (
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// shelf is an index in memory.
type shelf struct {
	id     ReplicaID
	order  []Entry
	at     map[Key]int
	raw    map[Key][]byte
	sorted []Key
	sums   [2][8]byte // of all, and of records
	cursor map[ReplicaID]uint64
	reads  map[Key]int // how often Bytes was asked
}

func newShelf(name byte) *shelf {
	return &shelf{
		id: ReplicaID{name}, at: map[Key]int{}, raw: map[Key][]byte{},
		cursor: map[ReplicaID]uint64{}, reads: map[Key]int{},
	}
}

// copy is the same items under another name.
func (s *shelf) copy(name byte) *shelf {
	c := newShelf(name)
	c.order, c.at, c.raw = slices.Clone(s.order), maps.Clone(s.at), maps.Clone(s.raw)
	c.sorted, c.sums = slices.Clone(s.sorted), s.sums
	return c
}

func (s *shelf) put(sort Sort, raw []byte) Key {
	k := keyOf(raw)
	if _, here := s.at[k]; here {
		return k
	}
	s.at[k], s.raw[k] = len(s.order), raw
	s.order = append(s.order, Entry{s.Last() + 1, k, sort, len(raw)})
	s.count(s.order[len(s.order)-1])
	i, _ := slices.BinarySearchFunc(s.sorted, k, compareKeys)
	s.sorted = slices.Insert(s.sorted, i, k)
	return k
}

func compareKeys(a, b Key) int { return slices.Compare(a[:], b[:]) }

// lose drops what came last, as a backup does that is put back.
func (s *shelf) lose(n int) {
	for range n {
		e := s.order[len(s.order)-1]
		s.order = s.order[:len(s.order)-1]
		delete(s.at, e.Key)
		s.count(e)
		i, _ := slices.BinarySearchFunc(s.sorted, e.Key, compareKeys)
		s.sorted = slices.Delete(s.sorted, i, i+1)
	}
}

func (s *shelf) Replica() ReplicaID { return s.id }

func (s *shelf) Last() uint64 {
	if len(s.order) == 0 {
		return 0
	}
	return s.order[len(s.order)-1].Place
}

func (s *shelf) After(place uint64, most int) []Entry {
	i, _ := slices.BinarySearchFunc(s.order, place+1, func(e Entry, p uint64) int {
		return int(int64(e.Place) - int64(p))
	})
	return s.order[i:min(len(s.order), i+most)]
}

func (s *shelf) Find(k Key) (Entry, bool) {
	at, here := s.at[k]
	if !here {
		return Entry{}, false
	}
	return s.order[at], true
}

func (s *shelf) Keys(lo, hi Key, records bool) []Key {
	i, _ := slices.BinarySearchFunc(s.sorted, lo, compareKeys)
	j := len(s.sorted)
	if hi != (Key{}) {
		j, _ = slices.BinarySearchFunc(s.sorted, hi, compareKeys)
	}
	if !records {
		return s.sorted[i:j]
	}
	var list []Key
	for _, k := range s.sorted[i:j] {
		if s.order[s.at[k]].Sort == Record {
			list = append(list, k)
		}
	}
	return list
}

func (s *shelf) Sum(records bool) [8]byte {
	if records {
		return s.sums[1]
	}
	return s.sums[0]
}

// count adds a key to the sums, or takes it out again.
func (s *shelf) count(e Entry) {
	for i := range e.Key[:8] {
		s.sums[0][i] ^= e.Key[i]
		if e.Sort == Record {
			s.sums[1][i] ^= e.Key[i]
		}
	}
}

var errGone = errors.New("gone")

func (s *shelf) Bytes(k Key) ([]byte, error) {
	raw, here := s.raw[k]
	if !here {
		return nil, errGone
	}
	s.reads[k]++
	return raw, nil
}

func (s *shelf) Seen(id ReplicaID) uint64 { return s.cursor[id] }

// things is n items that follow from a seed and a number.
func (s *shelf) things(n int, seed byte, size int) {
	for i := range n {
		s.put(Content, thing(seed, i, size))
	}
}

func thing(seed byte, i, size int) []byte {
	b := make([]byte, size)
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte{seed}, uint64(i)))
	for at := range b {
		b[at] = sum[at%32]
	}
	return b
}

// A lab is sessions over links in virtual time. Whatever a link carries takes the
// same time, so that a round trip is two of them.
type lab struct {
	t      testing.TB
	now    time.Time
	delay  time.Duration
	events events
	count  int
	ends   []*end
	refuse func(Key) bool
	random *rand.Rand // if set, frames and disks take longer, by chance
}

// end is one session of one device.
type end struct {
	lab     *lab
	s       *Session
	shelves map[Tag]*shelf
	other   *end
	others  []*end // of the same device
	alive   bool
	polls   bool // is due
	bytes   int  // sent, with 4 bytes of length each
	frames  map[kind]int
	err     error
	reject  func(Key) bool // for want of room
	last    time.Time      // anything was sent
	wire    time.Time      // is busy until
	disk    time.Time      // likewise, where it takes time
}

type event struct {
	at  time.Time
	nth int
	do  func()
}

type events []event

func (q events) Len() int { return len(q) }
func (q events) Less(i, j int) bool {
	return q[i].at.Before(q[j].at) || q[i].at.Equal(q[j].at) && q[i].nth < q[j].nth
}
func (q events) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *events) Push(x any)   { *q = append(*q, x.(event)) }
func (q *events) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func newLab(t testing.TB) *lab {
	return &lab{t: t, now: time.Unix(1_700_000_000, 0), delay: 20 * time.Millisecond}
}

func (l *lab) after(d time.Duration, do func()) {
	l.count++
	heap.Push(&l.events, event{l.now.Add(d), l.count, do})
}

// run lets happen what happens within a time.
func (l *lab) run(d time.Duration) {
	until := l.now.Add(d)
	for len(l.events) > 0 && !l.events[0].at.After(until) {
		e := heap.Pop(&l.events).(event)
		l.now = e.at
		e.do()
	}
	l.now = until
}

var tagA, tagB = Tag{'a'}, Tag{'b'}

// device is one end that is not connected, over shelves and claims.
func (l *lab) device(c *Claims, shelves map[Tag]*shelf, r Rights) *end {
	e := &end{lab: l, s: New(Options{Claims: c}), shelves: shelves, frames: map[kind]int{}}
	for _, tag := range slices.SortedFunc(mapKeys(shelves), func(a, b Tag) int { return slices.Compare(a[:], b[:]) }) {
		e.s.Open(tag, shelves[tag], r)
	}
	l.ends = append(l.ends, e)
	return e
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// pair connects two shelves of one collection.
func (l *lab) pair(a, b *shelf) (*end, *end) {
	return l.join(l.device(nil, map[Tag]*shelf{tagA: a}, All), l.device(nil, map[Tag]*shelf{tagA: b}, All))
}

func (l *lab) join(a, b *end) (*end, *end) {
	a.other, b.other, a.alive, b.alive = b, a, true, true
	a.due()
	b.due()
	return a, b
}

// cut ends a connection: what is under way is lost.
func (e *end) cut() {
	for _, x := range []*end{e, e.other} {
		if x.alive {
			x.alive = false
			x.s.End()
		}
	}
}

func (e *end) due() {
	if e.alive && !e.polls {
		e.polls = true
		e.lab.after(0, e.poll)
	}
}

func (e *end) poll() {
	e.polls = false
	if !e.alive {
		return
	}
	frames, next := e.s.Poll(e.lab.now)
	for _, f := range frames {
		e.send(f)
	}
	if !next.IsZero() {
		e.lab.after(max(0, next.Sub(e.lab.now)), e.due)
	}
	e.persist()
}

func (e *end) send(f []byte) {
	e.bytes += len(f) + 4
	e.frames[kind(f[1])]++
	e.last = e.lab.now
	to := e.other
	e.lab.later(&e.wire, func() { to.receive(f) })
}

// later lets something happen after what was put into a queue before.
func (l *lab) later(queue *time.Time, do func()) {
	at := l.now.Add(l.delay)
	if l.random != nil {
		at = at.Add(time.Duration(l.random.IntN(200)) * time.Millisecond / 10)
	}
	if at.Before(*queue) {
		at = *queue
	}
	*queue = at
	l.after(at.Sub(l.now), do)
}

func (e *end) receive(f []byte) {
	if !e.alive {
		return
	}
	if e.err = e.s.Receive(e.lab.now, f); e.err != nil {
		e.cut()
		return
	}
	for _, a := range e.s.Arrivals() {
		if e.lab.random == nil {
			e.keep(a)
		} else {
			e.lab.later(&e.disk, func() { e.keep(a) })
		}
	}
	e.due()
}

func (e *end) keep(a Arrival) {
	if !e.alive {
		return
	}
	if keyOf(a.Raw) != a.Key {
		e.lab.t.Errorf("an item arrives under another name")
	}
	if e.lab.refuse != nil && e.lab.refuse(a.Key) {
		e.s.Kept(e.lab.now, a.Tag, a.Key, errGone)
		return
	}
	if e.reject != nil && e.reject(a.Key) {
		e.s.Hold(a.Tag, true)
		return
	}
	e.shelves[a.Tag].put(a.Sort, a.Raw)
	e.s.Kept(e.lab.now, a.Tag, a.Key, nil)
	e.wake(a.Tag)
}

// wake tells all sessions of a device of new items.
func (e *end) wake(tag Tag) {
	for _, o := range append([]*end{e}, e.others...) {
		if o.alive {
			o.s.Wake(e.lab.now, tag)
			o.due()
		}
	}
}

func (e *end) put(tag Tag, sort Sort, raw []byte) Key {
	k := e.shelves[tag].put(sort, raw)
	e.wake(tag)
	return k
}

func (e *end) persist() {
	for _, p := range e.s.Seen() {
		e.shelves[p.Tag].cursor[p.Replica] = p.Seen
	}
}

// wantEqual wants shelves to hold the same.
func (l *lab) wantEqual(some ...*shelf) {
	l.t.Helper()
	for _, s := range some[1:] {
		if !slices.Equal(s.sorted, some[0].sorted) {
			l.t.Fatalf("%d and %d items differ", len(s.sorted), len(some[0].sorted))
		}
	}
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 5)) }
