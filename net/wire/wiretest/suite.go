package wiretest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"corkboard/net/wire"
)

// bound is how long anything may take before it counts as never.
const bound = time.Minute

const protocol = "/corkboard/test/1"

// Suite runs everything; make gives two ends that can dial each other's addresses
// and know nobody else. The suite closes them; make may do so, too.
func Suite(t *testing.T, make func(t *testing.T) (a, b wire.Transport)) {
	for _, test := range []struct {
		name string
		run  func(*pair)
	}{
		{"names are each other's", (*pair).names},
		{"a second dial gives the same connection", (*pair).dialsAgain},
		{"both ends open streams", (*pair).bothOpen},
		{"bytes come in order both ways at once", (*pair).inOrder},
		{"one side ends, the other goes on", (*pair).halfClose},
		{"what was written before Close comes", (*pair).lastWords},
		{"nobody reads what nobody writes for longer than they want", (*pair).readDeadline},
		{"nobody writes what nobody reads for longer than they want", (*pair).writeDeadline},
		{"many streams at once", (*pair).manyStreams},
		{"streams end with their connection", (*pair).closesConn},
		{"connections end with their transport", (*pair).closesTransport},
		{"waiting ends with the context", (*pair).contexts},
		{"nobody answers", (*pair).nobody},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), bound)
			defer cancel()
			a, b := make(t)
			defer a.Close()
			defer b.Close()
			test.run(&pair{T: t, ctx: ctx, a: a, b: b})
		})
	}
}

// pair is two ends in one test.
type pair struct {
	*testing.T
	ctx  context.Context
	a, b wire.Transport
}

func (p *pair) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// address is one of t's, once it has one.
func (p *pair) address(t wire.Transport) wire.Address {
	p.Helper()
	for {
		if all := t.Addresses(); len(all) > 0 {
			return all[0]
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-p.ctx.Done():
			p.Fatal("no address")
		}
	}
}

// dial connects a to b: the dialler's end first.
func (p *pair) dial() (near, far wire.Conn) {
	p.Helper()
	near, err := p.a.Dial(p.ctx, p.address(p.b))
	p.must(err)
	far, err = p.b.Accept(p.ctx)
	p.must(err)
	return near, far
}

// stream opens a stream from one end, and has written one byte that the other end
// has read.
func (p *pair) stream(from, to wire.Conn) (near, far wire.Stream) {
	p.Helper()
	near, err := from.Open(p.ctx, protocol)
	p.must(err)
	p.must(near.SetWriteDeadline(time.Now().Add(bound)))
	_, err = near.Write([]byte{'!'})
	p.must(err)
	name, far, err := to.Accept(p.ctx)
	p.must(err)
	if name != protocol {
		p.Fatalf("a stream for %q, want %q", name, protocol)
	}
	p.must(far.SetReadDeadline(time.Now().Add(bound)))
	var b [1]byte
	if _, err := far.Read(b[:]); err != nil || b[0] != '!' {
		p.Fatalf("read %q, %v", b, err)
	}
	p.must(far.SetReadDeadline(time.Time{}))
	p.must(near.SetWriteDeadline(time.Time{}))
	return near, far
}

// ends waits for f, which must fail.
func (p *pair) ends(what string, f func() error) {
	p.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		if err == nil {
			p.Errorf("%s: no error", what)
		}
	case <-p.ctx.Done():
		p.Errorf("%s: it does not end", what)
	}
}

func (p *pair) closed(what string, done <-chan struct{}) {
	p.Helper()
	select {
	case <-done:
	case <-p.ctx.Done():
		p.Errorf("%s is not done", what)
	}
}

func (p *pair) names() {
	near, far := p.dial()
	for _, c := range []struct {
		conn          wire.Conn
		local, remote wire.Transport
	}{{near, p.a, p.b}, {far, p.b, p.a}} {
		if !bytes.Equal(c.conn.Local(), c.local.Self()) || !bytes.Equal(c.conn.Remote(), c.remote.Self()) {
			p.Errorf("from %x to %x, want %x to %x", c.conn.Local(), c.conn.Remote(), c.local.Self(), c.remote.Self())
		}
	}
	if len(p.a.Self()) == 0 || bytes.Equal(p.a.Self(), p.b.Self()) {
		p.Errorf("two ends are called %x and %x", p.a.Self(), p.b.Self())
	}
	if !near.Dialled() || far.Dialled() {
		p.Errorf("dialled: %v and %v", near.Dialled(), far.Dialled())
	}
	if near.Step() == wire.StepUnknown || near.Step() != far.Step() {
		p.Errorf("steps %v and %v", near.Step(), far.Step())
	}
}

func (p *pair) dialsAgain() {
	near, _ := p.dial()
	again, err := p.a.Dial(p.ctx, p.address(p.b))
	p.must(err)
	if again != near {
		p.Error("another connection")
	}
}

func (p *pair) contexts() {
	near, _ := p.dial()
	ctx, cancel := context.WithCancel(p.ctx)
	cancel()
	for what, f := range map[string]func() error{
		"Accept of a transport":  func() error { _, err := p.a.Accept(ctx); return err },
		"Accept of a connection": func() error { _, _, err := near.Accept(ctx); return err },
		"Open":                   func() error { _, err := near.Open(ctx, protocol); return err },
	} {
		p.ends(what, f)
	}
	if p.ctx.Err() != nil {
		p.Error(p.ctx.Err())
	}
}

func (p *pair) nobody() {
	there := p.address(p.b)
	p.must(p.b.Close())
	for _, to := range []wire.Address{there, "", "no address at all"} {
		p.ends("dial "+string(to), func() error { _, err := p.a.Dial(p.ctx, to); return err })
	}
	ctx, cancel := context.WithCancel(p.ctx)
	cancel()
	p.ends("dial with an ended context", func() error { _, err := p.a.Dial(ctx, there); return err })
}

func (p *pair) closesTransport() {
	near, far := p.dial()
	waiting := make(chan error, 1)
	go func() { _, err := p.a.Accept(p.ctx); waiting <- err }()
	p.must(p.a.Close())
	p.closed("the connection here", near.Done())
	p.closed("the connection there", far.Done())
	p.ends("Accept that waits", func() error { return <-waiting })
	if _, err := p.a.Accept(p.ctx); !errors.Is(err, wire.ErrClosed) {
		p.Errorf("Accept after Close: %v, want ErrClosed", err)
	}
	p.ends("Dial after Close", func() error { _, err := p.a.Dial(p.ctx, p.address(p.b)); return err })
	p.ends("a stream after Close", func() error { _, _, err := far.Accept(p.ctx); return err })
	if err := p.a.Close(); err != nil {
		p.Errorf("closed again: %v", err)
	}
	if p.ctx.Err() != nil {
		p.Error("it took a minute")
	}
}
