package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

// An archive gives files of names that stay inside, each no longer than it says, or ErrArchive.
func FuzzArchive(f *testing.F) {
	packed := func(method uint16, names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i, name := range names {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
			if err == nil && !strings.HasSuffix(name, "/") {
				_, err = io.WriteString(w, strings.Repeat("content ", 100*i))
			}
			if err != nil {
				f.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		return b.Bytes()
	}
	f.Add(packed(zip.Deflate, "board.canvas", "files/a.png", "files/"))
	f.Add(packed(zip.Store, "board.json", "a/b/c.md"))
	f.Add(packed(zip.Deflate, "../out", "/abs", "a\\b", "x", "x", "a/../../b"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("PK\x03\x04"))
	const most = 1 << 20
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		s, err := readArchive(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if !errors.Is(err, ErrArchive) {
				t.Fatalf("another error: %v", err)
			}
			return
		}
		left := int64(most)
		_ = fs.WalkDir(s.FS, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || left <= 0 {
				return fs.SkipAll
			}
			if !fs.ValidPath(name) {
				t.Errorf("it has %q", name)
			}
			if !e.IsDir() {
				b, _ := ReadFile(s.FS, name, left) // a damaged one is told by its reader
				left -= int64(len(b)) + 1
			}
			return nil
		})
	}))
}
