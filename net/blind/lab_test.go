package blind

import (
	"context"
	"runtime"
	"testing"
	"time"

	"corkboard/identity"
	"corkboard/net/blind/admin"
	"corkboard/net/wire"
	"corkboard/net/wire/memory"
)

// soon is how long anything may take in a test before it counts as not happening.
const soon = 20 * time.Second

// lab is a storage peer on a network in memory.
type lab struct {
	t       testing.TB
	network *memory.Network
	store   *Store
	server  *Server
	device  *identity.Device
	ended   chan error // of Run
	stop    context.CancelFunc
	closed  bool
}

func newLab(t testing.TB, dir string, so Options, o ServerOptions) *lab {
	t.Helper()
	l := &lab{t: t, network: memory.New(1, nil), store: openStore(t, dir, so), ended: make(chan error, 1)}
	var err error
	if l.device, err = Device(dir); err != nil {
		t.Fatal(err)
	}
	if o.Transport, err = l.network.Join("storage"); err != nil {
		t.Fatal(err)
	}
	o.Device = l.device
	l.server = NewServer(l.store, o)
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	go func() { l.ended <- l.server.Run(ctx) }()
	t.Cleanup(l.close)
	return l
}

// close ends the server and waits for it. Once.
func (l *lab) close() {
	if l.closed {
		return
	}
	l.closed = true
	l.stop()
	if err := <-l.ended; err != nil {
		l.t.Errorf("the server ends with %v", err)
	}
	l.server.o.Transport.Close()
	if err := l.store.Close(); err != nil {
		l.t.Error(err)
	}
}

// client is somebody who dials the storage peer.
type client struct {
	lab       *lab
	transport *memory.Transport
	conn      wire.Conn
	result    wire.Result
}

// dial connects, without a word.
func (l *lab) dial(name string) *client {
	l.t.Helper()
	c := &client{lab: l}
	var err error
	if c.transport, err = l.network.Join(name); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { c.transport.Close() })
	if c.conn, err = c.transport.Dial(l.t.Context(), "storage"); err != nil {
		l.t.Fatal(err)
	}
	return c
}

func (c *client) open(protocol string) wire.Stream {
	c.lab.t.Helper()
	s, err := c.conn.Open(c.lab.t.Context(), protocol)
	if err != nil {
		c.lab.t.Fatal(err)
	}
	return s
}

// shake is a handshake with some secrets.
func (c *client) shake(secrets ...wire.Secret) error {
	c.lab.t.Helper()
	var err error
	c.result, err = wire.Shake(c.lab.t.Context(), c.open(wire.Hello), c.conn, secrets, nil)
	return err
}

// meet dials and shakes hands.
func (l *lab) meet(name string, secrets ...wire.Secret) *client {
	l.t.Helper()
	c := l.dial(name)
	if err := c.shake(secrets...); err != nil {
		l.t.Fatal(err)
	}
	return c
}

func (c *client) admin() *admin.Client { return admin.NewClient(c.open(admin.Protocol)) }

// sync runs the other end of a sync stream over namespaces of another store, for the
// first secrets that were matched.
func (c *client) sync(own ...*Namespace) {
	c.lab.t.Helper()
	far := NewServer(own[0].store, ServerOptions{Transport: c.transport, Retry: 50 * time.Millisecond})
	l := newLink(context.Background(), far, c.conn)
	var spaces []*space
	for i, n := range own {
		spaces = append(spaces, &space{n: n, tag: c.result.Matched[i].Tag})
	}
	course := newCourse(l, c.open(Sync), spaces)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = course.run() // how it ends is the other end's to say
		l.end(wire.ErrClosed)
		l.wg.Wait()
	}()
	c.lab.t.Cleanup(func() { c.conn.Close(); l.end(wire.ErrClosed); <-done })
}

// own is the namespace of a member: what they hold themselves.
func own(t testing.TB, items ...Item) *Namespace {
	t.Helper()
	_, _, n := aStore(t, 0, Options{})
	put(t, n, items...)
	return n
}

// comes waits until something is so.
func comes(t testing.TB, what string, is func() bool) {
	t.Helper()
	until := time.Now().Add(soon)
	for !is() {
		if time.Now().After(until) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%s: not within %v\n%s", what, soon, buf[:runtime.Stack(buf, true)])
		}
		time.Sleep(time.Millisecond)
	}
}

func has(n *Namespace, items ...Item) func() bool {
	return func() bool {
		for _, i := range items {
			if _, ok := n.Find(i.Key); !ok {
				return false
			}
		}
		return true
	}
}

// closes waits until the storage peer has ended a connection.
func (c *client) closes() {
	c.lab.t.Helper()
	select {
	case <-c.conn.Done():
	case <-time.After(soon):
		c.lab.t.Fatal("the connection stays")
	}
}

// tenancy adds a tenant with a namespace, and gives the ids.
func (l *lab) tenancy(tenant, namespace byte, quota int64) (int64, int64) {
	l.t.Helper()
	id, err := l.store.AddTenant(secretOf(tenant), quota)
	if err != nil {
		l.t.Fatal(err)
	}
	return id, register(l.t, l.store, id, namespace)
}
