package node

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/net/blobsync"
	"corkboard/net/docsync"
)

// one is somebody who has one file.
func one(t testing.TB, content []byte) (blobsync.File, blobsync.Source) {
	t.Helper()
	size, _, m, err := blobsync.Sum(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	f := blobsync.File{Key: blobsync.Key{1}, Root: m.Root(), Size: size}
	return f, blobsync.NewMember(func(h blobsync.Handle) (blobsync.File, func() (blobsync.Plain, error), bool) {
		return f, func() (blobsync.Plain, error) { return plain{bytes.NewReader(content)}, nil }, h == f.Handle()
	})
}

type plain struct{ *bytes.Reader }

func (plain) Close() error { return nil }

// partial is a file in memory.
type partial struct {
	lock sync.Mutex
	data []byte
	have map[int]bool
	done bool
}

func (p *partial) ReadAt(b []byte, at int64) (int, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	n := copy(b, p.data[min(at, int64(len(p.data))):])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (p *partial) WriteAt(b []byte, at int64) (int, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	return copy(p.data[at:], b), nil
}

func (p *partial) Have(i int) bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.have[i]
}

func (p *partial) Mark(i int, have bool) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.have[i] = have
	return nil
}

func (p *partial) Finish(context.Context) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.done = true
	return nil
}

// fetch downloads a file from those who share ada's first collection.
func fetch(p *person, f blobsync.File) ([]byte, error) {
	into := &partial{data: make([]byte, f.Size), have: map[int]bool{}}
	d, err := blobsync.NewDownload(f, into, nil)
	if err != nil {
		return nil, err
	}
	for _, c := range p.node.Clients(p.shelves.list[0].id) {
		d.Add(c)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err = d.Run(ctx)
	return into.data, err
}

func TestFilesGoInBothDirections(t *testing.T) {
	inLab(t, func(l *lab) {
		content := noise(3 << 20)
		a := l.person("ada", newShelf("x", "ada"))
		b := l.person("ben", newShelf("x", "ben"))
		var f blobsync.File
		f, a.pieces = one(t, content)
		_, b.pieces = one(t, content)
		a.start()
		b.start()
		defer a.stop()
		defer b.stop()
		a.dial(b)
		for _, p := range []*person{a, b} {
			if got, err := fetch(p, f); err != nil || !bytes.Equal(got, content) {
				t.Fatalf("%s: %v", p.name, err)
			}
			if got, err := fetch(p, f); err != nil || !bytes.Equal(got, content) {
				t.Fatalf("%s, again: %v", p.name, err)
			}
		}
		l.net.Cut("ada", "ben")
		synctest.Wait()
		if n := len(a.node.Clients(a.shelves.list[0].id)); n != 0 {
			t.Fatalf("%d clients after the cut", n)
		}
	})
}

func TestFilesAreForThoseWhoMaySeeAll(t *testing.T) {
	inLab(t, func(l *lab) {
		content := noise(3000)
		x := newShelf("x", "ada")
		a := l.person("ada", x)
		b := l.person("ben", newShelf("x", "ben"))
		var f blobsync.File
		f, a.pieces = one(t, content)
		a.start()
		b.start()
		defer a.stop()
		defer b.stop()
		x.allow(b, docsync.Records)
		b.dial(a)
		if _, err := fetch(b, f); !errors.Is(err, blobsync.ErrNoSource) {
			t.Fatalf("without a right: %v", err)
		}
		x.allow(b, docsync.All)
		if got, err := fetch(b, f); err != nil || !bytes.Equal(got, content) {
			t.Fatal(err)
		}
	})
}
