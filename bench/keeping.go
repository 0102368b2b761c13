package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"corkboard/blobs"
	"corkboard/chunk"
	"corkboard/net/blind"
	"corkboard/net/blobsync"
	"corkboard/net/blobsync/blobbench"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

const (
	sampleSize = 256 << 20 // bytes of the file that is fetched
	fetches    = 5
	keptItems  = 20_000 // of 10,000 documents: a genesis and a change each
	keptSize   = 640    // bytes before sealing
)

// files measures how fast a file comes over loopback: sealed, to disk, verified, and
// TCP alone beside it.
func files(ctx context.Context, dir string, r results) error {
	path := filepath.Join(dir, "sample")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	for range sampleSize / len(block) {
		_, _ = rand.Read(block)
		if _, err := f.Write(block); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	s, err := blobbench.NewSample(path)
	if err != nil {
		return err
	}
	var fetched, raw []float64
	for i := range fetches {
		store, err := blobs.Open(filepath.Join(dir, fmt.Sprint(i)), filepath.Join(dir, fmt.Sprint(i)+".tmp"))
		if err != nil {
			return err
		}
		part, err := store.Partial(blobs.ID(fmt.Sprintf("%x", s.Blob)), s.File.Size, blobsync.PiecesOf(s.File.Size))
		if err != nil {
			return err
		}
		got, err := blobbench.Loopback(ctx, s, part)
		if err != nil {
			return err
		}
		fetched, raw = append(fetched, got.Fetch), append(raw, got.Raw)
	}
	r["blob_loopback_MBps"], r["raw_tcp_loopback_MBps"] = quantile(fetched, 0.5), quantile(raw, 0.5)
	return nil
}

// storageEnv tells a child process to be weighed as a storage peer.
const storageEnv = "CORKBOARD_BENCH_STORAGE"

// storage measures the memory of a storage peer that keeps 10,000 documents: it takes
// all in, and gives all out again.
func storage(ctx context.Context, dir string, r results) error {
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), storageEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		return fmt.Errorf("the storage peer: %w", err)
	}
	return json.NewDecoder(bytes.NewReader(out)).Decode(&r)
}

// maybeStorage is the child: it does not return if this process is one.
func maybeStorage() {
	dir := os.Getenv(storageEnv)
	if dir == "" {
		return
	}
	r := results{}
	err := keep(dir, r)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "storage:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func keep(dir string, r results) error {
	s, err := blind.Open(filepath.Join(dir, "kept"), blind.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	tenant, err := s.AddTenant(wire.NewSecret([wire.SecretSize]byte{1}), 0)
	if err != nil {
		return err
	}
	id, err := s.Register(tenant, wire.NewSecret([wire.SecretSize]byte{2}))
	if err != nil {
		return err
	}
	n, err := s.Namespace(context.Background(), id)
	if err != nil {
		return err
	}
	defer n.Close()
	plain := make([]byte, keptSize)
	for range keptItems / 200 {
		items := make([]blind.Item, 200)
		for i := range items {
			_, _ = rand.Read(plain)
			b, err := chunk.SealRecord(chunk.CollectionID{1}, chunk.KindAccess, plain)
			if err != nil {
				return err
			}
			items[i] = blind.Item{Key: sha256.Sum256(b), Sort: docsync.Record, Body: b}
		}
		if err := n.Put(items); err != nil {
			return err
		}
	}
	for _, e := range n.After(0, keptItems) {
		if _, err := n.Bytes(e.Key); err != nil {
			return err
		}
	}
	r["storage_rss_10000_docs_mb"], err = resident(os.Getpid())
	return err
}
