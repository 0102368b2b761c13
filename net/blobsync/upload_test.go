package blobsync

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
)

// inStore is a storage peer in memory. What was not synced is not there.
type inStore struct {
	mu      sync.Mutex
	durable map[Handle]map[Index][]byte
	fresh   map[Handle]map[Index][]byte
	room    int // pieces; when none is left it is full
	syncs   int
	stores  int
}

func newStore(room int) *inStore {
	return &inStore{durable: map[Handle]map[Index][]byte{}, fresh: map[Handle]map[Index][]byte{}, room: room}
}

func (s *inStore) Present(_ context.Context, h Handle) (Present, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := Present{Manifest: NewBits(maxManifestPieces), Content: NewBits(MaxPieces)}
	for i := range s.durable[h] {
		if n, manifest := i.Manifest(); manifest {
			p.Manifest.Set(n)
		} else {
			p.Content.Set(n)
		}
	}
	return p, nil
}

func (s *inStore) Piece(_ context.Context, h Handle, i Index) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.durable[h][i]
	if !ok {
		return nil, ErrAbsent
	}
	return bytes.Clone(b), nil
}

func (s *inStore) Store(_ context.Context, h Handle, i Index, sealed []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.room == 0 {
		return ErrFull
	}
	s.room--
	s.stores++
	if s.fresh[h] == nil {
		s.fresh[h] = map[Index][]byte{}
	}
	s.fresh[h][i] = bytes.Clone(sealed)
	return nil
}

func (s *inStore) Sync(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.syncs++
	for h, pieces := range s.fresh {
		if s.durable[h] == nil {
			s.durable[h] = map[Index][]byte{}
		}
		for i, b := range pieces {
			s.durable[h][i] = b
		}
	}
	clear(s.fresh)
	return nil
}

func TestFileGoesOverAStoragePeer(t *testing.T) {
	for _, n := range []int{0, 1, 5*PieceSize + 3} {
		content := contentOf(n)
		f, store := fileOf(t, content), newStore(100)
		var last, total int
		must(t, Upload(testContext(t), clientOf(t, store, "store"), f, memberWith(t, content), func(done, of int) {
			last, total = done, of
		}))
		if want := PiecesOf(int64(n)) + ManifestPiecesOf(int64(n)); last != want || total != want || len(store.durable[f.Handle()]) != want {
			t.Errorf("%d of %d pieces, want %d", last, total, want)
		}
		for _, b := range store.durable[f.Handle()] {
			if n > 100 && bytes.Contains(b, content[:32]) {
				t.Error("the storage peer can read the file")
			}
		}
		into := openPartial(t, t.TempDir(), content)
		must(t, download(t, content, into, clientOf(t, store, "store")).Run(testContext(t)))
		if !bytes.Equal(into.bytes(t), content) {
			t.Error("other bytes")
		}
	}
}

func TestUploadStopsWhenFullAndGoesOn(t *testing.T) {
	content := contentOf(30 * PieceSize)
	f, store, member := fileOf(t, content), newStore(11), memberWith(t, content)
	c := clientOf(t, store, "store")
	if err := Upload(testContext(t), c, f, member, nil); !errors.Is(err, ErrFull) {
		t.Fatalf("got %v", err)
	}
	if _, err := c.Present(testContext(t), f.Handle()); err != nil { // after all that is on its way
		t.Fatal(err)
	}
	store.mu.Lock()
	if got := len(store.durable[f.Handle()]); got != 11 || store.durable[f.Handle()][ManifestIndex(0)] == nil {
		t.Errorf("%d pieces are durable", got)
	}
	store.room = 100
	store.mu.Unlock()
	must(t, Upload(testContext(t), c, f, member, nil))
	if store.stores != 31 || len(store.durable[f.Handle()]) != 31 {
		t.Errorf("%d pieces were sent in all", store.stores)
	}
	if store.syncs >= store.stores {
		t.Errorf("%d syncs for %d pieces that came one behind the other", store.syncs, store.stores)
	}
	must(t, Upload(testContext(t), c, f, member, nil))
	if store.stores != 31 {
		t.Error("what is there was sent again")
	}
}

// fullSink finds out only at the end that there is no room.
type fullSink struct{ *inStore }

func (fullSink) Sync(context.Context) error { return ErrFull }

func TestPiecesThatCannotBecomeDurableFindNoRoom(t *testing.T) {
	content := contentOf(PieceSize)
	c := clientOf(t, fullSink{newStore(9)}, "store")
	if err := Upload(testContext(t), c, fileOf(t, content), memberWith(t, content), nil); !errors.Is(err, ErrFull) || c.Err() != nil {
		t.Errorf("%v, %v", err, c.Err())
	}
}

func TestMemberTakesNothing(t *testing.T) {
	content := contentOf(10)
	err := Upload(testContext(t), clientOf(t, memberWith(t), "b"), fileOf(t, content), memberWith(t, content), nil)
	if !errors.Is(err, ErrRefused) {
		t.Errorf("got %v", err)
	}
}

// failingSink says that its disk failed: what it was given must not be taken for
// durable.
type failingSink struct{ *inStore }

var errDisk = errors.New("the disk failed")

func (failingSink) Sync(context.Context) error { return errDisk }

func TestNothingIsStoredBeforeItIsDurable(t *testing.T) {
	content := contentOf(PieceSize)
	near, far := streams(t)
	served := make(chan error, 1)
	go func() { served <- Serve(testContext(t), far, failingSink{newStore(9)}) }()
	c := NewClient(near, "store")
	defer c.Close()
	if err := Upload(testContext(t), c, fileOf(t, content), memberWith(t, content), nil); err == nil {
		t.Error("it was said to be stored")
	}
	if err := <-served; !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}
