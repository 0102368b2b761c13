package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
)

const (
	passphrase = "correct horse"
	lightWork  = 4
)

type open struct{ io.Writer }

func (open) Close() error { return nil }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func idOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// fill writes some of everything.
func fill(t testing.TB, b *Writer) {
	t.Helper()
	must(t, b.AddBytes(Header, []byte("{}")))
	must(t, b.AddBytes(Keys, []byte("keys")))
	must(t, b.Add(context.Background(), Log, 300_000, strings.NewReader(strings.Repeat("log", 100_000)+"and what is written later")))
	must(t, b.AddBytes(Device, nil))
	must(t, b.Add(context.Background(), BlobName(strings.Repeat("0", idLength)), 3, strings.NewReader("one")))
	must(t, b.Add(context.Background(), BlobName(strings.Repeat("f", idLength)), 0, strings.NewReader("")))
	must(t, b.Close())
}

// written is a whole backup.
func written(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	b, err := create(&out, passphrase, lightWork, Head{Made: 7, App: "1"})
	must(t, err)
	fill(t, b)
	return out.Bytes()
}

// plain is the archive without its seal.
func plain(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	b, err := begin(open{&out}, Head{Made: 7, App: "1"})
	must(t, err)
	fill(t, b)
	return out.Bytes()
}

// drain reads all entries.
func drain(b *Reader) (names []string, size int64, err error) {
	for {
		e, err := b.Next()
		if errors.Is(err, io.EOF) {
			return names, size, nil
		}
		if err != nil {
			return names, size, err
		}
		n, err := io.Copy(io.Discard, b)
		if err != nil {
			return names, size, err
		}
		if n != e.Size {
			return names, size, errors.New("an entry of another size")
		}
		names, size = append(names, e.Name), size+n
	}
}

func readAll(raw []byte, with string) ([]string, int64, error) {
	b, err := Open(bytes.NewReader(raw), with)
	if err != nil {
		return nil, 0, err
	}
	return drain(b)
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	raw := written(t)
	b, err := Open(bytes.NewReader(raw), passphrase)
	must(t, err)
	if b.Head != (Head{Made: 7, App: "1"}) {
		t.Errorf("head %+v", b.Head)
	}
	names, size, err := drain(b)
	must(t, err)
	if len(names) != 6 || names[2] != Log || size != 300_009 {
		t.Errorf("got %v, %d bytes", names, size)
	}
	if id, ok := BlobID(names[4]); !ok || id != strings.Repeat("0", idLength) {
		t.Errorf("blob %q", id)
	}
	for _, other := range []string{"", "correct horsf", "Correct horse"} {
		if _, _, err := readAll(raw, other); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("%q: %v", other, err)
		}
	}
}

func TestPassphrasesAreTheSameHoweverTyped(t *testing.T) {
	var out bytes.Buffer
	b, err := create(&out, "Grüße an alle", lightWork, Head{})
	must(t, err)
	fill(t, b)
	if _, _, err := readAll(out.Bytes(), "Gru\u0308ße an alle"); err != nil {
		t.Error(err)
	}
	if _, err := Create(io.Discard, "kürzer", Head{}); !errors.Is(err, ErrShort) {
		t.Errorf("short: %v", err)
	}
}

// TestOtherProgramsReadIt keeps the promise that nothing of Corkboard is needed.
func TestOtherProgramsReadIt(t *testing.T) {
	key, err := age.NewScryptIdentity(passphrase)
	must(t, err)
	r, err := age.Decrypt(bytes.NewReader(written(t)), key)
	must(t, err)
	archive := tar.NewReader(r)
	for n := 0; ; n++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			if n != 7 {
				t.Errorf("%d entries", n)
			}
			return
		}
		must(t, err)
		if h.Mode != 0o600 || strings.Contains(h.Name, "..") {
			t.Errorf("%q has mode %o", h.Name, h.Mode)
		}
	}
}

func TestEveryCutAndEveryChangeIsSeen(t *testing.T) {
	raw := written(t)
	for cut := 0; cut < len(raw); cut += 1 + cut/40 {
		if _, _, err := readAll(raw[:cut], passphrase); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotBackup) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	for at := 0; at < len(raw); at += 1 + at/60 {
		bent := bytes.Clone(raw)
		bent[at] ^= 1
		_, _, err := readAll(bent, passphrase)
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotBackup) && !errors.Is(err, ErrWrongPassphrase) {
			t.Fatalf("byte %d bent: %v", at, err)
		}
	}
	if _, _, err := readAll(append(bytes.Clone(raw), 0), passphrase); !errors.Is(err, ErrDamaged) {
		t.Errorf("longer: %v", err)
	}
	if _, _, err := readAll([]byte("PK\x03\x04 some archive"), passphrase); !errors.Is(err, ErrNotBackup) {
		t.Errorf("an archive: %v", err)
	}
}

func TestAFileThatShrinksIsNoted(t *testing.T) {
	b, err := begin(open{io.Discard}, Head{})
	must(t, err)
	must(t, b.AddBytes(Header, nil))
	if err := b.Add(context.Background(), Log, 10, strings.NewReader("short")); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	b, err = begin(open{io.Discard}, Head{})
	must(t, err)
	if err := b.Add(ended, Log, 10, strings.NewReader("0123456789")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAGreedyFileIsNotOpened(t *testing.T) {
	var out bytes.Buffer
	to, err := age.NewScryptRecipient(passphrase)
	must(t, err)
	to.SetWorkFactor(workFactor + 1)
	w, err := age.Encrypt(&out, to)
	must(t, err)
	must(t, w.Close())
	if _, _, err := readAll(out.Bytes(), passphrase); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}
