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
	below  io.Reader
	r      *bufio.Reader
	pieces bool  // it may hold some
	left   int64 // bytes that may still be read
	offset int64
	ids    hash.Hash
	gap    Damage // that is being passed over; its Err is nil if there is none
	damage []Damage
	passed int // damaged places
	tries  int // marks with no whole entry behind them
	ended  bool
}

// NewFileReader reads the head of a file of at most limit bytes. Of a reader that is an
// io.Seeker, pieces are not read but passed by. Errors: ErrMalformed if it is no such file,
// ErrNewer, those of the reader below.
func NewFileReader(r io.Reader, limit int64) (*FileReader, error) {
	f := &FileReader{below: r, r: bufio.NewReaderSize(r, entryHead+MaxChunk), left: limit, ids: sha256.New()}
	head, err := f.r.Peek(len(fileHead) + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
	case err != nil || string(head[:len(fileHead)]) != fileHead || head[len(fileHead)] == 0:
		err = malformed("it does not begin like one")
	case head[len(fileHead)] > fileVersion:
		err = ErrNewer
	default:
		f.pieces = head[len(fileHead)] >= 2
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

// Next returns the next whole chunk that Parse accepts; its bytes are the caller's.
// Pieces of files are passed by. io.EOF comes at the end, damaged or not: see Damage.
// Other errors are final: ErrTooLarge beyond the limit, ErrMalformed if too much is
// damaged, those of the reader below.
func (f *FileReader) Next() (Sealed, error) {
	for {
		s, _, err := f.next()
		if err != nil || s.bytes != nil {
			return s, err
		}
	}
}

// NextPiece returns the place of the next piece of a file, unread. Chunks are passed by.
// Errors as Next.
func (f *FileReader) NextPiece() (FilePiece, error) {
	for {
		s, p, err := f.next()
		if err != nil || s.bytes == nil {
			return p, err
		}
	}
}

// next is either a chunk or a piece.
func (f *FileReader) next() (Sealed, FilePiece, error) {
	for !f.ended {
		e, err := f.look()
		switch {
		case errors.Is(err, errDamaged):
			err = f.pass(err)
		case err != nil:
		case e.size == 0:
			err = f.end(e.id)
		case e.piece:
			var p FilePiece
			if p, err = f.by(e); err == nil {
				return Sealed{}, p, nil
			}
		default:
			var s Sealed
			if s, err = f.take(e); err == nil && s.bytes != nil {
				return s, FilePiece{}, nil
			}
		}
		if errors.Is(err, io.EOF) {
			f.cut()
		} else if err != nil {
			return Sealed{}, FilePiece{}, fmt.Errorf("reading a bundle file: %w", err)
		}
	}
	return Sealed{}, FilePiece{}, io.EOF
}

var errDamaged = fmt.Errorf("%w: damaged", ErrMalformed)

// found is an entry that comes next, or the end.
type found struct {
	size  int // bytes behind the head; 0: the end
	id    ID
	piece bool
}

// look finds out whether a whole entry, or the end, comes next, without taking it. Of a
// piece it sees the head alone.
func (f *FileReader) look() (found, error) {
	head, err := f.r.Peek(entryHead)
	if err != nil {
		return found{}, err
	}
	e := found{int(binary.BigEndian.Uint32(head[len(fileMark):])), ID(head[len(fileMark)+4:]), false}
	e.piece = f.pieces && bytes.HasPrefix(head, pieceMark[:])
	switch {
	case !e.piece && !bytes.HasPrefix(head, fileMark[:]):
		return e, fmt.Errorf("%w: no entry begins here", errDamaged)
	case e.piece && (e.size <= pieceHead || e.size > pieceHead+MaxFilePiece), e.size > MaxChunk:
		return e, fmt.Errorf("%w: entry with a wrong length", errDamaged)
	case e.size == 0:
		return e, nil
	case e.piece && int64(entryHead+e.size) > f.left:
		return e, fmt.Errorf("%w: entry is cut short", errDamaged)
	}
	want := entryHead + e.size
	if e.piece {
		want = entryHead + pieceHead
	}
	b, err := f.r.Peek(want)
	switch {
	case errors.Is(err, io.EOF):
		return e, fmt.Errorf("%w: entry is cut short", errDamaged)
	case err != nil:
		return e, err
	case !e.piece && sha256.Sum256(b[entryHead:]) != e.id:
		return e, fmt.Errorf("%w: entry with a wrong hash", errDamaged)
	}
	return e, nil
}

// take takes the chunk that look has seen. What Parse refuses is noted and
// gives nothing.
func (f *FileReader) take(e found) (Sealed, error) {
	f.note()
	at := f.offset
	b, err := f.r.Peek(entryHead + e.size)
	if err != nil {
		return Sealed{}, err
	}
	s, refused := Parse(bytes.Clone(b[entryHead:]))
	if err := f.skip(entryHead + e.size); err != nil {
		return Sealed{}, err
	}
	f.ids.Write(e.id[:])
	if refused != nil {
		f.gap = Damage{Offset: at, Err: refused}
		f.note()
		return Sealed{}, nil
	}
	return s, nil
}

// by passes the piece that look has seen.
func (f *FileReader) by(e found) (FilePiece, error) {
	f.note()
	b, err := f.r.Peek(entryHead + pieceHead)
	if err != nil {
		return FilePiece{}, err
	}
	b = b[entryHead:]
	p := FilePiece{Handle: [16]byte(b), Index: binary.BigEndian.Uint32(b[16:]), Offset: f.offset + int64(entryHead), length: e.size, id: e.id}
	f.ids.Write(e.id[:])
	return p, f.skip(entryHead + e.size)
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
		if i := f.mark(b); i >= 0 {
			return f.skip(i)
		}
		if err := f.skip(len(b) - len(fileMark) + 1); err != nil {
			return err
		}
	}
}

// mark is where the first mark of an entry is, -1 if there is none.
func (f *FileReader) mark(b []byte) int {
	at := bytes.Index(b, fileMark[:])
	if !f.pieces {
		return at
	}
	if of := bytes.Index(b, pieceMark[:]); of >= 0 && (at < 0 || of < at) {
		return of
	}
	return at
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

// skip leaves bytes behind; what is not read yet, unread where that can be.
func (f *FileReader) skip(n int) error {
	if f.left -= int64(n); f.left < 0 {
		return ErrTooLarge
	}
	f.offset += int64(n)
	if ahead := n - f.r.Buffered(); ahead > 0 {
		if seeker, ok := f.below.(io.Seeker); ok {
			_, err := seeker.Seek(int64(ahead), io.SeekCurrent)
			f.r.Reset(f.below)
			return err
		}
	}
	_, err := f.r.Discard(n)
	return err
}
