package chunk

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// withPieces is a file with two chunks, n pieces of different lengths between them and one
// behind.
func withPieces(t testing.TB, w *world, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	f, err := NewFileWriter(&out)
	for i := 0; err == nil && i < n+3; i++ {
		if i == 0 || i == n+1 {
			err = f.Add(w.seal(w.change(Link{}, i)))
		} else {
			err = f.AddPiece([16]byte{9, byte(i)}, uint32(i), bytes.Repeat([]byte{byte(i)}, i*300))
		}
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// piecesOf reads all pieces that can be read, and counts those that cannot.
func piecesOf(t *testing.T, b []byte) (list map[uint32][]byte, bad int, damage []Damage) {
	t.Helper()
	in := bytes.NewReader(b)
	f, err := NewFileReader(in, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	list = map[uint32][]byte{}
	for {
		p, err := f.NextPiece()
		if errors.Is(err, io.EOF) {
			damage, _ = f.Damage()
			return list, bad, damage
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Read(bytes.NewReader(b))
		if errors.Is(err, ErrMalformed) {
			bad++
			continue
		}
		if err != nil || p.Handle != [16]byte{9, byte(p.Index)} {
			t.Fatalf("%v: %v", p, err)
		}
		list[p.Index] = got
	}
}

func TestPiecesOfFilesAreRead(t *testing.T) {
	w := newWorld(t, 87)
	b := withPieces(t, w, 4)
	list, bad, damage := piecesOf(t, b)
	if len(list) != 5 || bad > 0 || len(damage) > 0 {
		t.Fatalf("%d pieces, %d damaged, %v", len(list), bad, damage)
	}
	for i, got := range list {
		if !bytes.Equal(got, bytes.Repeat([]byte{byte(i)}, int(i)*300)) {
			t.Errorf("piece %d has %d other bytes", i, len(got))
		}
	}
	chunks, damage, err := readFile(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(chunks) != 2 || len(damage) > 0 {
		t.Errorf("%d chunks beside them, %v, %v", len(chunks), damage, err)
	}
}

// A damaged byte costs at most the piece it is in and the one behind it, where the length lies.
func TestADamagedByteCostsOnePiece(t *testing.T) {
	w := newWorld(t, 88)
	b := withPieces(t, w, 4)
	whole, _, _ := piecesOf(t, b)
	for range 400 {
		bit := 8*(len(fileHead)+1) + w.random.Intn(8*(len(b)-len(fileHead)-1))
		list, bad, damage := piecesOf(t, flip(b, bit))
		for i, got := range list {
			if !bytes.Equal(got, whole[i]) {
				t.Fatalf("bit %d: piece %d is another", bit, i)
			}
		}
		if len(list) < 3 || len(list) < 5 && bad == 0 && len(damage) == 0 {
			t.Fatalf("bit %d: %d pieces, %d damaged, %v", bit, len(list), bad, damage)
		}
	}
}

func TestLimitsOfPieces(t *testing.T) {
	f, err := NewFileWriter(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.AddPiece([16]byte{}, 0, make([]byte, MaxFilePiece+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large piece: %v", err)
	}
	if err := f.AddPiece([16]byte{}, 0, nil); !errors.Is(err, ErrMalformed) {
		t.Errorf("an empty piece: %v", err)
	}
	if err := f.AddPiece([16]byte{}, 0, make([]byte, MaxFilePiece)); err != nil {
		t.Errorf("the largest piece: %v", err)
	}
	// In a file of the first version a piece is damage.
	w := newWorld(t, 89)
	b := withPieces(t, w, 2)
	b[len(fileHead)] = 1
	chunks, damage, err := readFile(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(chunks) != 2 || len(damage) == 0 {
		t.Errorf("version 1: %d chunks, %v, %v", len(chunks), damage, err)
	}
}
