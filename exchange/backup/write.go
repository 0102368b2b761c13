package backup

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"unicode/utf8"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"corkboard/record"
)

const (
	version = 1

	// MinPassphrase is how many characters a passphrase has at least: whoever has the
	// file can try as long as they like.
	MinPassphrase = 8

	// workFactor is the binary logarithm of scrypt's cost: a second and 256 MiB.
	workFactor = 18

	copyStep = 256 << 10 // bytes; between two of them a context that has ended is seen
)

// Head says what a backup is of.
type Head struct {
	Made int64  // ms since 1970 UTC
	App  string // version of the program that made it
}

func (h Head) encode() []byte {
	var w record.Writer
	w.Uint8(version)
	w.Uint(uint64(max(h.Made, 0)))
	w.String(h.App)
	return w.B
}

// Writer writes a backup. It belongs to one goroutine.
type Writer struct {
	tar   *tar.Writer
	whole io.Closer
	names sequence
	buf   []byte
}

// Create begins a backup; it takes about a second. Errors: ErrShort, those of w.
func Create(w io.Writer, passphrase string, h Head) (*Writer, error) {
	return create(w, passphrase, workFactor, h)
}

func create(w io.Writer, passphrase string, work int, h Head) (*Writer, error) {
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return nil, fmt.Errorf("beginning a backup: %w", ErrShort)
	}
	to, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, fmt.Errorf("beginning a backup: %w", err)
	}
	to.SetWorkFactor(work)
	sealed, err := age.Encrypt(w, to)
	if err != nil {
		return nil, fmt.Errorf("beginning a backup: %w", err)
	}
	debug.FreeOSMemory() // scrypt's, which is needed no more
	return begin(sealed, h)
}

// begin begins the archive that is sealed.
func begin(w io.WriteCloser, h Head) (*Writer, error) {
	b := &Writer{tar: tar.NewWriter(w), whole: w, buf: make([]byte, copyStep)}
	return b, b.AddBytes(headName, h.encode())
}

// AddBytes writes a small entry. Errors: those of Add.
func (b *Writer) AddBytes(name string, content []byte) error {
	if err := b.enter(name, int64(len(content))); err != nil {
		return err
	}
	_, err := b.tar.Write(content)
	return err
}

// Add writes an entry of a size in bytes. Errors: ErrOrder; ErrChanged if r has less;
// those of r and of what is written to; the context's.
func (b *Writer) Add(ctx context.Context, name string, size int64, r io.Reader) error {
	if err := b.enter(name, size); err != nil {
		return err
	}
	for left := size; left > 0; {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("backing up %s: %w", name, err)
		}
		n, err := io.ReadFull(r, b.buf[:min(left, copyStep)])
		if _, again := b.tar.Write(b.buf[:n]); again != nil {
			return fmt.Errorf("writing the backup: %w", again)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = ErrChanged
		}
		if err != nil {
			return fmt.Errorf("backing up %s: %w", name, err)
		}
		left -= int64(n)
	}
	return nil
}

func (b *Writer) enter(name string, size int64) error {
	if err := b.names.take(name, size); err != nil {
		return err
	}
	err := b.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600})
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	return nil
}

// Close writes the end, without which nobody takes the backup for one. What is written
// to stays open.
func (b *Writer) Close() error {
	if err := errors.Join(b.tar.Close(), b.whole.Close()); err != nil {
		return fmt.Errorf("ending the backup: %w", err)
	}
	return nil
}
