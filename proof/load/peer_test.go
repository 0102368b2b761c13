package load

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"corkboard/net/blind"
	"corkboard/net/wire"
)

const (
	documents   = 1000 // of each person
	perDocument = 2    // items: its beginning, and a change
	batch       = 200  // items of one transaction
)

// fill stores what everybody has, and what the storage peer and they have seen of each
// other, into its folder by its own code.
func fill(ctx context.Context, dir string, people []*person) (err error) {
	s, err := blind.Open(dir, blind.Options{})
	if err != nil {
		return err
	}
	for n, p := range people {
		if err := fillOne(ctx, s, n, p); err != nil {
			_ = s.Close()
			return fmt.Errorf("filling number %d: %w", n, err)
		}
	}
	return s.Close()
}

func fillOne(ctx context.Context, s *blind.Store, n int, p *person) error {
	tenant, err := s.AddTenant(secretOf(2*n), 0)
	if err != nil {
		return err
	}
	id, err := s.Register(tenant, p.secret)
	if err != nil {
		return err
	}
	space, err := s.Namespace(ctx, id)
	if err != nil {
		return err
	}
	defer space.Close()
	for range documents * perDocument / batch {
		items := make([]blind.Item, batch)
		for i := range items {
			items[i] = p.shelf.add()
		}
		if err := space.Put(items); err != nil {
			return err
		}
	}
	p.shelf.setSeen(space.Replica(), space.Last())
	return space.SetSeen(p.shelf.id, p.shelf.Last())
}

// peer is the storage peer's process.
type peer struct {
	cmd   *exec.Cmd
	at    wire.Address
	start time.Duration // until it serves
	log   strings.Builder
	over  chan struct{}
}

// startPeer runs a build of cmd/storage-peer on a folder.
func startPeer(ctx context.Context, binary, dir string) (*peer, error) {
	p := &peer{cmd: exec.CommandContext(ctx, binary, "run", "--data", dir, "--listen", "127.0.0.1:0"), over: make(chan struct{})}
	out, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		p.log.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "the storage peer runs") {
			p.start = time.Since(began)
			break
		}
	}
	go func() {
		defer close(p.over)
		_, _ = io.Copy(io.Discard, out)
	}()
	if p.start == 0 {
		return nil, fmt.Errorf("the storage peer ended: %w: %s", p.cmd.Wait(), p.log.String())
	}
	s, err := blind.Open(dir, blind.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	at, err := s.Addresses(ctx)
	p.at = wire.Address(at[0])
	return p, err
}

// end asks it to end, and waits.
func (p *peer) end() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-p.over
	return p.cmd.Wait()
}

// weight is the memory of the process, and what it had at most, in MiB.
func (p *peer) weight() (now, most float64) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		_, _ = fmt.Sscanf(line, "VmRSS: %f", &now)
		_, _ = fmt.Sscanf(line, "VmHWM: %f", &most)
	}
	return now / 1024, most / 1024
}

// work is what a process has done so far.
type work struct {
	processor float64 // seconds
	read      int     // bytes, by system calls on files and sockets
	written   int
}

func (p *peer) work() (w work) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if _, rest, ok := strings.Cut(string(b), ") "); ok {
		var user, system float64
		var skip string
		_, _ = fmt.Sscan(rest, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &user, &system)
		w.processor = (user + system) / 100
	}
	b, _ = os.ReadFile(fmt.Sprintf("/proc/%d/io", p.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		_, _ = fmt.Sscanf(line, "rchar: %d", &w.read)
		_, _ = fmt.Sscanf(line, "wchar: %d", &w.written)
	}
	return w
}

// kept counts what the storage peer has of everybody, and what is not there. It has ended.
func kept(ctx context.Context, dir string, people []*person) (items, lost int, err error) {
	s, err := blind.Open(dir, blind.Options{ReadOnly: true})
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	for n, p := range people {
		space, err := s.Namespace(ctx, int64(n)+1)
		if err != nil {
			return items, lost, err
		}
		for _, e := range p.shelf.rows {
			if _, ok := space.Find(e.Key); ok {
				items++
			} else {
				lost++
			}
		}
		space.Close()
	}
	return items, lost, nil
}

// verified runs the command that reads everything.
func verified(ctx context.Context, binary, dir string) error {
	if said, err := exec.CommandContext(ctx, binary, "verify", "--data", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("storage-peer verify: %w: %s", err, said)
	}
	return nil
}

// binaryIn is where a build of the storage peer goes.
func binaryIn(dir string) string { return filepath.Join(dir, "storage-peer") }
