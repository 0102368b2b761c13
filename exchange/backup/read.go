package backup

import (
	"archive/tar"
	"bufio"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"corkboard/record"
)

const (
	maxApp  = 256     // bytes of Head.App
	maxMade = 1 << 53 // ms since 1970 UTC
	ageMark = "age-encryption.org/"
)

// Entry is one file of a backup.
type Entry struct {
	Name string
	Size int64 // bytes
}

// Reader reads a backup. It belongs to one goroutine.
type Reader struct {
	tar   *tar.Reader
	whole io.Reader
	names sequence
	Head  Head
}

// Open reads the beginning of a backup; it takes about a second. Errors: ErrNotBackup,
// ErrWrongPassphrase, ErrNewer, ErrDamaged, those of r.
func Open(r io.Reader, passphrase string) (*Reader, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(len(ageMark)); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("opening a backup: %w", err)
	} else if string(mark) != ageMark {
		return nil, fmt.Errorf("opening a backup: %w", ErrNotBackup)
	}
	key, err := age.NewScryptIdentity(norm.NFC.String(passphrase))
	if err != nil {
		return nil, fmt.Errorf("opening a backup: %w", ErrWrongPassphrase)
	}
	key.SetMaxWorkFactor(workFactor)
	plain, err := age.Decrypt(in, key)
	debug.FreeOSMemory() // scrypt's, which is needed no more
	if none := new(age.NoIdentityMatchError); errors.As(err, &none) {
		return nil, fmt.Errorf("opening a backup: %w", ErrWrongPassphrase)
	}
	if err != nil {
		return nil, fmt.Errorf("opening a backup: %w: %w", ErrDamaged, err)
	}
	return read(plain)
}

// read reads the beginning of the archive that is sealed.
func read(plain io.Reader) (*Reader, error) {
	b := &Reader{tar: tar.NewReader(plain), whole: plain}
	e, err := b.Next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err != nil || e.Name != headName {
		return nil, fmt.Errorf("opening a backup: %w", ErrNotBackup)
	}
	head, err := b.Bytes(e)
	if err != nil {
		return nil, err
	}
	r := record.NewReader(head)
	if v := r.Uint8(); r.Err() == nil && v != version {
		return nil, fmt.Errorf("opening a backup: %w", ErrNewer)
	}
	b.Head.Made = int64(r.Uint(maxMade))
	b.Head.App = r.String(maxApp)
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("opening a backup: %w: %w", ErrDamaged, err)
	}
	return b, nil
}

// Next goes to the next entry; io.EOF once there is none and the file is whole and as
// it was written. Errors: ErrDamaged, ErrOrder with it.
func (b *Reader) Next() (Entry, error) {
	h, err := b.tar.Next()
	if errors.Is(err, io.EOF) {
		return Entry{}, b.end()
	}
	if err != nil {
		return Entry{}, damaged(err)
	}
	if h.Typeflag != tar.TypeReg {
		return Entry{}, damaged(fmt.Errorf("entry %.80q of type %q", h.Name, h.Typeflag))
	}
	for key := range h.PAXRecords { // a file with holes, for one, is larger than what is here
		if key != "size" {
			return Entry{}, damaged(fmt.Errorf("entry %.80q says %.40q", h.Name, key))
		}
	}
	if err := b.names.take(h.Name, h.Size); err != nil {
		return Entry{}, damaged(err)
	}
	return Entry{Name: h.Name, Size: h.Size}, nil
}

// end reads what follows the archive: nothing but zeros, up to the seal on the whole.
func (b *Reader) end() error {
	buf := make([]byte, copyStep)
	for {
		n, err := b.whole.Read(buf)
		for _, c := range buf[:n] {
			if c != 0 {
				return damaged(errors.New("something follows the end"))
			}
		}
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		if err != nil {
			return damaged(err)
		}
	}
}

// Read reads from the entry; io.EOF at its end. Errors: ErrDamaged.
func (b *Reader) Read(p []byte) (int, error) {
	n, err := b.tar.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(err)
	}
	return n, err
}

// Bytes reads a small entry whole. Errors: ErrOrder for one that is not small,
// ErrDamaged.
func (b *Reader) Bytes(e Entry) ([]byte, error) {
	if _, most := rankOf(e.Name); most == maxSize {
		return nil, fmt.Errorf("entry %.80q: %w", e.Name, ErrOrder)
	}
	out, err := io.ReadAll(b)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func damaged(err error) error { return fmt.Errorf("reading a backup: %w: %w", ErrDamaged, err) }
