package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"corkboard/net/blind"
	"corkboard/net/blind/admin"
	"corkboard/net/docsync"
	"corkboard/net/host"
	"corkboard/net/wire"
	"corkboard/share"
)

// asProgram makes a test program behave as storage-peer.
const asProgram = "CORKBOARD_STORAGE_PEER"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// soon is how long anything may take before it counts as not happening.
const soon = 30 * time.Second

// output gathers what a process prints.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// process is a storage peer that runs on its own.
type process struct {
	t        testing.TB
	cmd      *exec.Cmd
	out, err output
}

func start(t testing.TB, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	comes(t, "it runs", func() bool { return strings.Contains(p.err.String(), "the storage peer runs") })
	return p
}

// end asks a process to end, and gives its exit code.
func (p *process) end() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	_ = p.cmd.Wait() // its code says what there is to say
	return p.cmd.ProcessState.ExitCode()
}

// link is what it has printed.
func (p *process) link() share.Link {
	p.t.Helper()
	comes(p.t, "the link", func() bool { return strings.Count(p.out.String(), "\n") > 30 })
	return linkIn(p.t, p.out.String())
}

// linkIn finds the one-time link in what was printed.
func linkIn(t testing.TB, printed string) share.Link {
	t.Helper()
	for line := range strings.Lines(printed) {
		if share.Is(line) {
			l, err := share.Parse(line)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
	}
	t.Fatalf("no link in %q", printed)
	return share.Link{}
}

func comes(t testing.TB, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(soon); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("%s: not within %v", what, soon)
		}
	}
}

// desktop is somebody else's program.
type desktop struct {
	t    testing.TB
	host *host.Host
}

func newDesktop(t testing.TB) *desktop {
	t.Helper()
	h, err := host.New(host.Options{Listen: []string{"127.0.0.1:0"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return &desktop{t, h}
}

// meet dials and shakes hands, anonymously.
func (d *desktop) meet(at string, secrets ...wire.Secret) (wire.Conn, wire.Result, error) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), soon)
	defer cancel()
	conn, err := d.host.Dial(ctx, wire.Address(at))
	if err != nil {
		d.t.Fatal(err)
	}
	s, err := conn.Open(ctx, wire.Hello)
	if err != nil {
		d.t.Fatal(err)
	}
	result, err := wire.Shake(ctx, s, conn, secrets, nil)
	return conn, result, err
}

func (d *desktop) open(conn wire.Conn, protocol string) wire.Stream {
	d.t.Helper()
	s, err := conn.Open(d.t.Context(), protocol)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desktop) admin(conn wire.Conn) *admin.Client {
	d.t.Helper()
	return admin.NewClient(d.open(conn, admin.Protocol))
}

// sync runs until both sides hold the same, and know it.
func (d *desktop) sync(conn wire.Conn, tag wire.Tag, own *blind.Namespace) {
	d.t.Helper()
	if st, equal := d.syncUntilEnd(conn, tag, own, func(docsync.Status) {}); !equal {
		d.t.Fatalf("the stream has ended before both are equal: %+v", st)
	}
}

// syncUntilEnd also ends when the stream does, and says how it stood then. With each
// step it tells how it stands.
func (d *desktop) syncUntilEnd(conn wire.Conn, tag wire.Tag, own *blind.Namespace, tell func(docsync.Status)) (st docsync.Status, equal bool) {
	d.t.Helper()
	s := d.open(conn, blind.Sync)
	defer s.Close()
	framer := wire.NewFramer(s, docsync.MaxFrame, soon)
	frames, session := make(chan []byte), docsync.New(docsync.Options{})
	defer session.End()
	ctx, cancel := context.WithTimeout(d.t.Context(), 2*soon)
	defer cancel()
	go func() {
		defer close(frames)
		for {
			f, err := framer.Read()
			if err != nil {
				return
			}
			select {
			case frames <- f:
			case <-ctx.Done():
				return
			}
		}
	}()
	name := docsync.Tag(tag)
	session.Open(name, own, docsync.All)
	for {
		out, _ := session.Poll(time.Now())
		for _, f := range out {
			if framer.Write(f) != nil {
				return st, false
			}
		}
		st = session.Status(name)
		tell(st)
		if st.Equal && st.Acknowledged == own.Last() && st.Seen == st.Last {
			return st, true
		}
		select {
		case f, ok := <-frames:
			if !ok {
				return st, false
			}
			if err := session.Receive(time.Now(), f); err != nil {
				d.t.Fatal(err)
			}
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			d.t.Fatalf("not equal in time: %+v", session.Status(name))
		}
		for _, a := range session.Arrivals() {
			err := own.Put([]blind.Item{{Key: a.Key, Sort: a.Sort, Body: a.Raw}})
			if err != nil {
				d.t.Fatal(err)
			}
			session.Kept(time.Now(), a.Tag, a.Key, nil)
		}
	}
}
