//go:build linux

package powercut

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/docstore"
	"corkboard/internal/ledger"
)

// patience bounds the look at one profile, naming the wait for what records say.
const (
	patience = 3 * time.Minute
	naming   = 20 * time.Second
)

// found is what a disk showed after a cut.
type found struct {
	acked, blobs int // acknowledged before the cut
	lost         []string
	problems     []string // of the program's own check
}

// inspect mounts a disk as a cut has left it, opens the profile on it as the program
// does, and compares it with what was acknowledged.
func inspect(dir string, d disk, facts []ledger.Fact) (f found, err error) {
	root := filepath.Join(dir, "after")
	if err := os.Mkdir(root, 0o700); err != nil {
		return f, err
	}
	image := filepath.Join(dir, "image")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := d.save(image); err != nil {
		return f, err
	}
	m, err := mount(image, root)
	if err != nil {
		return f, fmt.Errorf("the file system cannot be mounted: %w", err)
	}
	defer func() {
		err = errors.Join(err, m.end())
		if err == nil {
			_, err = command("e2fsck", "-f", "-n", image)
		}
	}()
	return look(filepath.Join(root, "profile"), facts)
}

func look(profile string, facts []ledger.Fact) (f found, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	book, files, registers := ledger.New(), []blobs.ID(nil), map[string]int{}
	for _, fact := range facts {
		switch fact.What {
		case isBlob:
			files = append(files, blobs.ID(fact.Token))
		case isDevice, isProfile:
			if registers[fact.What], err = strconv.Atoi(fact.Token); err != nil {
				return f, err
			}
		default:
			book.Note(fact)
		}
		if fact.Sign != ledger.Maybe {
			f.acked++
		}
	}
	f.blobs = len(files)
	a, err := app.Open(ctx, appOptions(profile))
	if err != nil {
		f.lost = append(f.lost, fmt.Sprintf("the profile does not open: %v", err))
		return f, nil
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	s := a.Docs().(*docstore.Store)
	if state := s.AwaitKeys(ctx); state.Err != nil {
		f.lost = append(f.lost, fmt.Sprintf("the keys: %v", state.Err))
	}
	lost, _, err := book.Lost(ctx, s)
	f.lost = append(f.lost, lost...)
	if err != nil {
		return f, err
	}
	for _, id := range files {
		if err := a.Blobs().Verify(ctx, id); err != nil {
			f.lost = append(f.lost, err.Error())
		}
	}
	if n := registers[isDevice]; a.Device().BackedUp < int64(n) {
		f.lost = append(f.lost, fmt.Sprintf("settings: %d instead of %d", a.Device().BackedUp, n))
	}
	if n := registers[isProfile]; n > 0 && !isNamed(ctx, a, n) {
		f.lost = append(f.lost, fmt.Sprintf("the person's name: %q instead of %d", a.Me().Name, n))
	}
	checked, err := a.Check(ctx)
	f.problems = checked.Problems
	return f, err
}

// isNamed waits until the person is known by a name that is not older than n: records are
// read beside, and a busy machine takes its time.
func isNamed(ctx context.Context, a *app.App, n int) bool {
	wake := make(chan struct{}, 1)
	defer a.SubscribeTogether(func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	})()
	ctx, cancel := context.WithTimeout(ctx, naming)
	defer cancel()
	for {
		number, err := strconv.Atoi(strings.TrimPrefix(a.Me().Name, "person "))
		if err == nil && number >= n {
			return true
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return false
		}
	}
}
