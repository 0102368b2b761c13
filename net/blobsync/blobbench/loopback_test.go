package blobbench

import (
	"context"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corkboard/blobs"
	"corkboard/net/blobsync"
)

// sample is a file of n bytes.
func sample(t testing.TB, n int) Sample {
	t.Helper()
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{}).Read(b)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := NewSample(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// loopback fetches into a store of files as a profile has it.
func loopback(t testing.TB, s Sample) Result {
	t.Helper()
	dir := t.TempDir()
	store, err := blobs.Open(filepath.Join(dir, "blobs"), filepath.Join(dir, "tmp"))
	if err != nil {
		t.Fatal(err)
	}
	id := blobs.ID(hex.EncodeToString(s.Blob[:]))
	into, err := store.Partial(id, s.File.Size, blobsync.PiecesOf(s.File.Size))
	if err != nil {
		t.Fatal(err)
	}
	defer into.Close()
	r, err := Loopback(context.Background(), s, into)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Verify(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFetchedFileIsABlob(t *testing.T) {
	for _, n := range []int{0, 1, blobsync.PieceSize + 1, 5 << 20} {
		if r := loopback(t, sample(t, n)); n > 0 && (r.Fetch <= 0 || r.Raw <= 0) {
			t.Errorf("%d bytes: %+v", n, r)
		}
	}
}

// BenchmarkLoopback reports medians.
func BenchmarkLoopback(b *testing.B) {
	s := sample(b, 256<<20)
	var fetch, raw []float64
	for b.Loop() {
		r := loopback(b, s)
		fetch, raw = append(fetch, r.Fetch), append(raw, r.Raw)
	}
	slices.Sort(fetch)
	slices.Sort(raw)
	b.ReportMetric(fetch[len(fetch)/2], "MB/s")
	b.ReportMetric(raw[len(raw)/2], "raw-MB/s")
}
