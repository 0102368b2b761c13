package folder

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/flynn/noise"

	"corkboard/net/wire"
)

// dial is a connection that is asked for. Its first two fields belong to the
// transport's mu, conn and err to whoever waits once done is closed, the rest to the
// watch.
type dial struct {
	waiting int    // calls of Dial
	id      connID // of the call in the folder, zero without one
	done    chan struct{}
	conn    *conn
	err     error

	to        string
	handshake *noise.HandshakeState
	wrong     time.Time // since when the answer is wrong
}

// Dial asks the end of a name, "folder:" and 64 hex digits, for a connection, or gives
// the one that is there already, also one that Accept has given. It waits for as long
// as a file takes there and one takes back. Errors: ErrAddress, ErrNobody, ErrFolder,
// ErrForeign if the answer stays wrong, ErrCrowded, wire.ErrClosed, that of ctx.
func (t *Transport) Dial(ctx context.Context, to wire.Address) (wire.Conn, error) {
	name, err := nameIn(to)
	if err == nil && name == t.self {
		err = fmt.Errorf("%w but this end", ErrNobody)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		return nil, wire.ErrClosed
	}
	if c := t.conns[name]; c != nil {
		t.mu.Unlock()
		return c, nil
	}
	d := t.dials[name]
	if d == nil {
		d = &dial{to: name, done: make(chan struct{})}
		t.dials[name] = d
	}
	d.waiting++
	t.mu.Unlock()
	prod(t.kick)
	select {
	case <-d.done:
		if d.err != nil {
			return nil, fmt.Errorf("dial: %w", d.err)
		}
		return d.conn, nil
	case <-ctx.Done():
		t.mu.Lock()
		defer t.mu.Unlock()
		if d.waiting--; d.waiting == 0 {
			t.resolve(d, nil, ctx.Err())
		}
		return nil, ctx.Err()
	}
}

// resolve ends a dial, once. The caller holds mu.
func (t *Transport) resolve(d *dial, c *conn, err error) {
	if t.dials[d.to] != d {
		return
	}
	delete(t.dials, d.to)
	d.conn, d.err = c, err
	t.takeBack(d)
	close(d.done)
}

// takeBack has the call of a dial removed. The caller holds mu.
func (t *Transport) takeBack(d *dial) (was connID) {
	if was = d.id; was != (connID{}) {
		t.left = append(t.left, callFile(t.self, d.to))
		d.id = connID{}
		prod(t.kick)
	}
	return was
}

func callFile(from, to string) string { return forOther(from, to) + "/" + callName }

// fail ends a dial for a reason.
func (t *Transport) fail(d *dial, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.resolve(d, nil, err)
}

// removeLeft removes calls that nobody stands behind any more.
func (w *watch) removeLeft(root *os.Root) {
	w.t.mu.Lock()
	left := w.t.left
	w.t.left = nil
	w.t.mu.Unlock()
	for _, name := range left {
		root.Remove(name)
	}
}

// pursue does the next step of a dial; busy says that there was one.
func (w *watch) pursue(root *os.Root, d *dial, now time.Time) (busy bool) {
	if !isFolder(root, d.to) {
		w.t.fail(d, ErrNobody)
		return true
	}
	w.t.mu.Lock()
	id, h, full := d.id, w.t.half[d.to], w.t.full()
	w.t.mu.Unlock()
	var err error
	switch {
	case id != connID{}:
		busy, err = w.answered(root, d, id, now)
	case h != nil && now.Sub(h.since) < w.t.pace.yield: // they have called, too
	case full:
		err = ErrCrowded
	default:
		if h != nil {
			h.line.fail(errReplaced)
		}
		busy, err = true, w.call(root, d)
	}
	if err != nil {
		w.t.fail(d, err)
	}
	return busy
}

// call asks for a connection.
func (w *watch) call(root *os.Root, d *dial) error {
	var c call
	rand.Read(c.id[:])
	h, err := handshake(w.t.key, w.t.self, d.to, c.id)
	if err != nil {
		return err
	}
	if c.message, _, _, err = h.WriteMessage(nil, nil); err != nil {
		return fmt.Errorf("call: %w", err)
	}
	if err := makeFolder(root, forOther(w.t.self, d.to)); err != nil {
		return err
	}
	if err := write(root, callFile(w.t.self, d.to), c.encode()); err != nil {
		return err
	}
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	if d.handshake, d.id = h, c.id; w.t.dials[d.to] != d {
		w.t.takeBack(d)
	}
	return nil
}

// answered looks for the answer to a call, and makes a connection of it.
func (w *watch) answered(root *os.Root, d *dial, id connID, now time.Time) (busy bool, err error) {
	theirs := forOther(d.to, w.t.self) + "/" + id.String()
	b, err := read(root, segmentFile(theirs, 0), maxSegment)
	if errors.Is(err, fs.ErrNotExist) {
		d.wrong = time.Time{}
		return false, nil
	}
	var back connID
	var k keys
	if err == nil {
		back, k, err = finish(d.handshake, b)
	}
	if err != nil {
		if d.wrong.IsZero() {
			d.wrong = now
		}
		if now.Sub(d.wrong) < w.t.pace.wrong {
			return false, nil
		}
		return false, err
	}
	them := w.peer(d.to)
	if back != (connID{}) {
		them.heard = back
	}
	l := w.line(them, id, k)
	l.pump.greet, l.pump.next = true, 1
	l.pump.seen = 1 // the call
	w.t.wg.Go(l.pump.run)
	c, err := w.t.newConn(d.to, true, l)
	if err != nil {
		l.fail(err)
		return true, err
	}
	w.t.admit(c)
	return true, nil
}
