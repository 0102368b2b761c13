package folder

import (
	"os"
	"time"

	"corkboard/net/wire"
)

// half is a connection that was answered, and nothing sealed has come yet: whoever
// copied a call cannot do that.
type half struct {
	line  *line
	since time.Time
}

// listen answers a call of another end.
func (w *watch) listen(root *os.Root, p *peer, now time.Time) (busy bool) {
	if now.Before(p.again) {
		return false
	}
	b, err := read(root, callFile(p.name, w.t.self), maxCall)
	if err != nil {
		return false // not there, or wrong: it is looked at again
	}
	c, err := decodeCall(b)
	if err != nil || c.id == p.heard || !w.mayAnswer(p.name) {
		return false
	}
	p.heard, p.again = c.id, now.Add(w.t.pace.again)
	if err := w.answer(root, p, c, now); err != nil {
		w.t.log.Debug("a call in the folder is not answered", "from", p.name, "reason", err)
	}
	return true
}

// mayAnswer says whether there is room. If both ends call, the smaller name's call is
// answered.
func (w *watch) mayAnswer(from string) bool {
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	if d := w.t.dials[from]; d != nil && d.id != (connID{}) && w.t.self < from {
		return false
	}
	return !w.t.closed && !w.t.full() && len(w.t.half) < maxHalfOpen
}

// answer writes the count first: that it is there says that the connection is.
func (w *watch) answer(root *os.Root, p *peer, c call, now time.Time) error {
	var back connID
	w.t.mu.Lock()
	d := w.t.dials[p.name]
	if d != nil {
		back = d.id
	}
	w.t.mu.Unlock()
	b, k, err := respond(w.t.key, p.name, c, back)
	if err != nil {
		return err
	}
	if err := makeFolder(root, forOther(w.t.self, p.name)); err != nil {
		return err
	}
	l := w.line(p, c.id, k)
	if err := write(root, seenFile(l.pump.mine), encodeCount(1)); err != nil {
		return err
	}
	l.pump.next, l.pump.said = 1, 1
	if err := write(root, segmentFile(l.pump.mine, 0), b); err != nil {
		root.Remove(seenFile(l.pump.mine))
		return err
	}
	l.pump.unseen, l.pump.bytes = []int{len(b)}, len(b)
	h := &half{line: l, since: now}
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	if d != nil && back != (connID{}) && d.id == back {
		w.t.takeBack(d)
	}
	if old := w.t.half[p.name]; old != nil {
		old.line.fail(errReplaced)
	}
	w.t.half[p.name] = h
	if w.t.closed {
		l.fail(wire.ErrClosed)
	}
	w.t.wg.Go(l.pump.run)
	w.t.wg.Go(func() { w.t.confirm(p.name, h) })
	return nil
}

// confirm waits until the caller has shown that they are there.
func (t *Transport) confirm(from string, h *half) {
	timer := time.NewTimer(t.pace.late)
	defer timer.Stop()
	var c *conn
	select {
	case <-h.line.heard:
		var err error
		if c, err = t.newConn(from, false, h.line); err != nil {
			h.line.fail(err)
		}
	case <-h.line.done:
	case <-timer.C:
		h.line.fail(ErrSilent)
	}
	if c != nil {
		t.admit(c)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.half[from] == h {
		delete(t.half, from)
	}
}
