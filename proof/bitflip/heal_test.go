package bitflip

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/proof"
	"corkboard/sqlite"
)

// pair is a copy of both profiles, in one of which something is about to be damaged.
type pair struct{ mine, theirs string }

// newPair copies both, for as long as patience lasts; end removes the copies.
func newPair(t *testing.T, dir string, o original) (p pair, ctx context.Context, end func()) {
	t.Helper()
	p = pair{filepath.Join(dir, "damaged"), filepath.Join(dir, "sound")}
	must(t, copyOf(o.dir, p.mine))
	must(t, copyOf(o.friend, p.theirs))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	return p, ctx, func() {
		cancel()
		must(t, errors.Join(os.RemoveAll(p.mine), os.RemoveAll(p.theirs)))
	}
}

// together opens both and lets them meet.
func (p pair) together(t *testing.T, ctx context.Context) (a, b *app.App) {
	t.Helper()
	b, err := app.Open(ctx, options(p.theirs, true))
	must(t, err)
	a, err = app.Open(ctx, options(p.mine, true))
	must(t, err)
	meet(t, ctx, a, b)
	return a, b
}

// healFile flips a bit of the file of the shared board and waits until it has come again
// from the friend.
func healFile(t *testing.T, dir string, o original, seed uint64) {
	t.Helper()
	p, ctx, end := newPair(t, dir, o)
	defer end()
	b, err := app.Open(ctx, options(p.theirs, false))
	must(t, err)
	var id blobs.ID
	must(t, b.Blobs().Walk(ctx, func(i blobs.ID, _ int64) error { id = i; return nil }))
	must(t, b.Close(ctx))
	f, err := choose(p.mine, filepath.Join("blobs", string(id[:2]), string(id[2:4]), string(id)), rand.New(rand.NewPCG(seed, 4)))
	must(t, err)
	must(t, f.in(p.mine))
	a, b := p.together(t, ctx)
	defer func() { must(t, errors.Join(a.Close(ctx), b.Close(ctx))) }()
	if _, err := a.Picture(ctx, id, false, 0, 4096); !errors.Is(err, blobs.ErrDamaged) {
		t.Errorf("seed %d: %v: the picture is shown: %v", seed, f, err)
	}
	if !proof.Eventually(ctx, func() bool { return a.Blobs().Has(id) && a.Blobs().Verify(ctx, id) == nil }) {
		t.Errorf("seed %d: %v: it is never fetched again", seed, f)
	}
}

// healItem flips a bit of a chunk or record of the shared board, in the log, and waits
// until all documents and the log are as they were.
func healItem(t *testing.T, dir string, o original, seed uint64) {
	t.Helper()
	p, ctx, end := newPair(t, dir, o)
	defer end()
	f := p.spoilLog(t, ctx, rand.New(rand.NewPCG(seed, 5)), `SELECT body FROM chunks WHERE collection > 1 UNION ALL
		SELECT body FROM records WHERE collection > 1 AND id > (SELECT min(id) FROM chunks WHERE collection > 1)`)
	a, b := p.together(t, ctx)
	defer func() { must(t, errors.Join(a.Close(ctx), b.Close(ctx))) }()
	why := ""
	if !proof.Eventually(ctx, func() bool { why = unlike(ctx, a, o); return why == "" }) {
		t.Errorf("seed %d: %v: it does not come again: %s", seed, f, why)
	}
}

// healAlone flips a bit of a chunk, record or step of the person's own, in the log, and
// looks whether the program's backup mends it.
func healAlone(t *testing.T, dir string, o original, seed uint64) {
	t.Helper()
	p, ctx, end := newPair(t, dir, o)
	defer end()
	a, err := app.Open(ctx, options(p.mine, false))
	must(t, err)
	_, err = a.Docs().(*docstore.Store).Backup(ctx) // as a minute after the start
	must(t, errors.Join(err, a.Close(ctx)))
	f := p.spoilLog(t, ctx, rand.New(rand.NewPCG(seed, 6)), `SELECT body FROM chunks WHERE collection = 1
		UNION ALL SELECT body FROM records WHERE collection = 1 UNION ALL SELECT body FROM steps`)
	a, err = app.Open(ctx, options(p.mine, false))
	must(t, err)
	defer func() { must(t, a.Close(ctx)) }()
	if why := unlike(ctx, a, o); why != "" {
		t.Errorf("seed %d: %v: the backup does not mend it: %s", seed, f, why)
	}
}

// unlike says how a profile differs from what was written.
func unlike(ctx context.Context, a *app.App, o original) string {
	for what, is := range o.truth.is {
		id, document := strings.CutPrefix(what, "document ")
		if !document {
			continue
		}
		if got, err := whole(ctx, a, doc.ID(id)); err != nil || got != is {
			return what + " is otherwise"
		}
	}
	if r, err := a.Check(ctx); err != nil || len(r.Problems) > 0 {
		return strings.Join(r.Problems, "; ")
	}
	return ""
}

// spoilLog flips a bit of one of the bodies in the log that a query gives, and takes the
// cache away.
func (p pair) spoilLog(t *testing.T, ctx context.Context, random *rand.Rand, query string) flip {
	t.Helper()
	const few = 48 // bytes of a body that lie side by side
	path := filepath.Join(p.mine, "log.db")
	var bodies [][]byte
	db, err := sqlite.Open(path, sqlite.Options{ReadOnly: true})
	must(t, err)
	must(t, db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var body []byte
			err := scan(&body)
			bodies = append(bodies, body)
			return err
		}, query)
	}))
	must(t, db.Close())
	body := bodies[random.IntN(len(bodies))]
	file, err := os.ReadFile(path)
	must(t, err)
	at := bytes.Index(file, body[:min(few, len(body))])
	if at < 0 {
		t.Fatal("a body is not in the file of the log")
	}
	f := flip{file: "log.db", at: int64(at + random.IntN(min(few, len(body)))), bit: random.IntN(8)}
	must(t, errors.Join(f.in(p.mine), os.Remove(filepath.Join(p.mine, "cache.db"))))
	return f
}
