package bitflip

import (
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
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/plant"
	"corkboard/internal/proof"
)

// pageSize is that of SQLite's pages, and of the pieces that disks lose, in bytes.
const pageSize = 4096

// pageShare flips go with one lost page.
const pageShare = 5

// pageCanaries is how many lost pages a planted fault may survive.
const pageCanaries = 6

// starts is how often a person opens a profile that says that it wants to be opened again.
const starts = 3

// lost is a page of the log that is not what was written.
type lost struct {
	page int
	how  string // zeros, chance or another page
}

func (l lost) String() string { return fmt.Sprintf("log.db, page %d is %s", l.page, l.how) }

// lose draws a page and overwrites it.
func lose(dir string, random *rand.Rand) (l lost, err error) {
	path := filepath.Join(dir, "log.db")
	b, err := os.ReadFile(path)
	if err != nil {
		return l, err
	}
	pages := len(b) / pageSize
	l = lost{random.IntN(pages) + 1, []string{"zeros", "chance", "another page"}[random.IntN(3)]}
	at := b[(l.page-1)*pageSize : l.page*pageSize]
	switch l.how {
	case "zeros":
		clear(at)
	case "chance":
		for i := range at {
			at[i] = byte(random.Uint32())
		}
	case "another page": // a write that went to the wrong place
		from := random.IntN(pages)
		copy(at, b[from*pageSize:(from+1)*pageSize])
	}
	return l, os.WriteFile(path, b, 0o600)
}

func torn(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "log.db.torn"))
	return err == nil
}

// playPages loses one page of the log for each seed, of every second profile one that
// has no backup, and opens the profile until it does not ask for that any more.
func playPages(t *testing.T, dir string, o original, first uint64, n int) (with, without count) {
	t.Helper()
	for i := range n {
		seed := first + uint64(i)
		copied := filepath.Join(dir, fmt.Sprintf("page-%d", seed))
		must(t, copyOf(o.dir, copied))
		c, backup := &without, seed%2 == 0
		if backup {
			c = &with
			backUp(t, copied)
		}
		random := rand.New(rand.NewPCG(seed, 7))
		l, err := lose(copied, random)
		must(t, err)
		if random.IntN(2) == 0 {
			must(t, os.Remove(filepath.Join(copied, "cache.db")))
		}
		v := opened(t, o, copied, seed)
		must(t, os.RemoveAll(copied))
		again := fmt.Sprintf("seed %d: %v (backup: %v)", seed, l, backup)
		switch {
		case len(v.wrong) > 0:
			c.wrong++
			t.Errorf("%s: %s", again, strings.Join(v.wrong, "\n"))
		case v.closed != nil:
			c.closed++
			t.Logf("%s: %v", again, v.closed)
		case len(v.named) > 0:
			c.named++
			t.Logf("%s: %s", again, v.named[0])
		case len(v.checked) > 0:
			c.checked++
			t.Logf("%s: %s", again, v.checked[0])
		default:
			c.none++
		}
	}
	return with, without
}

// opened opens a profile as often as it asks for that, and tells how it is then; what was
// shown wrong before counts, too.
func opened(t *testing.T, o original, dir string, seed uint64) (v verdict) {
	t.Helper()
	var wrong []string
	for range starts {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		var err error
		v, err = try(ctx, o, dir)
		cancel()
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		wrong = append(wrong, v.wrong...)
		if !torn(dir) {
			break
		}
	}
	v.wrong = wrong
	return v
}

// backUp makes the program's own backup, as a minute after the start.
func backUp(t *testing.T, dir string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	a, err := app.Open(ctx, options(dir, false))
	must(t, err)
	_, err = a.Docs().(*docstore.Store).Backup(ctx)
	must(t, errors.Join(err, a.Close(ctx)))
}

// healPage loses a page under a shared board and waits until that is again what it was.
func healPage(t *testing.T, dir string, o original, seed uint64) {
	t.Helper()
	p, ctx, end := newPair(t, dir, o)
	defer end()
	f := p.spoilLog(t, ctx, rand.New(rand.NewPCG(seed, 8)), "SELECT body FROM chunks WHERE collection > 1")
	path := filepath.Join(p.mine, "log.db")
	b, err := os.ReadFile(path)
	must(t, err)
	clear(b[f.at/pageSize*pageSize : (f.at/pageSize+1)*pageSize])
	must(t, os.WriteFile(path, b, 0o600))
	opened(t, o, p.mine, seed)
	a, friend := p.together(t, ctx)
	defer func() { must(t, errors.Join(a.Close(ctx), friend.Close(ctx))) }()
	why := ""
	if !proof.Eventually(ctx, func() bool { why = unlikeShared(ctx, a, o); return why == "" }) {
		t.Errorf("seed %d: page %d: it does not come again: %s", seed, f.at/pageSize+1, why)
	}
}

// unlikeShared says how the shared boards and their cards differ from what was written.
func unlikeShared(ctx context.Context, a *app.App, o original) string {
	store, n := a.Docs().(*docstore.Store), 0
	for what, is := range o.truth.is {
		id, document := strings.CutPrefix(what, "document ")
		if !document {
			continue
		}
		if in, err := store.CollectionOf(doc.ID(id)); err == nil && in == store.HomeCollection() {
			continue
		}
		n++
		if got, err := whole(ctx, a, doc.ID(id)); err != nil || got != is {
			return fmt.Sprintf("%s is otherwise: %v", what, err)
		}
	}
	if n == 0 {
		return "nothing is shared"
	}
	return ""
}

// TestNoLostPageKeepsTheRest is the pages' part, in a program of its own for the canary.
func TestNoLostPageKeepsTheRest(t *testing.T) {
	proof.Need(t)
	first, n := proof.Runs(t, 60)
	n = max(n/pageShare, pageCanaries)
	dir := workshop(t)
	o := build(t, dir)
	with, without := playPages(t, dir, o, first, n)
	if with.closed+with.named > 0 {
		t.Errorf("with a backup %d profiles stayed shut and %d miss something", with.closed, with.named)
	}
	say := fmt.Sprintf("%d lost pages (seeds %d-%d): with a backup %d shown wrong, %d shut, %d in part, %d whole; without one %d wrong, %d shut, %d in part and said so, %d whole",
		n, first, first+uint64(n)-1, with.wrong, with.closed, with.named, with.checked+with.none,
		without.wrong, without.closed, without.named, without.checked+without.none)
	if os.Getenv(onlyEnv) != "" {
		proof.Say("bitflip", "%s", say)
		return
	}
	heals := 1 + n/50
	for i := range heals {
		healPage(t, dir, o, first+uint64(i))
	}
	proof.Say("bitflip", "%s; %d came again from a peer; %s", say, heals, pageCanary(t, dir))
}

// pageCanary loses pages under a program that never writes its log anew.
func pageCanary(t *testing.T, dir string) string {
	t.Helper()
	program := filepath.Join(dir, "planted-pages")
	must(t, plant.Test(t.Context(), program, "./proof/bitflip", plant.Fault{
		File: "docstore/rebuild.go", Old: "if !isThere(p.path(tornName)) {", New: "if true {",
	}))
	cmd := exec.CommandContext(t.Context(), program, "-test.run", "TestNoLostPage")
	cmd.Env = append(os.Environ(), onlyEnv+"=log.db", "SEED=1", "N=1")
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "stayed shut") {
		t.Errorf("canary: a log that is never written anew: %v: %s", err, said)
	}
	return "a log that is never written anew is found"
}
