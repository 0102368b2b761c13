package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/share"
)

// bundleTest writes a board to a bundle.
func bundleTest(t *testing.T, a *App, id doc.ID) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "board.corkbundle")
	must(t, a.ExportAs(testContext(t), Exporting{Board: id, Format: FormatBundle, To: path}))
	return path
}

// onStick is two people who never meet, on a board of the first: what lies on it, and the
// link by which the second has come.
func onStick(t *testing.T) (a, b *App, id doc.ID, picture blobs.ID) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the engine takes minutes under the race detector")
	}
	a, b = openTest(t, t.TempDir()), openTest(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	old := newBoard(t, a, "Plans")
	newText(t, a, old, board.Point{}, "from before")
	content := gradient(900, 700)
	_, err := a.ImportBytes(ctx, old, board.Point{X: 900}, "sky.png", content)
	must(t, err)
	id, err = a.Share(ctx, old)
	must(t, err)
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	sum := sha256.Sum256(content)
	return a, b, id, blobs.ID(hex.EncodeToString(sum[:]))
}

func TestTwoWhoNeverMeetExchangeByStick(t *testing.T) {
	a, b, id, picture := onStick(t)
	ctx := testContext(t)
	came, err := b.ImportBundle(ctx, bundleTest(t, a, id), nil)
	must(t, err)
	if came.Changes < 3 || came.Files != 1 || came.People == 0 || came.Trouble() || len(came.Boards) != 1 || came.Boards[0].Document != id {
		t.Errorf("came %+v", came)
	}
	if got := saidOn(t, b, id); !strings.Contains(got, "from before") || !b.blobs.Has(picture) {
		t.Errorf("b has %q, and the picture: %v", got, b.blobs.Has(picture))
	}
	if s := b.Sharing(id); s.Mine != share.Write || s.Waiting {
		t.Errorf("b is on it as %+v", s)
	}
	again, err := b.ImportBundle(ctx, bundleTest(t, a, id), nil)
	must(t, err)
	if said := strings.Join(again.Sentences(), " "); said != "Nothing in the bundle was new." {
		t.Errorf("the second time: %q, %+v", said, again)
	}

	newText(t, a, id, board.Point{X: 500}, "from a")
	newText(t, b, id, board.Point{Y: 500}, "from b")
	answer := gradient(300, 500)
	_, err = b.ImportBytes(ctx, id, board.Point{X: 2000}, "sea.png", answer)
	must(t, err)
	back, err := a.ImportBundle(ctx, bundleTest(t, b, id), nil)
	must(t, err)
	if back.Files != 1 || back.Changes < 2 || back.Trouble() {
		t.Errorf("went back: %+v", back)
	}
	if len(a.Sharing(id).Members) != 2 {
		t.Errorf("a does not know of b: %+v", a.Sharing(id))
	}
	_, err = b.ImportBundle(ctx, bundleTest(t, a, id), nil)
	must(t, err)
	want := saidOn(t, a, id)
	if got := saidOn(t, b, id); got != want || !strings.Contains(got, "from a") || !strings.Contains(got, "from b") {
		t.Errorf("b says %q, a says %q", got, want)
	}
}

// A bundle shows nothing of a board to who is not on it, and changes nothing there.
func TestABundleIsNoInvitation(t *testing.T) {
	a, b, id, _ := onStick(t)
	ctx := testContext(t)
	path := bundleTest(t, a, id)
	content, err := os.ReadFile(path)
	must(t, err)
	if bytes.Contains(content, []byte("from before")) || bytes.Contains(content, []byte("Ada")) || bytes.Contains(content, []byte(id)) {
		t.Error("the bundle can be read")
	}
	c := openTest(t, t.TempDir())
	before, err := c.Report(ctx)
	must(t, err)
	_, err = c.ImportBundle(ctx, path, nil)
	if !errors.Is(err, ErrNotForYou) || !strings.Contains(Sentence(err), "Ask somebody on it for a link") {
		t.Errorf("a stranger: %v", err)
	}
	if after, err := c.Report(ctx); err != nil || after.Documents != before.Documents || after.Files != before.Files {
		t.Errorf("a stranger has %+v, had %+v, %v", after, before, err)
	}
	_, err = b.ImportBundle(ctx, path, nil)
	must(t, err)
	_, err = a.ImportBundle(ctx, bundleTest(t, b, id), nil)
	must(t, err)
	must(t, a.RemoveMember(ctx, id, b.Me().Person))
	newText(t, a, id, board.Point{X: 700}, "after that")
	late := bundleTest(t, a, id)
	if _, err := b.ImportBundle(ctx, late, nil); !errors.Is(err, ErrOutOfBundle) {
		t.Errorf("who was removed: %v", err)
	}
	if got := saidOn(t, b, id); strings.Contains(got, "after that") || !strings.Contains(got, "from before") {
		t.Errorf("who was removed reads %q", got)
	}
	// Who opens the link first, and then a bundle from before it was made, is told so.
	d := openTest(t, t.TempDir())
	link, err := a.CopyLink(ctx, id, share.Admin)
	must(t, err)
	_, err = d.Join(ctx, link)
	must(t, err)
	if _, err := d.ImportBundle(ctx, path, nil); !errors.Is(err, ErrOutOfBundle) {
		t.Errorf("a bundle of before the invitation: %v", err)
	}
	_, err = d.ImportBundle(ctx, bundleTest(t, a, id), nil)
	must(t, err)
	if got := saidOn(t, d, id); !strings.Contains(got, "after that") {
		t.Errorf("who has joined reads %q", got)
	}
}

