package blobsync

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// testTime bounds what must happen soon.
const testTime = 30 * time.Second

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), testTime)
	t.Cleanup(cancel)
	return ctx
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// contentOf is n bytes that look random.
func contentOf(n int) []byte {
	b := make([]byte, n)
	seed := [32]byte{byte(n), byte(n >> 8), byte(n >> 16)}
	_, _ = rand.NewChaCha8(seed).Read(b)
	return b
}

// fileOf is the document's part of a content.
func fileOf(t testing.TB, content []byte) File {
	t.Helper()
	size, _, m, err := Sum(bytes.NewReader(content))
	must(t, err)
	return File{Key: Key{1, 2, 3}, Root: m.Root(), Size: size}
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// memberWith is somebody who has contents whole.
func memberWith(t testing.TB, contents ...[]byte) *Member {
	t.Helper()
	known := map[Handle]int{}
	files := make([]File, len(contents))
	for i, c := range contents {
		files[i] = fileOf(t, c)
		known[files[i].Handle()] = i
	}
	return NewMember(func(h Handle) (File, func() (Plain, error), bool) {
		i, ok := known[h]
		if !ok {
			return File{}, nil, false
		}
		return files[i], func() (Plain, error) { return inMemory{bytes.NewReader(contents[i])}, nil }, true
	})
}

// streams are the two ends of a connection over loopback.
func streams(t testing.TB) (a, b *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	dialled, err := net.Dial("tcp", l.Addr().String())
	must(t, err)
	accepted, err := l.Accept()
	must(t, err)
	t.Cleanup(func() { dialled.Close(); accepted.Close() })
	return dialled.(*net.TCPConn), accepted.(*net.TCPConn)
}

// clientOf asks a source over loopback. Both ends are gone before the test is.
func clientOf(t testing.TB, from Source, name string) *Client {
	t.Helper()
	near, far := streams(t)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, far, from) }()
	c := NewClient(near, name)
	t.Cleanup(func() {
		c.Close()
		cancel()
		<-served
	})
	return c
}

// onDisk is a Partial that survives its process, not a power cut.
type onDisk struct {
	file  *os.File
	marks string
	want  [32]byte

	mu       sync.Mutex
	have     Bits
	finished bool
	writes   int
	fail     error // of the next write
}

// openPartial opens what an earlier one has left in dir, or begins.
func openPartial(t testing.TB, dir string, content []byte) *onDisk {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "part"), os.O_RDWR|os.O_CREATE, 0o600)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	p := &onDisk{file: f, marks: filepath.Join(dir, "have"), want: sha256.Sum256(content)}
	p.have = NewBits(PiecesOf(int64(len(content))))
	if b, err := os.ReadFile(p.marks); err == nil {
		copy(p.have, b)
	}
	return p
}

func (p *onDisk) ReadAt(b []byte, at int64) (int, error) { return p.file.ReadAt(b, at) }

func (p *onDisk) WriteAt(b []byte, at int64) (int, error) {
	p.mu.Lock()
	err := p.fail
	p.writes++
	p.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return p.file.WriteAt(b, at)
}

func (p *onDisk) Have(i int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.have.Has(i)
}

func (p *onDisk) Mark(i int, have bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.have.Clear(i); have {
		p.have.Set(i)
	}
	return os.WriteFile(p.marks, p.have, 0o600)
}

func (p *onDisk) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.have.Count()
}

var errOther = errors.New("the file is not what its name says")

func (p *onDisk) Finish(context.Context) error {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(p.file, 0, 1<<40)); err != nil {
		return err
	}
	if [32]byte(h.Sum(nil)) != p.want {
		return errOther
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finished = true
	return nil
}

// bytes is what was finished.
func (p *onDisk) bytes(t testing.TB) []byte {
	t.Helper()
	if !p.finished {
		t.Fatal("the file is not finished")
	}
	b, err := os.ReadFile(p.file.Name())
	must(t, err)
	return b
}

// changing is a Source with other answers for some pieces.
type changing struct {
	Source
	piece   func(ctx context.Context, h Handle, i Index) ([]byte, error)
	present func(h Handle) (Present, error)
}

func (c changing) Piece(ctx context.Context, h Handle, i Index) ([]byte, error) {
	if c.piece == nil {
		return c.Source.Piece(ctx, h, i)
	}
	return c.piece(ctx, h, i)
}

func (c changing) Present(ctx context.Context, h Handle) (Present, error) {
	if c.present == nil {
		return c.Source.Present(ctx, h)
	}
	return c.present(h)
}

// download prepares to fetch a content into a folder.
func download(t testing.TB, content []byte, into Partial, from ...*Client) *Download {
	t.Helper()
	d, err := NewDownload(fileOf(t, content), into, nil)
	must(t, err)
	for _, c := range from {
		d.Add(c)
	}
	return d
}

// onlyBytes is a stream without another end.
type onlyBytes struct{ *bytes.Buffer }

func (onlyBytes) SetReadDeadline(time.Time) error  { return nil }
func (onlyBytes) SetWriteDeadline(time.Time) error { return nil }
func (onlyBytes) CloseWrite() error                { return nil }
func (onlyBytes) Close() error                     { return nil }
