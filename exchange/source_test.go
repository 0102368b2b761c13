package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func zipped(t *testing.T, fill func(z *zip.Writer)) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	fill(z)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func entryOf(t *testing.T, z *zip.Writer, h *zip.FileHeader, text string) {
	t.Helper()
	w, err := z.CreateHeader(h)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestHostileArchivesAreKeptInBounds(t *testing.T) {
	link := &zip.FileHeader{Name: "link"}
	link.SetMode(fs.ModeSymlink | 0o777)
	name := zipped(t, func(z *zip.Writer) {
		entryOf(t, z, &zip.FileHeader{Name: "good/a.txt", Method: zip.Deflate}, "hello")
		for _, bad := range []string{"../up.txt", "/etc/passwd", "a/../../b", "c\\d", "good/a.txt"} {
			entryOf(t, z, &zip.FileHeader{Name: bad}, "bad")
		}
		entryOf(t, z, link, "/etc/passwd")
		entryOf(t, z, &zip.FileHeader{Name: "bomb", Method: zip.Deflate}, strings.Repeat("\x00", ratioFrom+1))
	})
	s, err := OpenArchive(name)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var found []string
	err = fs.WalkDir(s.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			found = append(found, name)
		}
		return err
	})
	if err != nil || len(found) != 1 || found[0] != "good/a.txt" {
		t.Errorf("found %q, %v", found, err)
	}
	if b, err := ReadFile(s.FS, "good/a.txt", 5); err != nil || string(b) != "hello" {
		t.Errorf("read %q, %v", b, err)
	}
	if _, err := ReadFile(s.FS, "good/a.txt", 4); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
	if s.Left[Strange] != 5 || s.Left[BadCard] != 1 || s.Left[TooLarge] != 1 {
		t.Errorf("left out: %v", s.Left)
	}
}

func TestWhatIsNoArchiveIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(name, []byte("PK no"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenArchive(name); !errors.Is(err, ErrArchive) {
		t.Errorf("damaged: %v", err)
	}
	if _, err := OpenArchive(filepath.Dir(name)); !errors.Is(err, ErrArchive) {
		t.Errorf("a folder: %v", err)
	}
}

func TestLinksDoNotLeadOutOfAFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret.txt")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.txt")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "folder")); err != nil {
		t.Fatal(err)
	}
	s, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, name := range []string{"link.txt", "folder/secret.txt", "../" + filepath.Base(outside) + "/secret.txt"} {
		if b, err := ReadFile(s.FS, name, 100); err == nil {
			t.Errorf("%s gives %q", name, b)
		}
	}
}

func TestSinksOverwriteNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s, err := NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(s, "a/b.txt", []byte("one")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a/b.txt", "../up.txt"} {
		if err := WriteFile(s, name, []byte("two")); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := NewFolder(dir); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("again: %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "a", "b.txt")); err != nil || string(b) != "one" {
		t.Errorf("it holds %q, %v", b, err)
	}
}