func TestABoardOfOnesOwnIsNoBundle(t *testing.T) {
	a := openTest(t, t.TempDir())
	path := filepath.Join(t.TempDir(), "own.corkbundle")
	if err := a.ExportAs(testContext(t), Exporting{Board: a.home, Format: FormatBundle, To: path}); !errors.Is(err, ErrBundleAlone) {
		t.Errorf("a board of one's own: %v", err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("something was written")
	}
}

// What is damaged is passed over and said; the rest is taken, and what was lost comes with
// a whole bundle.
func TestDamagedBundles(t *testing.T) {
	a, b, id, picture := onStick(t)
	ctx := testContext(t)
	path := bundleTest(t, a, id)
	whole, err := os.ReadFile(path)
	must(t, err)
	spoil := func(change func([]byte) []byte) string {
		out := filepath.Join(t.TempDir(), "spoilt.corkbundle")
		must(t, os.WriteFile(out, change(bytes.Clone(whole)), 0o600))
		return out
	}
	for name, c := range map[string]struct {
		path string
		want error
	}{
		"no head": {spoil(func(b []byte) []byte { b[3] ^= 1; return b }), ErrNotBundle},
		"empty":   {spoil(func(b []byte) []byte { return nil }), ErrNotBundle},
		"later":   {spoil(func(b []byte) []byte { b[12] = 99; return b }), ErrBundleNewerFile},
		"all marks": {spoil(func(b []byte) []byte {
			return append(b[:13], bytes.Repeat([]byte{0xc5, 0x0c, 0x4b, 0xb7, 0, 1, 0, 0}, 50_000)...)
		}), ErrBundleBroken},
		"a folder": {t.TempDir(), ErrNotBundle},
	} {
		if _, err := b.ImportBundle(ctx, c.path, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	marks := bytes.Repeat([]byte{0xc5, 0x0c, 0x4b, 0xb7, 0, 1, 0, 0}, 50_000)
	broken := spoil(func(b []byte) []byte { return append(b[:len(b)-len(b)/8], marks...) })
	if _, err := b.ImportBundle(ctx, broken, nil); !errors.Is(err, ErrBundleBroken) || !strings.Contains(saidOn(t, b, id), "from before") {
		t.Errorf("a bundle that breaks off: %v, %q", err, saidOn(t, b, id))
	}
	last := len(whole) - 3000 // in the last piece of the picture
	came, err := b.ImportBundle(ctx, spoil(func(b []byte) []byte { b[last] ^= 1; return b }), nil)
	must(t, err)
	if came.Missing != 1 || came.Files != 0 || !came.Trouble() || b.blobs.Has(picture) || !strings.Contains(saidOn(t, b, id), "from before") {
		t.Errorf("a damaged piece: %+v", came)
	}
	came, err = b.ImportBundle(ctx, spoil(func(b []byte) []byte { return b[:len(b)-40] }), nil)
	must(t, err)
	if came.Damaged == 0 || !b.blobs.Has(picture) {
		t.Errorf("without the end: %+v", came)
	}
}

// readBundle gives all items of a bundle, copied, and all its pieces.
func readBundle(t *testing.T, path string, item func([]byte), piece func(chunk.FilePiece, []byte)) {
	t.Helper()
	in, err := os.Open(path)
	must(t, err)
	defer in.Close()
	r, err := chunk.NewFileReader(in, 1<<40)
	must(t, err)
	for {
		s, err := r.Next()
		if err != nil {
			break
		}
		item(bytes.Clone(s.Bytes()))
	}
	_, err = in.Seek(0, 0)
	must(t, err)
	r, err = chunk.NewFileReader(in, 1<<40)
	must(t, err)
	for {
		p, err := r.NextPiece()
		if err != nil {
			break
		}
		sealed, err := p.Read(in)
		must(t, err)
		piece(p, sealed)
	}
}

// forged is a bundle of a board with other items and pieces.
func forged(t *testing.T, path string, item func([]byte) []byte, piece func(chunk.FilePiece, []byte) (uint32, []byte)) string {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "forged.corkbundle"))
	must(t, err)
	defer out.Close()
	w, err := chunk.NewFileWriter(out)
	must(t, err)
	readBundle(t, path, func(raw []byte) { must(t, w.Add(item(raw))) }, func(p chunk.FilePiece, sealed []byte) {
		index, sealed := piece(p, sealed)
		must(t, w.AddPiece(p.Handle, index, sealed))
	})
	must(t, w.Close())
	return out.Name()
}

// Whoever writes a bundle can hash as well as we do: what is forged is refused for what it
// is, nothing that is here is lost, and the whole bundle works afterwards.
func TestHostileBundles(t *testing.T) {
	a, b, id, picture := onStick(t)
	ctx := testContext(t)
	path := bundleTest(t, a, id)
	same := func(b []byte) []byte { return b }
	samePiece := func(p chunk.FilePiece, b []byte) (uint32, []byte) { return p.Index, b }
	n := 0
	spoiltItems := func(b []byte) []byte {
		if s, err := chunk.Parse(b); err == nil && s.Kind == chunk.KindChange {
			n++
			b[len(b)-1] ^= 1
		}
		return b
	}
	came, err := b.ImportBundle(ctx, forged(t, path, spoiltItems, samePiece), nil)
	must(t, err)
	if came.Refused != n || came.Changes != 0 || n == 0 {
		t.Errorf("%d forged changes: %+v", n, came)
	}
	for name, piece := range map[string]func(chunk.FilePiece, []byte) (uint32, []byte){
		"other bytes":   func(p chunk.FilePiece, b []byte) (uint32, []byte) { b[len(b)/2] ^= 1; return p.Index, b },
		"other numbers": func(p chunk.FilePiece, b []byte) (uint32, []byte) { return p.Index ^ 1, b },
		"no such index": func(p chunk.FilePiece, b []byte) (uint32, []byte) { return 1<<32 - 1, b },
		"other lengths": func(p chunk.FilePiece, b []byte) (uint32, []byte) { return p.Index, b[:10] },
	} {
		came, err := b.ImportBundle(ctx, forged(t, path, same, piece), nil)
		must(t, err)
		if came.Files != 0 || came.Missing != 1 || b.blobs.Has(picture) {
			t.Errorf("%s: %+v", name, came)
		}
	}
	came, err = b.ImportBundle(ctx, path, nil)
	must(t, err)
	if came.Files != 1 || came.Trouble() || !strings.Contains(saidOn(t, b, id), "from before") {
		t.Errorf("the whole one: %+v", came)
	}
}

// A storage peer writes items as they came to it: what a bundle brings does not depend on
// their order, and pieces may stand before what names them.
func TestTheOrderInABundleDoesNotMatter(t *testing.T) {
	a, b, id, picture := onStick(t)
	path := bundleTest(t, a, id)
	var out bytes.Buffer
	w, err := chunk.NewFileWriter(&out)
	must(t, err)
	var items [][]byte
	readBundle(t, path, func(raw []byte) { items = append(items, raw) }, func(p chunk.FilePiece, sealed []byte) {
		must(t, w.AddPiece(p.Handle, p.Index, sealed))
	})
	slices.Reverse(items)
	for _, i := range items {
		must(t, w.Add(i))
	}
	must(t, w.Close())
	turned := filepath.Join(t.TempDir(), "turned.corkbundle")
	must(t, os.WriteFile(turned, out.Bytes(), 0o600))
	came, err := b.ImportBundle(testContext(t), turned, nil)
	must(t, err)
	if came.Trouble() || came.Files != 1 || !b.blobs.Has(picture) || !strings.Contains(saidOn(t, b, id), "from before") {
		t.Errorf("came %+v, %q", came, saidOn(t, b, id))
	}
}

func TestGivingABundleUp(t *testing.T) {
	a, b, id, picture := onStick(t)
	path := bundleTest(t, a, id)
	ctx, cancel := context.WithCancel(testContext(t))
	_, err := b.ImportBundle(ctx, path, func(done, total int64) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || Sentence(err) != "" {
		t.Errorf("given up: %v", err)
	}
	to := filepath.Join(t.TempDir(), "half.corkbundle")
	out, cancel := context.WithCancel(testContext(t))
	err = a.ExportAs(out, Exporting{Board: id, Format: FormatBundle, To: to, Progress: func(int, int) { cancel() }})
	if list, _ := os.ReadDir(filepath.Dir(to)); !errors.Is(err, context.Canceled) || len(list) > 0 {
		t.Errorf("given up: %v, %v", err, list)
	}
	_, err = b.ImportBundle(testContext(t), path, nil)
	must(t, err)
	if !b.blobs.Has(picture) {
		t.Error("no picture")
	}
}
