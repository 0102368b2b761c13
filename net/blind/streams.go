package blind

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"corkboard/net/blind/admin"
	"corkboard/net/blobsync"
	"corkboard/net/wire"
)

// Sync names the streams that the dialler opens after a handshake, one for the
// namespaces that it has newly found.
const Sync = "/corkboard/sync/1"

// most is how many streams of a protocol may be open at once on a connection. The last
// handshake may not have ended here when the next begins.
var most = map[string]int{wire.Hello: 2, Sync: 4, blobsync.Protocol: 4, admin.Protocol: 2}

const (
	maxHellos  = 64 // handshakes on one connection
	maxRefused = 64 // streams that are refused before the connection ends
)

// takeStreams takes the streams that the dialler opens, and refuses all others.
func (l *link) takeStreams() {
	for {
		protocol, s, err := l.conn.Accept(l.ctx)
		if err != nil {
			l.end(fmt.Errorf("accepting a stream: %w", err))
			return
		}
		name, tag := kindOf(protocol)
		if l.conn.Dialled() || !l.admit(name) {
			s.Close()
			continue
		}
		l.wg.Go(func() {
			defer l.leave(name)
			if err := l.take(name, tag, s); err != nil && l.ctx.Err() == nil {
				l.end(fmt.Errorf("%s: %w", name, err))
			}
			s.Close()
		})
	}
}

// kindOf cuts the tag of a namespace from a protocol for pieces of files.
func kindOf(protocol string) (name string, tag *wire.Tag) {
	rest, ok := strings.CutPrefix(protocol, blobsync.Protocol+"/")
	if !ok {
		return protocol, nil
	}
	tag = new(wire.Tag)
	if n, err := hex.Decode(tag[:], []byte(rest[:min(len(rest), 2*len(tag))])); err != nil || 2*n != len(rest) {
		return "", nil
	}
	return blobsync.Protocol, tag
}

// admit takes a place for a stream.
func (l *link) admit(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[name] < most[name] {
		l.open[name]++
		return true
	}
	if l.refused++; l.refused > maxRefused {
		l.end(fmt.Errorf("%w: too many streams", errHostile))
	}
	return false
}

func (l *link) leave(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[name]--
}

// take runs a stream. An error ends the connection.
func (l *link) take(name string, tag *wire.Tag, s wire.Stream) error {
	if name == wire.Hello {
		return l.greet(s)
	}
	select {
	case <-l.shaken:
	case <-l.ctx.Done():
		return nil
	}
	switch name {
	case Sync:
		return l.takeSync(s)
	case blobsync.Protocol:
		return l.servePieces(s, tag)
	}
	return admin.Serve(s, l.server.o.Idle, l.answer)
}

// takeSync begins what the last handshake has agreed on.
func (l *link) takeSync(s wire.Stream) error {
	late := time.NewTimer(l.server.o.HelloTime)
	defer late.Stop()
	select {
	case fresh := <-l.due:
		return newCourse(l, s, fresh).run()
	case <-late.C:
		return fmt.Errorf("%w: a stream that was not agreed on", errHostile)
	case <-l.ctx.Done():
		return nil
	}
}

// servePieces serves pieces of files, and takes them into the namespace of the tag,
// or the first. Without a namespace the stream is closed.
func (l *link) servePieces(s wire.Stream, tag *wire.Tag) error {
	l.mu.Lock()
	var into *space
	for _, p := range l.spaces {
		if tag == nil && into == nil || tag != nil && p.tag == *tag {
			into = p
		}
	}
	l.mu.Unlock()
	if into == nil {
		return nil
	}
	err := blobsync.Serve(l.ctx, &heardStream{s, l}, l.server.store.Shelf(into.n.id))
	if errors.Is(err, blobsync.ErrFull) || errors.Is(err, blobsync.ErrRefused) {
		err = nil // the stream has ended; the rest goes on
	}
	return err
}

// heardStream notes that something is said.
type heardStream struct {
	wire.Stream
	l *link
}

func (s *heardStream) Read(b []byte) (int, error) {
	n, err := s.Stream.Read(b)
	if n > 0 {
		s.l.touch()
	}
	return n, err
}
