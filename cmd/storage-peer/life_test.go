package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/chunk"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

func secretOf(n byte) wire.Secret { return wire.NewSecret([wire.SecretSize]byte{n, 0xee, 0x55}) }

// words are what nobody but a member may read.
func words() (list []string) {
	for n := range 50 {
		list = append(list, fmt.Sprintf("Zwetschgenröster Nr. %d", n))
	}
	return list
}

// member is the store of somebody who has a board with these words.
func member(t testing.TB, collection chunk.CollectionID, words []string) *blind.Namespace {
	t.Helper()
	s, err := blind.Open(t.TempDir(), blind.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Register(tenant, secretOf(2))
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Namespace(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	var items []blind.Item
	for _, w := range words {
		raw, err := chunk.SealRecord(collection, chunk.KindPerson, []byte(w))
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, blind.Item{Key: sha256.Sum256(raw), Sort: docsync.Record, Body: raw})
	}
	if err := n.Put(items); err != nil {
		t.Fatal(err)
	}
	return n
}

// The life of a storage peer: it is owned by its link, keeps a board, is stopped, is
// looked at, and gives the board to somebody else.
func TestALife(t *testing.T) {
	dir, ctx := filepath.Join(t.TempDir(), "data"), t.Context()
	collection := chunk.CollectionID{1, 2, 3, 0xfe, 0xdc, 0xba, 9, 8, 7, 6, 5, 4}
	p := start(t, "run", "--data", dir, "--listen", "127.0.0.1:0", "--verbose")
	link := p.link()
	id, err := identity.ParseDeviceID(string(link.Document))
	if err != nil || link.At[0] == "" || link.At[1] == "" {
		t.Fatalf("%v, %q", err, link.At)
	}
	if second, out := command("run", "--data", dir, "--listen", "127.0.0.1:0"); second != exitLocked {
		t.Errorf("a second process in the same folder: %d, %s", second, out)
	}

	conn, result, err := newDesktop(t).meet(link.At[0], blind.FirstSecret(link.Secret))
	if err != nil {
		t.Fatal(err)
	}
	if result.Peer.Device != id || !bytes.HasSuffix(conn.Remote(), id[:]) {
		t.Error("the link names another device")
	}
	owner := newDesktop(t)
	conn, _, err = owner.meet(link.At[1], blind.FirstSecret(link.Secret))
	if err != nil {
		t.Fatal(err)
	}
	namespace := wire.NamespaceSecret(collection, id)
	a := owner.admin(conn)
	if err := errors.Join(a.Own(ctx, secretOf(3)), a.Register(ctx, namespace)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := newDesktop(t).meet(link.At[0], blind.FirstSecret(link.Secret)); !errors.Is(err, wire.ErrStranger) {
		t.Errorf("the link works twice: %v", err)
	}
	first := newDesktop(t)
	if conn, result, err = first.meet(link.At[0], namespace); err != nil {
		t.Fatal(err)
	}
	first.sync(conn, result.Matched[0].Tag, member(t, collection, words()))
	if code := p.end(); code != exitOK {
		t.Errorf("SIGTERM: code %d, %s", code, p.err.String())
	}

	looked(t, dir, collection)
	tellsNothing(t, dir, p.out.String()+p.err.String(), words())
	for _, secret := range []wire.Secret{namespace, secretOf(3)} {
		if b := secret.Reveal(); strings.Contains(p.err.String(), string(b[:])) || strings.Contains(p.err.String(), fmt.Sprintf("%x", b)) {
			t.Error("the log tells a secret")
		}
	}

	p = start(t, "run", "--data", dir, "--listen", "127.0.0.1:0", "--announce", "storage.example:4001")
	if p.out.String() != "" {
		t.Errorf("with an owner it prints %q", p.out.String())
	}
	p.end()
	p = start(t, "run", "--data", dir, "--listen", "127.0.0.1:0")
	second := newDesktop(t)
	where := addresses(t, dir)
	if conn, result, err = second.meet(where[0], namespace); err != nil {
		t.Fatal(err)
	}
	second.sync(conn, result.Matched[0].Tag, member(t, collection, words()[:3]))
	if code := p.end(); code != exitOK {
		t.Errorf("SIGTERM: code %d", code)
	}
}

func addresses(t *testing.T, dir string) []string {
	t.Helper()
	s, err := blind.Open(dir, blind.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at, err := s.Addresses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return at[:]
}

// command runs in this process, and gives its code and all that it prints.
func command(args ...string) (int, string) {
	var out bytes.Buffer
	code := run(context.Background(), args, &out, &out)
	return code, out.String()
}

// looked tries the commands that look into the folder.
func looked(t *testing.T, dir string, collection chunk.CollectionID) {
	t.Helper()
	code, out := command("status", "--data", dir)
	for _, part := range []string{"owner         yes", "1 (owner)", "no limit", "50     0"} {
		if code != exitOK || !strings.Contains(out, part) {
			t.Errorf("status: %d, no %q in:\n%s", code, part, out)
		}
	}
	if code, out = command("verify", "--data", dir); code != exitOK || !strings.Contains(out, "1 tenants, 1 namespaces, 50 items") {
		t.Errorf("verify: %d, %s", code, out)
	}
	file := filepath.Join(t.TempDir(), "board.corkbundle")
	if code, out = command("export", "--data", dir, "--namespace", "1", file); code != exitOK || !strings.Contains(out, "50 sealed") {
		t.Errorf("export: %d, %s", code, out)
	}
	if code, out = command("export", "--data", dir, "--namespace", "1", file); code != exitFailed {
		t.Errorf("exporting over a file: %d, %s", code, out)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := chunk.NewFileReader(f, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for ; ; n++ {
		sealed, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := chunk.OpenRecord(collection, sealed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if n != 50 {
		t.Errorf("%d chunks in the file", n)
	}
	if code, out = command("link", "--data", dir); code != exitFailed || !strings.Contains(out, "has an owner") {
		t.Errorf("link: %d, %s", code, out)
	}
}

// tellsNothing searches names, bytes and what was printed.
func tellsNothing(t *testing.T, dir, printed string, words []string) {
	t.Helper()
	all := []byte(printed)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all = append(append(all, path...), b...)
		return err
	})
	if err != nil || len(all) < 16<<10 {
		t.Fatal(len(all), err)
	}
	for _, w := range words {
		if bytes.Contains(all, []byte(w)) {
			t.Errorf("found %q", w)
		}
	}
}

func TestAnotherOwner(t *testing.T) {
	dir := t.TempDir()
	p := start(t, "run", "--data", dir, "--listen", "127.0.0.1:0")
	was := p.link()
	if code, out := command("link", "--data", dir); code != exitOK || linkIn(t, out) != was {
		t.Errorf("link while it runs: %d, %s", code, out)
	}
	if code, out := command("link", "--data", dir, "--new-owner"); code != exitLocked {
		t.Errorf("a new owner while it runs: %d, %s", code, out)
	}
	p.end()
	if code, out := command("link", "--data", dir, "--new-owner"); code != exitOK || linkIn(t, out) != was {
		t.Errorf("with no owner the link stays: %d, %s", code, out)
	}
	s, err := blind.Open(dir, blind.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Own(secretOf(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out := command("link", "--data", dir, "--new-owner"); code != exitOK || linkIn(t, out) == was {
		t.Errorf("a new owner's link: %d, %s", code, out)
	}
}
