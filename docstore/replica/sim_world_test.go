package replica

import (
	"container/heap"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/cryptotest"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/engine"
	"corkboard/identity"
)

const (
	few      = 20     // replicas in the worlds of the ordinary tests
	playTime = 90_000 // ms of virtual time before all is healed
)

// world is all that is simulated.
type world struct {
	t          *testing.T
	engine     engine.Engine
	seed       uint64
	size       int // replicas
	random     *rand.Rand
	now        int64 // ms of virtual time
	queue      queue
	sent       int // orders events of one time
	nodes      []*node
	groups     []int // of the nodes, while the network is parted
	docs       []chunk.DocumentID
	collection access.RecordID
	record     hash.Hash // of all that is delivered, and of the end
	tally      tally
	failure    error

	made    map[Key]*node                // items of those who play by the rules
	wrote   map[access.ChangeID]*node    // changes of the same that they took for accepted
	never   map[access.ChangeID]string   // forged changes that must not count, and what is wrong
	late    map[access.ChangeID]bool     // the backdater's, after the removal, while some had not heard
	pairs   [][2]access.ChangeID         // of which one may count
	out     map[identity.PersonID]string // who must be out in the end, and why
	usurped []access.RecordID            // records whose authors had no right to them
	removed bool                         // the backdater is
	rewound bool                         // the disk of the one it happens to
	pens    map[*node]*pen               // of the hostile
	wires   *wires                       // the network, if it is one of sessions
}

// node is one replica on the network.
type node struct {
	at      int
	player  *player
	device  int
	r       *Replica
	disk    *disk
	clock   int64 // ms that its clock is off
	hostile bool
	steady  bool       // honest, and nobody takes the role from them
	deaf    bool       // hears no access records any more, so that what it does is backdated
	dead    bool       // its device is removed and silent
	links   [][16]byte // secrets it was handed and has not used
	secrets [][16]byte // all that it was handed
}

// newWorld has so many replicas. Over sync they exchange what they hold by sessions
// of docsync, else by datagrams.
func newWorld(t *testing.T, seed uint64, size int, sync bool) *world {
	t.Helper()
	cryptotest.SetGlobalRandom(t, seed)
	w := &world{
		t: t, seed: seed, engine: anEngine(t), random: rand.New(stream(10, seed)), record: sha256.New(),
		tally: tally{}, made: map[Key]*node{}, wrote: map[access.ChangeID]*node{}, never: map[access.ChangeID]string{},
		late: map[access.ChangeID]bool{}, out: map[identity.PersonID]string{},
		pens: map[*node]*pen{},
	}
	w.seat(size)
	if sync {
		w.wire()
	}
	return w
}

func (w *world) close() {
	for _, n := range w.nodes {
		n.r.Close()
	}
}

// fail notes the first thing that went wrong.
func (w *world) fail(format string, args ...any) {
	if w.failure == nil {
		w.failure = fmt.Errorf("at %d ms: "+format, append([]any{w.now}, args...)...)
	}
}

// play runs a whole history and checks its end.
func (w *world) play() error {
	w.schedule()
	w.run(playTime)
	w.heal()
	if w.failure == nil {
		w.check()
	}
	return w.failure
}

// run lets events happen until a time.
func (w *world) run(until int64) {
	for w.failure == nil && len(w.queue) > 0 && w.queue[0].at <= until {
		e := heap.Pop(&w.queue).(event)
		w.now = e.at
		w.tally["events"]++
		e.do()
	}
	w.now = max(w.now, until)
}

// after lets something happen later.
func (w *world) after(ms int64, do func()) {
	w.sent++
	heap.Push(&w.queue, event{w.now + ms, w.sent, do})
}

// every lets something happen again and again while the world is played.
func (w *world) every(ms int64, do func()) {
	w.after(1+w.random.Int64N(2*ms), func() {
		if w.now < playTime {
			do()
			w.every(ms, do)
		}
	})
}

type event struct {
	at  int64
	nth int
	do  func()
}

type queue []event

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].nth < q[j].nth
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(event)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// time is what a node's clock shows.
func (w *world) time(n *node) int64 { return 1_700_000_000_000 + w.now + n.clock }

// chance is true once in so many times.
func (w *world) chance(once int) bool { return w.random.IntN(once) == 0 }

// usual is what people meet who act on what they know.
var usual = []error{
	ErrNotAllowed, ErrNoInvitation, ErrNoDocument, ErrNotReady, access.ErrNoEpoch, access.ErrNoKey, engine.ErrNothing,
}

// does notes what a command of a node has made, sends it once it is on disk, and says
// whether it succeeded. Usual errors are part of the game; any other ends it.
func (w *world) does(n *node, items []Item, err error) bool {
	w.note(n, items, err)
	w.save(n, func() {
		w.promise(n, items, err)
		w.push(n, items)
	})
	if err == nil {
		return true
	}
	if !n.hostile && !slices.ContainsFunc(usual, func(u error) bool { return errors.Is(err, u) }) {
		w.fail("%s: %w", n, err)
	}
	return false
}

// note keeps what must not count in the end.
func (w *world) note(n *node, items []Item, err error) {
	for _, i := range items {
		id, is := changeIn(n.r, i)
		switch {
		case !is:
		case n.at == liar:
			w.forbid(id, "by a reader")
		case n.at == backdater && w.removed:
			w.late[id] = true
			w.tally["late"]++
		}
	}
}

// promise keeps what must be there in the end: it is said to be saved.
func (w *world) promise(n *node, items []Item, err error) {
	for _, i := range items {
		if n.hostile {
			return
		}
		w.made[i.Key] = n
		if id, is := changeIn(n.r, i); is && err == nil {
			w.wrote[id] = n
			w.tally["saved"]++
		}
	}
}

func (w *world) forbid(id access.ChangeID, why string) {
	w.never[id] = why
	w.tally["forged"]++
}

// changeIn is the id of the change in a chunk.
func changeIn(r *Replica, i Item) (id access.ChangeID, is bool) {
	if i.Sort != Chunk || r.ring == nil {
		return id, false
	}
	o, err := r.ring.Open(i.Raw)
	if err != nil {
		return id, false
	}
	c, is := o.Item.(*chunk.Change)
	if is {
		id = access.ChangeID(c.ID())
	}
	return id, is
}

// String is the player and the device.
func (n *node) String() string { return fmt.Sprintf("%s%d", n.player.name, n.device) }
