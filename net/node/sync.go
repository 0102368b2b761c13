package node

import (
	"errors"
	"fmt"
	"time"

	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// The limits of a sync stream.
const (
	syncStall   = 30 * time.Second // for each 16 KiB of a frame
	framesAhead = 4                // that were read, and wait
	maxUnkept   = 32 << 20         // bytes that came and are not on disk; then nothing is read
	maxBad      = 16               // items that no honest member passes on, of one device in banTime
	statusPause = 100 * time.Millisecond
	holdPause   = 15 * time.Second // between tries to store what could not be
)

// talk is the sync stream of one connection. It belongs to one goroutine; reading,
// writing and storing have one each.
type talk struct {
	l       *link
	session *docsync.Session
	open    map[[32]byte]*shelved
	by      map[docsync.Tag]*shelved
	woken   *woken
	keeper  *keeper
	bad     int
	report  *time.Timer // tells how it stands,
	due     bool        // is set
	retry   *time.Timer // takes what was held again
}

// shelved is a collection that is talked about.
type shelved struct {
	shelf  Shelf
	tag    docsync.Tag
	acked  uint64
	held   bool // could not be stored, and is not asked for at the moment
	cancel func()
}

// runSync runs a sync stream until it ends, which is the end of the connection
// too.
func (l *link) runSync(s wire.Stream) error {
	t := &talk{
		l:       l,
		session: docsync.New(docsync.Options{Claims: l.n.claims}),
		open:    map[[32]byte]*shelved{},
		by:      map[docsync.Tag]*shelved{},
		woken:   newWoken(),
		keeper:  newKeeper(l),
		report:  time.NewTimer(0),
		due:     true,
		retry:   time.NewTimer(holdPause),
	}
	framer := wire.NewFramer(s, docsync.MaxFrame, syncStall)
	in, out := make(chan []byte, framesAhead), make(chan [][]byte)
	l.wg.Go(func() { l.readFrames(framer, in) })
	l.wg.Go(func() { l.writeFrames(framer, out) })
	l.wg.Go(t.keeper.run)
	defer t.close()
	return t.run(in, out)
}

func (l *link) readFrames(framer *wire.Framer, in chan<- []byte) {
	for {
		frame, err := framer.Read()
		if err != nil {
			l.end(fmt.Errorf("%s: %w", Sync, err))
			return
		}
		select {
		case in <- frame:
		case <-l.ctx.Done():
			return
		}
	}
}

func (l *link) writeFrames(framer *wire.Framer, out <-chan [][]byte) {
	for {
		select {
		case frames := <-out:
			if err := framer.Write(frames...); err != nil {
				l.end(fmt.Errorf("%s: %w", Sync, err))
				return
			}
		case <-l.ctx.Done():
			return
		}
	}
}

// run is the session's goroutine.
func (t *talk) run(in <-chan []byte, out chan<- [][]byte) error {
	t.arrange()
	timer := time.NewTimer(0)
	defer timer.Stop()
	var queue [][]byte
	for {
		if len(queue) == 0 {
			var again time.Time
			queue, again = t.session.Poll(time.Now())
			timer.Stop()
			if !again.IsZero() {
				timer.Reset(time.Until(again))
			}
		}
		t.keep()
		from, to := in, out
		if t.keeper.unkept() > maxUnkept {
			from = nil
		}
		if len(queue) == 0 {
			to = nil
		}
		select {
		case <-t.l.ctx.Done():
			return nil
		case frame := <-from:
			if err := t.receive(frame, from); err != nil {
				return hostileFor("receive", err)
			}
			t.stale()
		case to <- queue:
			queue = nil
		case <-t.l.sync:
			t.arrange()
		case <-t.woken.prod:
			for _, tag := range t.woken.take() {
				t.session.Wake(time.Now(), tag)
			}
		case kept := <-t.keeper.done:
			if err := t.kept(kept); err != nil {
				return err
			}
		case <-timer.C:
		case <-t.report.C:
			t.tell()
		case <-t.retry.C:
			t.release()
		}
	}
}

// receive takes a frame, and what has come with it.
func (t *talk) receive(frame []byte, in <-chan []byte) error {
	for range framesAhead {
		if err := t.session.Receive(time.Now(), frame); err != nil {
			return err
		}
		select {
		case frame = <-in:
		default:
			return nil
		}
	}
	return t.session.Receive(time.Now(), frame)
}

// arrange opens the collections that both ends know, with what the other may have
// of them now, and closes those that are here no more.
func (t *talk) arrange() {
	c := t.l.n.shelvesNow()
	for id, tag := range t.l.tagged() {
		shelf, o := c.shelves[id], t.open[id]
		if o != nil && o.shelf != shelf {
			t.forget(id)
			o = nil
		}
		if shelf == nil {
			continue
		}
		rights := docsync.All
		if t.l.storage == nil {
			rights = shelf.Rights(t.l.who)
		}
		if o != nil {
			t.session.SetRights(tag, rights)
			continue
		}
		o = &shelved{shelf: shelf, tag: tag}
		o.cancel = shelf.Subscribe(func() { t.woken.add(tag) })
		t.open[id], t.by[tag] = o, o
		t.session.Open(tag, shelf, rights)
	}
	t.stale()
}

func (t *talk) forget(id [32]byte) {
	o := t.open[id]
	o.cancel()
	t.session.Close(o.tag)
	delete(t.open, id)
	delete(t.by, o.tag)
	t.l.tell(id, nil)
}

// keep gives what has come to the keeper, and notes what was seen.
func (t *talk) keep() {
	for _, a := range t.session.Arrivals() {
		if o := t.by[a.Tag]; o != nil {
			t.keeper.put(arrival{o.shelf, a})
		}
	}
	for _, p := range t.session.Seen() {
		if o := t.by[p.Tag]; o != nil {
			o.shelf.SetSeen(p.Replica, p.Seen)
			t.stale()
		}
	}
}

// kept tells the session what became of items.
func (t *talk) kept(list []kept) error {
	now := time.Now()
	for _, k := range list {
		switch {
		case k.err == nil:
		case errors.Is(k.err, ErrBadItem):
			t.bad = max(t.bad+1, t.l.n.charge(t.l.who.Device))
			t.l.n.log.Warn("an item was refused", "address", t.l.conn.Address(), "error", k.err)
			if t.bad > maxBad && t.l.storage == nil {
				return fmt.Errorf("%w: too many bad items", errHostile)
			}
		default:
			t.hold(k.tag, k.err)
			continue
		}
		if t.by[k.tag] != nil {
			t.session.Kept(now, k.tag, k.key, k.err)
		}
	}
	return nil
}

// hold asks for nothing more of a collection, for now: what it has given could not
// be stored. It is read all the same.
func (t *talk) hold(tag docsync.Tag, why error) {
	o := t.by[tag]
	if o == nil || o.held || t.l.ctx.Err() != nil {
		return
	}
	t.l.n.log.Warn("what others have could not be stored", "error", why)
	o.held = true
	t.session.Hold(tag, true)
	t.retry.Reset(holdPause)
	t.stale()
}

// release tries again.
func (t *talk) release() {
	for _, o := range t.open {
		if o.held {
			o.held = false
			t.session.Hold(o.tag, false)
		}
	}
}

// stale has it told soon how it stands.
func (t *talk) stale() {
	if !t.due {
		t.due = true
		t.report.Reset(statusPause)
	}
}

// tell tells how it stands.
func (t *talk) tell() {
	t.due = false
	for id, o := range t.open {
		s := t.session.Status(o.tag)
		if s.Rights == docsync.All && s.Acknowledged != o.acked {
			o.acked = s.Acknowledged
			o.shelf.SetAcked(o.shelf.Replica(), t.l.whose(), s.Acknowledged)
		}
		t.l.tell(id, &Progress{Collection: id, Status: s, Held: o.held})
	}
	t.l.n.watchers.Wake()
}

func (t *talk) close() {
	t.report.Stop()
	t.retry.Stop()
	for _, o := range t.open {
		o.cancel()
	}
	t.session.End()
}
