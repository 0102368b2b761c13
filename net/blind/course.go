package blind

import (
	"errors"
	"fmt"
	"io"
	"time"

	"corkboard/net/docsync"
	"corkboard/net/wire"
)

const (
	// patience is how long the other side may take for each 16 KiB.
	patience = 30 * time.Second
	// cursorsEvery is how often is noted what has been seen: if that is lost, it
	// is listed again.
	cursorsEvery = 2 * time.Second
)

// course is one sync stream: a goroutine that reads, one that writes, and one that
// owns the session and waits for the disk.
type course struct {
	l       *link
	stream  wire.Stream
	framer  *wire.Framer
	session *docsync.Session
	spaces  map[docsync.Tag]*space
	in      *inbox
	out     chan [][]byte // one batch at a time
	written chan error    // of each batch
	wake    chan struct{} // a namespace has grown or gone

	next    time.Time                        // when the session wants to be polled; zero for never
	writing bool                             // a batch is under way
	cursors map[docsync.Tag]docsync.Progress // not noted yet
	noteAt  time.Time                        // when they are
	retryAt time.Time                        // when refused namespaces are tried again; zero if there is none
}

func newCourse(l *link, s wire.Stream, fresh []*space) *course {
	c := &course{
		l: l, stream: s, framer: wire.NewFramer(s, docsync.MaxFrame, patience),
		session: docsync.New(docsync.Options{Claims: l.server.claims, PushOn: true}),
		spaces:  map[docsync.Tag]*space{}, in: newInbox(),
		out: make(chan [][]byte, 1), written: make(chan error, 1), wake: make(chan struct{}, 1),
		cursors: map[docsync.Tag]docsync.Progress{},
	}
	for _, p := range fresh {
		c.spaces[tagOf(p.tag)] = p
	}
	return c
}

// run syncs until the stream ends (nil) or breaks, or the connection ends.
func (c *course) run() error {
	for tag, p := range c.spaces {
		cancel := p.n.Watch(func() { nudge(c.wake) })
		defer cancel()
		c.session.Open(tag, p.n, docsync.All)
	}
	c.l.wg.Go(c.read)
	c.l.wg.Go(c.write)
	defer c.stream.Close()
	defer close(c.out)
	defer c.session.End()
	err := c.loop()
	if noted := c.note(); err == nil {
		err = noted
	}
	return err
}

func (c *course) read() {
	for {
		frame, err := c.framer.Read()
		if err != nil {
			c.in.close(err)
			return
		}
		c.l.touch()
		if c.in.put(frame) {
			continue
		}
		select {
		case <-c.in.room:
		case <-c.l.ctx.Done():
			return
		}
	}
}

func (c *course) write() {
	for frames := range c.out {
		var err error
		for _, f := range frames {
			if err = c.framer.Write(f); err != nil {
				break
			}
		}
		c.written <- err
	}
}

func (c *course) loop() error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		frames, end := c.in.take()
		if err := c.receive(frames); err != nil {
			return err
		}
		if err := c.store(); err != nil {
			return err
		}
		if end != nil {
			return ended(end)
		}
		if err := c.tidy(time.Now()); err != nil {
			return err
		}
		c.poll()
		timer.Reset(c.pause())
		select {
		case <-c.in.some:
		case <-c.wake:
			c.grow()
		case err := <-c.written:
			c.writing = false
			if err != nil {
				return ended(err)
			}
		case <-timer.C:
		case <-c.l.ctx.Done():
			return nil
		}
	}
}

// ended is nil if a stream ended as streams do.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, wire.ErrClosed) {
		return nil
	}
	return err
}

func (c *course) receive(frames [][]byte) error {
	for _, f := range frames {
		if err := c.session.Receive(time.Now(), f); err != nil {
			return fmt.Errorf("%w: %w", errHostile, err)
		}
	}
	return nil
}

// poll gives the writer what is to be said, unless it still writes.
func (c *course) poll() {
	if c.writing {
		return
	}
	var frames [][]byte
	frames, c.next = c.session.Poll(time.Now())
	if len(frames) > 0 {
		c.writing = true
		c.out <- frames
	}
}

// pause is how long nothing is to be done by itself.
func (c *course) pause() time.Duration {
	until := c.noteAt
	if len(c.cursors) == 0 {
		until = time.Time{}
	}
	for _, t := range []time.Time{c.retryAt, c.next} {
		if t.IsZero() || t == c.next && c.writing {
			continue
		}
		if until.IsZero() || t.Before(until) {
			until = t
		}
	}
	if until.IsZero() {
		return time.Hour
	}
	return max(time.Until(until), 0)
}

// grow tells the session what has come from others, or has gone.
func (c *course) grow() {
	for tag, p := range c.spaces {
		if p.n.Gone() {
			c.session.Close(tag)
			delete(c.spaces, tag)
			delete(c.cursors, tag)
			continue
		}
		c.session.Wake(time.Now(), tag)
	}
}

// tagOf is what the session calls what the handshake has found.
func tagOf(t wire.Tag) docsync.Tag { return docsync.Tag(t) }
