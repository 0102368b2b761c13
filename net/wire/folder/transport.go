package folder

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/flynn/noise"

	"corkboard/net/wire"
)

// Options say which folder it is.
type Options struct {
	Dir string // it must be there
	// Found is called when somebody is seen in the folder: when they are new, and when
	// they show life again after a silence. It must not block. nil: nobody is told.
	Found func(wire.Address)
	Log   *slog.Logger // nil: none

	pace pace // zero is usual
}

// Transport is one end in a folder. All methods are safe on any goroutine; nothing
// but New and Close waits for the folder.
type Transport struct {
	disk     disk
	key      noise.DHKey
	self     string
	pace     pace
	log      *slog.Logger
	found    func(wire.Address)
	budget   budget
	tally    tally
	incoming chan *conn
	kick     chan struct{}
	done     chan struct{}
	once     sync.Once
	wg       sync.WaitGroup
	watch    *watch

	mu     sync.Mutex
	closed bool
	broken error // why the folder could not be used at the last look
	conns  map[string]*conn
	half   map[string]*half // who has called and not shown that they are there
	dials  map[string]*dial
	left   []string // files of dials that nobody waits for, to be removed
}

var _ wire.Transport = (*Transport)(nil)

// New joins a folder, under a name that is a key of this start alone. ErrFolder if it
// is not there or cannot be written to.
func New(o Options) (*Transport, error) {
	key, err := noise.DH25519.GenerateKeypair(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	t := &Transport{
		disk:     disk(dir),
		key:      key,
		self:     hex.EncodeToString(key.Public),
		pace:     o.pace,
		log:      o.Log,
		found:    o.Found,
		incoming: make(chan *conn, maxUnheard),
		kick:     make(chan struct{}, 1),
		done:     make(chan struct{}),
		conns:    map[string]*conn{},
		half:     map[string]*half{},
		dials:    map[string]*dial{},
	}
	if t.pace == (pace{}) {
		t.pace = usual
	}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	if t.found == nil {
		t.found = func(wire.Address) {}
	}
	t.watch = newWatch(t)
	if err := t.enter(t.watch.show); err != nil {
		t.enter(func(root *os.Root) error { clearEnd(root, t.self); return nil })
		return nil, err
	}
	t.wg.Go(t.watch.run)
	return t, nil
}

// enter does something in the folder.
func (t *Transport) enter(do func(*os.Root) error) error {
	root, err := t.disk.open()
	if err != nil {
		return err
	}
	defer root.Close()
	return do(root)
}

// Self is the public key, 32 bytes.
func (t *Transport) Self() []byte { return keyOf(t.self) }

// Addresses is one: "folder:" and Self in hex. It says nothing about which folder.
func (t *Transport) Addresses() []wire.Address { return []wire.Address{addressOf(t.self)} }

// Accept waits for somebody who dials. Errors: wire.ErrClosed, that of ctx.
func (t *Transport) Accept(ctx context.Context) (wire.Conn, error) {
	return wire.Next(ctx, t.incoming, t.done)
}

// Close ends all connections and removes what this end has written. It waits for
// everything that runs.
func (t *Transport) Close() error {
	t.once.Do(func() {
		t.mu.Lock()
		t.closed = true
		close(t.done)
		var conns []*conn
		for _, c := range t.conns {
			conns = append(conns, c)
		}
		for _, h := range t.half {
			h.line.fail(wire.ErrClosed)
		}
		for _, d := range t.dials {
			t.resolve(d, nil, wire.ErrClosed)
		}
		t.mu.Unlock()
		for _, c := range conns {
			c.end(wire.ErrClosed)
		}
		t.wg.Wait()
		t.enter(func(root *os.Root) error { clearEnd(root, t.self); return nil })
	})
	return nil
}

// spawn runs something that Close waits for; nothing after Close.
func (t *Transport) spawn(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.wg.Go(f)
	}
}

// admit makes a connection the one with its other end. Dialled ones go to whoever
// dials, the others to Accept.
func (t *Transport) admit(c *conn) {
	t.mu.Lock()
	old, why := t.conns[c.remote], error(nil)
	switch {
	case t.closed:
		why = wire.ErrClosed
	case !c.dialled:
		select {
		case t.incoming <- c:
		default:
			why = ErrCrowded
		}
	}
	if why == nil {
		t.conns[c.remote] = c
		if d := t.dials[c.remote]; d != nil {
			t.resolve(d, c, nil)
		}
	}
	t.mu.Unlock()
	switch {
	case why != nil:
		c.end(why)
	case old != nil:
		old.end(errReplaced)
	}
}

// forget is told of a connection that is over.
func (t *Transport) forget(c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conns[c.remote] == c {
		delete(t.conns, c.remote)
	}
}

// full says whether no further connection may be begun. The caller holds mu.
func (t *Transport) full() bool { return len(t.conns)+len(t.half) >= maxConns }
