package chunk

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
)

// MaxDamage is how many damaged places of a file are passed over before the rest
// is given up, and how many are noted.
const MaxDamage = 256

// Damage is a place of a file that was passed over.
type Damage struct {
	Offset, Length int64 // bytes; Length 0: found at this place, nothing passed over
	Err            error // why
}

// FileReader reads a .corkbundle file from anywhere. What is damaged is passed
// over and noted. One goroutine.
type FileReader struct {
	r      *bufio.Reader
	left   int64 // bytes that may still be read
	offset int64
	ids    hash.Hash
	gap    Damage // that is being passed over; its Err is nil if there is none
	damage []Damage
	passed int // damaged places
	tries  int // marks with no whole entry behind them
	ended  bool
}

// NewFileReader reads the head of a file of at most limit bytes. Errors:
// ErrMalformed if it is no such file, ErrNewer, those of the reader below.
func NewFileReader(r io.Reader, limit int64) (*FileReader, error) {
	f := &FileReader{r: bufio.NewReaderSize(r, entryHead+MaxChunk), left: limit, ids: sha256.New()}
	head, err := f.r.Peek(len(fileHead) + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
	case err != nil || string(head[:len(fileHead)]) != fileHead || head[len(fileHead)] == 0:
		err = malformed("it does not begin like one")
	case head[len(fileHead)] > version:
		err = ErrNewer
	default:
		err = f.skip(len(head))
	}
	if err != nil {
		return nil, fmt.Errorf("reading a bundle file: %w", err)
	}
	return f, nil
}

// Damage lists the first MaxDamage places that were passed over so far, and
// counts all of them.
func (f *FileReader) Damage() (first []Damage, all int) { return f.damage, f.passed }

// Next returns the next whole chunk that Parse accepts; its bytes are the
// caller's. io.EOF comes at the end, damaged or not: see Damage. Other errors
// are final: ErrTooLarge beyond the limit, ErrMalformed if too much is damaged,
// those of the reader below.
func (f *FileReader) Next() (Sealed, error) {
	for !f.ended {
		size, id, err := f.look()
		switch {
		case errors.Is(err, errDamaged):
			err = f.pass(err)
		case err != nil:
		case size == 0:
			err = f.end(id)
		default:
			var s Sealed
			if s, err = f.take(size, id); err == nil && s.bytes != nil {
				return s, nil
			}
		}
		if errors.Is(err, io.EOF) {
			f.cut()
		} else if err != nil {
			return Sealed{}, fmt.Errorf("reading a bundle file: %w", err)
		}
	}
	return Sealed{}, io.EOF
}

var errDamaged = fmt.Errorf("%w: damaged", ErrMalformed)

// look finds out whether a whole entry, or the end, comes next, without taking it.
func (f *FileReader) look() (size int, id ID, err error) {
	head, err := f.r.Peek(entryHead)
	if err != nil {
		return 0, id, err
	}
	size, id = int(binary.BigEndian.Uint32(head[len(fileMark):])), ID(head[len(fileMark)+4:])
	switch {
	case !bytes.HasPrefix(head, fileMark[:]):
		return 0, id, fmt.Errorf("%w: no entry begins here", errDamaged)
	case size > MaxChunk:
		return 0, id, fmt.Errorf("%w: entry with a wrong length", errDamaged)
	case size == 0:
		return 0, id, nil
	}
	b, err := f.r.Peek(entryHead + size)
	switch {
	case errors.Is(err, io.EOF):
		return 0, id, fmt.Errorf("%w: entry is cut short", errDamaged)
	case err != nil:
		return 0, id, err
	case sha256.Sum256(b[entryHead:]) != id:
		return 0, id, fmt.Errorf("%w: entry with a wrong hash", errDamaged)
	}
	return size, id, nil
}

// take takes the entry that look has seen. What Parse refuses is noted and
// gives nothing.
func (f *FileReader) take(size int, id ID) (Sealed, error) {
	f.note()
	at := f.offset
	b, err := f.r.Peek(entryHead + size)
	if err != nil {
		return Sealed{}, err
	}
	s, refused := Parse(bytes.Clone(b[entryHead:]))
	if err := f.skip(entryHead + size); err != nil {
		return Sealed{}, err
	}
	f.ids.Write(id[:])
	if refused != nil {
		f.gap = Damage{Offset: at, Err: refused}
		f.note()
		return Sealed{}, nil
	}
	return s, nil
}

// pass goes on to what looks like the next entry.
func (f *FileReader) pass(why error) error {
	if f.gap.Err == nil {
		f.gap = Damage{Offset: f.offset, Err: why}
	}
	if f.tries++; f.tries > MaxDamage {
		f.note()
		return malformed("too much is damaged")
	}
	if err := f.skip(1); err != nil {
		return err
	}
	for {
		if _, err := f.r.Peek(len(fileMark)); err != nil {
			return err
		}
		b, err := f.r.Peek(f.r.Buffered())
		if err != nil {
			return err
		}
		if i := bytes.Index(b, fileMark[:]); i >= 0 {
			return f.skip(i)
		}
		if err := f.skip(len(b) - len(fileMark) + 1); err != nil {
			return err
		}
	}
}

// end takes the end of the file. That the ids are not those that were written
// is news only if nothing was passed over.
func (f *FileReader) end(ids ID) error {
	f.note()
	f.ended = true
	if err := f.skip(entryHead); err != nil {
		return err
	}
	if f.passed == 0 && ID(f.ids.Sum(nil)) != ids {
		f.gap = Damage{Offset: f.offset, Err: malformed("other entries than were written")}
	}
	if _, err := f.r.Peek(1); err == nil {
		f.gap = Damage{Offset: f.offset, Err: malformed("bytes after the end")}
	}
	f.note()
	return nil
}

// cut ends a file that does not end as it should.
func (f *FileReader) cut() {
	f.ended = true
	if n := f.r.Buffered(); n > 0 {
		if f.gap.Err == nil {
			f.gap = Damage{Offset: f.offset, Err: fmt.Errorf("%w: entry is cut short", errDamaged)}
		}
		f.offset += int64(n)
	}
	f.note()
	f.gap = Damage{Offset: f.offset, Err: malformed("the end is missing")}
	f.note()
}

// note puts down what was passed over up to here.
func (f *FileReader) note() {
	if f.gap.Err == nil {
		return
	}
	f.gap.Length = f.offset - f.gap.Offset
	if f.passed++; len(f.damage) < MaxDamage {
		f.damage = append(f.damage, f.gap)
	}
	f.gap = Damage{}
}

func (f *FileReader) skip(n int) error {
	if f.left -= int64(n); f.left < 0 {
		return ErrTooLarge
	}
	f.offset += int64(n)
	_, err := f.r.Discard(n)
	return err
}
