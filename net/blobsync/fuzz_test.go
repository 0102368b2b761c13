package blobsync

import (
	"bytes"
	"errors"
	"testing"

	"corkboard/internal/lean"
)

// someMessages are one of each.
func someMessages() []message {
	piece := make([]byte, minSealed)
	return []message{
		{kind: askPresent, handle: Handle{1}},
		{kind: askPiece, handle: Handle{2}, index: 300},
		{kind: askPiece, handle: Handle{2}, index: ManifestIndex(maxManifestPieces - 1)},
		{kind: askStore, handle: Handle{3}, index: MaxPieces - 1, sealed: piece},
		{kind: answerPresent, present: Present{Manifest: AllBits(1), Content: AllBits(1000)}},
		{kind: answerPresent},
		{kind: answerPiece, sealed: piece},
		{kind: answerAbsent}, {kind: answerStored}, {kind: answerFull}, {kind: answerRefused}, {kind: answerWait},
	}
}

func TestMessagesAreReadAsWritten(t *testing.T) {
	for _, m := range someMessages() {
		b := append(m.head(), m.sealed...)
		got, err := parse(b)
		if err != nil || got.kind != m.kind || got.handle != m.handle || got.index != m.index || !bytes.Equal(got.sealed, m.sealed) {
			t.Errorf("%+v, %v", got, err)
		}
		for n := range len(b) {
			if _, err := parse(b[:n]); err == nil || !errors.Is(err, ErrProtocol) {
				t.Errorf("kind %d cut to %d bytes: %v", m.kind, n, err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, m := range someMessages() {
		f.Add(append(m.head(), m.sealed...))
	}
	f.Add([]byte{byte(askPiece)})
	f.Add([]byte{byte(answerPresent), 1, 0, 0})
	f.Add([]byte{99})
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		m, err := parse(b)
		if err != nil {
			if !errors.Is(err, ErrProtocol) {
				t.Fatal(err)
			}
			return
		}
		if again := append(m.head(), m.sealed...); !bytes.Equal(again, b) {
			t.Fatalf("%x is written as %x", b, again)
		}
		if !m.index.valid() || len(b) > MaxFrame {
			t.Fatalf("parsed into %v", m.index)
		}
	}))
}

// What opens was sealed by a member, and may be hostile all the same.
func FuzzOpen(f *testing.F) {
	content := contentOf(700)
	file := File{Key: Key{1, 2, 3}, Size: int64(len(content))}
	_, _, m, err := Sum(bytes.NewReader(content))
	if err != nil {
		f.Fatal(err)
	}
	file.Root = m.Root()
	s, err := newSealer(file)
	if err != nil {
		f.Fatal(err)
	}
	for _, i := range []Index{0, ManifestIndex(0)} {
		blank, plain := s.blank(i)
		copy(plain, content)
		f.Add(uint32(i), s.seal(i, blank))
	}
	f.Add(uint32(7), []byte{version})
	f.Fuzz(lean.Two(func(t *testing.T, i uint32, b []byte) {
		was := bytes.Clone(b)
		plain, err := s.open(Index(i), b)
		if err != nil {
			if !errors.Is(err, ErrForged) {
				t.Fatal(err)
			}
			return
		}
		blank, room := s.blank(Index(i))
		copy(room, plain)
		if !bytes.Equal(s.seal(Index(i), blank), was) {
			t.Fatalf("%v was opened and sealed into something else", Index(i))
		}
	}))
}

func FuzzReadManifest(f *testing.F) {
	f.Add(int64(1), make([]byte, 32))
	f.Add(int64(PieceSize+1), make([]byte, 64))
	f.Add(int64(-1), []byte{})
	f.Fuzz(lean.Two(func(t *testing.T, size int64, b []byte) {
		m, err := readManifest(size, b)
		if err != nil {
			if !errors.Is(err, ErrManifest) {
				t.Fatal(err)
			}
			return
		}
		if m.Pieces() != PiecesOf(size) || m.Verify(m.Root(), size) != nil {
			t.Fatalf("%d pieces of %d bytes", m.Pieces(), size)
		}
		for i := range ManifestPiecesOf(size) {
			b = b[len(m.part(i)):]
		}
		if len(b) != 0 {
			t.Fatalf("%d bytes are in no part", len(b))
		}
	}))
}

// A stream of anything ends with an error of ours or of the stream, and holds no
// more than a frame.
func FuzzFrames(f *testing.F) {
	var all []byte
	for _, m := range someMessages() {
		var one bytes.Buffer
		w := newFrameWriter(onlyBytes{&one})
		if err := errors.Join(w.put(m), w.flush()); err != nil {
			f.Fatal(err)
		}
		f.Add(one.Bytes())
		all = append(all, one.Bytes()...)
	}
	f.Add(all)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{0, 0, 0, 0})
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		r := newFrameReader(onlyBytes{bytes.NewBuffer(bytes.Clone(b))})
		var back bytes.Buffer
		w := newFrameWriter(onlyBytes{&back})
		for {
			m, err := r.next(false)
			if err != nil {
				break
			}
			if err := errors.Join(w.put(m), w.flush()); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.HasPrefix(b, back.Bytes()) {
			t.Fatalf("%x was read, and is written as %x", b, back.Bytes())
		}
	}))
}
