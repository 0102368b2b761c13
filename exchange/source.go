package exchange

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// Limits of an archive: of what it may unpack to.
const (
	maxEntries = 100_000
	maxEntry   = 16 << 30 // bytes of a file
	maxArchive = 64 << 30 // bytes of all files
	maxRatio   = 1000     // unpacked to packed; zeros make 1,030
	ratioFrom  = 8 << 20  // bytes up to which no ratio is too high
	maxPath    = 1024     // bytes of a name
)

// ErrArchive says that a file is no zip archive, or a damaged one, or one that is larger
// than is allowed.
var ErrArchive = errors.New("not a readable archive")

// Source is the files that come in. It is a stranger's: FS never leads out of it.
type Source struct {
	FS     fs.FS
	Left   Left // what was left out already when it was opened
	closer io.Closer
}

// Close gives the files back.
func (s *Source) Close() error { return s.closer.Close() }

// OpenFolder makes a Source of a folder. Links that lead out of it lead nowhere.
func OpenFolder(dir string) (*Source, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the folder: %w", err)
	}
	return &Source{FS: root.FS(), closer: root}, nil
}

// OpenArchive makes a Source of a zip archive. Entries with names that lead elsewhere,
// links, and what unpacks to too much are left out. Errors: ErrArchive, those of the file
// system.
func OpenArchive(file string) (*Source, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrArchive
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s, err := readArchive(f, info.Size())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s.closer = f
	return s, nil
}

func readArchive(r io.ReaderAt, size int64) (*Source, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrArchive, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: %d entries", ErrArchive, len(z.File))
	}
	s := &Source{FS: z}
	kept, total := z.File[:0], uint64(0)
	taken := map[string]bool{}
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, "/")
		switch mode := f.Mode(); {
		case !fs.ValidPath(name) || !utf8.ValidString(name) || len(name) > maxPath || strings.ContainsAny(name, "\\\x00"):
			s.Left.Note(Strange)
		case !mode.IsRegular() && !mode.IsDir():
			s.Left.Note(Strange)
		case taken[name]:
			s.Left.Note(BadCard)
		case tooLarge(f) || total+f.UncompressedSize64 > maxArchive:
			s.Left.Note(TooLarge)
		default:
			taken[name] = true
			total += f.UncompressedSize64
			kept = append(kept, f)
		}
	}
	z.File = kept
	return s, nil
}

// tooLarge says whether an entry unpacks to more than is allowed. The archive cannot lie:
// reading ends with an error where an entry is longer than it says.
func tooLarge(f *zip.File) bool {
	size := f.UncompressedSize64
	return size > maxEntry || size > ratioFrom && size/max(f.CompressedSize64, 1) > maxRatio
}

// Open opens a plain file and tells its size in bytes. It looks before it opens: opening a
// pipe would block for ever. Errors: those of the file system, fs.ErrInvalid for what is no
// plain file.
func Open(from fs.FS, name string) (fs.File, int64, error) {
	info, err := fs.Stat(from, name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := from.Open(name)
	return f, info.Size(), err
}

// ErrTooLong says that a file is longer than it may be to be read whole.
var ErrTooLong = errors.New("the file is too long")

// ReadFile reads a file of at most limit bytes whole. Errors: ErrTooLong, those of the
// file system.
func ReadFile(from fs.FS, name string, limit int64) ([]byte, error) {
	f, _, err := Open(from, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("reading %q: %w", name, ErrTooLong)
	}
	return b, err
}
