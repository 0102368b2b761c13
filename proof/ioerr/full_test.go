//go:build linux

package ioerr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/proof"
	"corkboard/sqlite"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v: %s", name, strings.Join(args, " "), err, out)
	}
}

// small mounts a file system of 8 MiB in memory until the test ends.
func small(t *testing.T, dir string) string {
	t.Helper()
	must(t, os.Mkdir(dir, 0o700))
	command(t, "mount", "-t", "tmpfs", "-o", "size=8m", "corkboard-ioerr", dir)
	return filepath.Join(dir, "profile")
}

// full fills the disk while somebody writes, goes on writing, makes room, and looks whether
// all is there: in memory while the disk is full, and on it afterwards.
func full(t *testing.T, ctx context.Context, dir string, random *rand.Rand) {
	t.Helper()
	profile := small(t, dir)
	defer command(t, "umount", dir)
	a, err := app.Open(ctx, appOptions(profile))
	must(t, err)
	id, r := a.NewDocument(cards.KindText, cards.NewText("begun\n"))
	must(t, r.Wait(ctx))
	live := doc.Open(a.Docs(), id, "text", cards.TextCodec{})
	if !proof.Eventually(ctx, func() bool { return live.Snapshot().State == doc.Ready }) {
		t.Fatal("the text does not open")
	}
	filler := filepath.Join(dir, "filler")
	spare := random.IntN(64 << 10)
	_ = os.WriteFile(filler, make([]byte, 16<<20), 0o600) // as much as there is room
	info, err := os.Stat(filler)
	must(t, err)
	must(t, os.Truncate(filler, max(0, info.Size()-int64(spare))))
	var receipts []doc.Receipt
	want := live.Snapshot().Value.Text
	for n := 0; n < 400 && !a.SaveState().Failed; n++ {
		noise := make([]byte, 2000)
		for i := range noise {
			noise[i] = byte('a' + random.IntN(26))
		}
		now := want + fmt.Sprintf("%d %s\n", n, noise)
		receipts = append(receipts, live.Do(cards.EditText{Was: want, Now: now}))
		must(t, receipts[n].Applied(ctx))
		want = now
		if n%20 == 19 { // in time for the disk to answer
			_ = a.Flush(ctx)
		}
	}
	s := a.SaveState()
	if !s.Failed || !errors.Is(s.Err, sqlite.ErrFull) || s.Words != "NOT SAVED: the disk is full" {
		t.Errorf("on a full disk it says %+v", s)
	}
	if _, _, err := a.Blobs().Put(ctx, bytes.NewReader(make([]byte, 1<<20))); err == nil {
		t.Error("a file was stored on a full disk")
	}
	if live.Snapshot().Value.Text != want {
		t.Error("what was written on a full disk is not shown")
	}
	must(t, os.Remove(filler))
	a.Retry()
	for _, r := range receipts {
		must(t, r.Wait(ctx))
	}
	live.Close()
	must(t, a.Close(ctx))
	same(t, ctx, profile, id, want)
}

// same opens a profile and compares a text.
func same(t *testing.T, ctx context.Context, profile string, id doc.ID, want string) {
	t.Helper()
	a, err := app.Open(ctx, appOptions(profile))
	must(t, err)
	defer a.Close(ctx)
	live := doc.Open(a.Docs(), id, "text", cards.TextCodec{})
	defer live.Close()
	proof.Eventually(ctx, func() bool { return live.Snapshot().State != doc.Loading })
	if now := live.Snapshot(); now.Err != nil || now.Value.Text != want {
		t.Errorf("after opening again there are %d of %d bytes: %v", len(now.Value.Text), len(want), now.Err)
	}
}

// readOnly opens a profile on a disk that cannot be written, where every edit is refused,
// and again once it can.
func readOnly(t *testing.T, ctx context.Context, dir string, random *rand.Rand) {
	t.Helper()
	profile := small(t, dir)
	defer command(t, "umount", dir)
	a, err := app.Open(ctx, appOptions(profile))
	must(t, err)
	text := strings.Repeat("words ", 1+random.IntN(2000))
	id, r := a.NewDocument(cards.KindText, cards.NewText(text))
	must(t, r.Wait(ctx))
	must(t, a.Close(ctx))
	command(t, "mount", "-o", "remount,ro", dir)
	a, err = app.Open(ctx, appOptions(profile))
	must(t, err)
	if !errors.Is(a.ReadOnly(), docstore.ErrReadOnly) {
		t.Errorf("it says %v", a.ReadOnly())
	}
	live := doc.Open(a.Docs(), id, "text", cards.TextCodec{})
	proof.Eventually(ctx, func() bool { return live.Snapshot().State != doc.Loading })
	if err := live.Do(cards.EditText{Was: text, Now: "other"}).Wait(ctx); !errors.Is(err, docstore.ErrReadOnly) {
		t.Errorf("an edit on a disk that cannot be written: %v", err)
	}
	live.Close()
	must(t, a.Close(ctx))
	command(t, "mount", "-o", "remount,rw", dir)
	same(t, ctx, profile, id, text)
}
