package blobbench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"corkboard/net/blobsync"
)

// Result is in MB (10^6 bytes) a second.
type Result struct {
	Fetch float64 // sealed, to disk, verified
	Raw   float64 // TCP alone
}

// A Sample is a file and what a document would say of it.
type Sample struct {
	Path string
	File blobsync.File
	Blob [32]byte // SHA-256 of its bytes
}

// NewSample describes a file under a new key.
func NewSample(path string) (Sample, error) {
	f, err := os.Open(path)
	if err != nil {
		return Sample{}, err
	}
	defer f.Close()
	size, blob, manifest, err := blobsync.Sum(f)
	if err != nil {
		return Sample{}, err
	}
	s := Sample{Path: path, Blob: blob, File: blobsync.File{Root: manifest.Root(), Size: size}}
	_, err = rand.Read(s.File.Key[:])
	return s, err
}

// member has the sample and nothing else.
func (s Sample) member() *blobsync.Member {
	handle := s.File.Handle()
	open := func() (blobsync.Plain, error) { return os.Open(s.Path) }
	return blobsync.NewMember(func(h blobsync.Handle) (blobsync.File, func() (blobsync.Plain, error), bool) {
		return s.File, open, h == handle
	})
}

// Loopback fetches the sample into a Partial, which it finishes, and then sends as
// many bytes over TCP alone. It blocks.
func Loopback(ctx context.Context, s Sample, into blobsync.Partial) (Result, error) {
	near, far, err := connect()
	if err != nil {
		return Result{}, fmt.Errorf("measuring a fetch: %w", err)
	}
	served := make(chan error, 1)
	go func() { served <- blobsync.Serve(ctx, far, s.member()) }()
	begin := time.Now()
	err = fetch(ctx, s, near, into)
	took := time.Since(begin)
	if err = errors.Join(err, <-served); err != nil {
		return Result{}, fmt.Errorf("measuring a fetch: %w", err)
	}
	raw, err := plain(s.File.Size)
	if err != nil {
		return Result{}, fmt.Errorf("measuring TCP: %w", err)
	}
	return Result{Fetch: rate(s.File.Size, took), Raw: rate(s.File.Size, raw)}, nil
}

func fetch(ctx context.Context, s Sample, near *net.TCPConn, into blobsync.Partial) error {
	c := blobsync.NewClient(near, "loopback")
	defer c.Close()
	d, err := blobsync.NewDownload(s.File, into, nil)
	if err != nil {
		return err
	}
	d.Add(c)
	return d.Run(ctx)
}

// plain is how long bytes take alone.
func plain(size int64) (time.Duration, error) {
	near, far, err := connect()
	if err != nil {
		return 0, err
	}
	defer near.Close()
	sent := make(chan error, 1)
	begin := time.Now()
	go func() {
		buf := make([]byte, blobsync.PieceSize)
		var err error
		for left := size; left > 0 && err == nil; left -= int64(len(buf)) {
			_, err = far.Write(buf[:min(left, int64(len(buf)))])
		}
		sent <- errors.Join(err, far.Close())
	}()
	// Read as frames are, without the shortcut that the kernel has for copies.
	n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{near}, make([]byte, blobsync.PieceSize))
	took := time.Since(begin)
	if err = errors.Join(err, <-sent); err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	return took, err
}

func connect() (near, far *net.TCPConn, err error) {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	if near, err = net.DialTCP("tcp", nil, l.Addr().(*net.TCPAddr)); err != nil {
		return nil, nil, err
	}
	if far, err = l.AcceptTCP(); err != nil {
		return nil, nil, errors.Join(err, near.Close())
	}
	return near, far, nil
}

func rate(size int64, took time.Duration) float64 { return float64(size) / 1e6 / took.Seconds() }
