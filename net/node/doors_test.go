package node

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"corkboard/net/wire"
)

// porch is doors of a test, and what was said at them.
type porch struct {
	mu      sync.Mutex
	secrets []wire.Secret
	said    []string
}

func (p *porch) Doors() []wire.Secret {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.secrets
}

func (p *porch) Serve(_ context.Context, d Door, s wire.Stream) {
	b, _ := io.ReadAll(io.LimitReader(s, 5))
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.secrets) > 0 && d.Secret == p.secrets[0] && len(d.Remote) > 0 {
		p.said = append(p.said, string(b))
	}
}

func (p *porch) heard() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.said)
}

var doorSecret = wire.NewSecret([wire.SecretSize]byte{7, 1})

// behind starts somebody with doors.
func (p *person) behind(doors *porch) *person {
	p.doors = doors
	return p.start()
}

func TestWhoKnowsTheSecretOfADoorIsHeardAtIt(t *testing.T) {
	inLab(t, func(l *lab) {
		open := &porch{secrets: []wire.Secret{doorSecret}}
		a, b := l.person("ada").behind(open), l.person("ben").behind(&porch{secrets: []wire.Secret{doorSecret}})
		defer a.stop()
		defer b.stop()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		s, at, err := b.node.OpenDoor(ctx, "ada", doorSecret)
		if err != nil || at.Who != a.who() || string(at.Local) == string(at.Remote) {
			t.Fatalf("%+v, %v", at, err)
		}
		if _, err := s.Write([]byte("hello")); err != nil {
			t.Fatal(err)
		}
		l.within(time.Second, "it is heard", func() bool { return open.heard() == 1 })
	})
}

func TestNobodyElseIsHeardAtADoor(t *testing.T) {
	inLab(t, func(l *lab) {
		open := &porch{secrets: []wire.Secret{doorSecret}}
		a := l.person("ada", newShelf("x", "ada")).behind(open)
		defer a.stop()
		b := l.person("ben").behind(&porch{secrets: []wire.Secret{wire.NewSecret([wire.SecretSize]byte{7, 2})}})
		defer b.stop()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if _, _, err := b.node.OpenDoor(ctx, "ada", b.doors.Doors()[0]); !errors.Is(err, wire.ErrStranger) {
			t.Errorf("with another secret: %v", err)
		}
		c := l.person("cy", newShelf("x", "cy")).start() // who shares something, and knows of no door
		defer c.stop()
		c.dial(a)
		l.within(time.Second, "they meet", func() bool { _, ok := c.sees(a); return ok })
		c.node.mu.Lock()
		var link *link
		for _, x := range c.node.links {
			link = x
		}
		c.node.mu.Unlock()
		s, err := link.conn.Open(ctx, Pairing)
		if err == nil {
			_, _ = s.Write([]byte("hello"))
			_, err = io.ReadAll(s)
		}
		if open.heard() != 0 {
			t.Errorf("heard %q, %v", open.said, err)
		}
	})
}

func TestADoorThatIsShutIsOneNoMore(t *testing.T) {
	inLab(t, func(l *lab) {
		open := &porch{secrets: []wire.Secret{doorSecret}}
		a, b := l.person("ada").behind(open), l.person("ben").behind(&porch{secrets: []wire.Secret{doorSecret}})
		defer a.stop()
		defer b.stop()
		b.dial(a)
		open.mu.Lock()
		open.secrets = nil
		open.mu.Unlock()
		a.node.Refresh()
		l.within(time.Minute, "they part", func() bool { return len(a.node.Peers()) == 0 && len(b.node.Peers()) == 0 })
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if _, _, err := b.node.OpenDoor(ctx, "ada", doorSecret); err == nil {
			t.Error("a shut door opens")
		}
	})
}
