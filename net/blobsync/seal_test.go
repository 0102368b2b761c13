package blobsync

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

func TestOnePassGivesWhatPiecesGive(t *testing.T) {
	for _, n := range []int{0, 1, PieceSize - 1, PieceSize, PieceSize + 1, 3*PieceSize + 5} {
		content := contentOf(n)
		size, _, m, err := Sum(iotest.OneByteReader(bytes.NewReader(content[:min(n, 5000)])))
		if err != nil || size != int64(min(n, 5000)) || m.Size() != size {
			t.Fatalf("byte by byte: %d, %v", size, err)
		}
		_, blob, m, err := Sum(bytes.NewReader(content))
		if err != nil || m.Pieces() != PiecesOf(int64(n)) || blob == [32]byte{} {
			t.Fatalf("%d bytes in %d pieces, %v", n, m.Pieces(), err)
		}
		var slow Hasher
		for from := 0; from < n; from += 100_001 {
			if _, err := slow.Write(content[from:min(from+100_001, n)]); err != nil {
				t.Fatal(err)
			}
		}
		again := slow.Manifest()
		if again.Root() != m.Root() || again.Verify(m.Root(), int64(n)) != nil {
			t.Errorf("%d bytes: another manifest in other steps", n)
		}
		if err := m.Verify(m.Root(), int64(n)+1); !errors.Is(err, ErrManifest) {
			t.Errorf("another size: %v", err)
		}
		for i := range m.Pieces() {
			piece := content[i*PieceSize : min((i+1)*PieceSize, n)]
			if !m.fits(i, piece) || m.fits(i, append(bytes.Clone(piece), 0)) {
				t.Errorf("piece %d of %d bytes", i, n)
			}
		}
	}
}

func TestManifestHasOneHashForEachPiece(t *testing.T) {
	for _, c := range []struct {
		size   int64
		hashes int
		good   bool
	}{
		{0, 0, true}, {1, 32, true}, {PieceSize + 1, 64, true},
		{0, 32, false}, {1, 0, false}, {1, 31, false}, {PieceSize, 64, false}, {-1, 0, false}, {MaxSize + 1, 32 * (MaxPieces + 1), false},
	} {
		if _, err := readManifest(c.size, make([]byte, c.hashes)); (err == nil) != c.good || err != nil && !errors.Is(err, ErrManifest) {
			t.Errorf("%d bytes, %d of hashes: %v", c.size, c.hashes, err)
		}
	}
}

func TestPaddingTellsLittleAndCostsLittle(t *testing.T) {
	seen := map[int64]bool{}
	for n := int64(1); n < 5<<20; n += 997 {
		p := padded(n)
		if p < n || p > PieceSize*int64(PiecesOf(n)) || n > 1024 && p > n*112/100+1 && p != int64(PiecesOf(n))*PieceSize {
			t.Fatalf("%d bytes are padded to %d", n, p)
		}
		for i := range PiecesOf(n) {
			if plain, full := lengths(n, i); plain < 1 || full < plain || full > PieceSize || full < sizes[0] {
				t.Fatalf("piece %d of %d bytes: %d of %d", i, n, plain, full)
			}
		}
		seen[p] = true
	}
	if len(seen) > 110 {
		t.Errorf("%d sizes can be told apart up to 5 MiB", len(seen))
	}
	if padded(0) != 0 || padded(MaxSize) != MaxSize || ManifestPiecesOf(MaxSize) != maxManifestPieces {
		t.Error("the limits do not fit each other")
	}
}

func TestSealedPieceIsTheSameForAllAndOpensInItsPlaceOnly(t *testing.T) {
	content := contentOf(PieceSize + 1000)
	f, member := fileOf(t, content), memberWith(t, content)
	s, err := newSealer(f)
	must(t, err)
	sealed := map[Index][]byte{}
	for _, i := range []Index{0, 1, ManifestIndex(0)} {
		sealed[i], err = member.Piece(testContext(t), f.Handle(), i)
		must(t, err)
		again, err := memberWith(t, content).Piece(testContext(t), f.Handle(), i)
		if err != nil || !bytes.Equal(sealed[i], again) {
			t.Errorf("%v is not the same from another member: %v", i, err)
		}
		if bytes.Contains(sealed[i], content[:16]) {
			t.Errorf("%v can be read", i)
		}
		if _, err := s.open(i, bytes.Clone(sealed[i])); err != nil {
			t.Errorf("%v: %v", i, err)
		}
	}
	other := f
	other.Key[31] ^= 1
	stranger, err := newSealer(other)
	must(t, err)
	for i, b := range sealed {
		for j := range sealed {
			if _, err := s.open(j, bytes.Clone(b)); (err == nil) != (i == j) {
				t.Errorf("%v opened as %v: %v", i, j, err)
			}
		}
		if _, err := stranger.open(i, bytes.Clone(b)); !errors.Is(err, ErrForged) {
			t.Errorf("%v opened with another key: %v", i, err)
		}
		for _, at := range []int{0, 1, len(b) / 2, len(b) - 1} {
			bad := bytes.Clone(b)
			bad[at] ^= 1
			if _, err := s.open(i, bad); !errors.Is(err, ErrForged) {
				t.Errorf("%v with byte %d changed: %v", i, at, err)
			}
		}
	}
	blank, plain := s.blank(1)
	copy(plain, content[PieceSize:])
	blank[len(blank)-1] = 1
	if _, err := s.open(1, s.seal(1, blank)); !errors.Is(err, ErrForged) {
		t.Errorf("padding that says something: %v", err)
	}
}

func TestMemberSendsOnlyWhatItsDocumentSays(t *testing.T) {
	content := contentOf(2*PieceSize + 1)
	f := fileOf(t, content)
	damaged := bytes.Clone(content)
	damaged[PieceSize] ^= 1
	reader := bytes.NewReader(damaged)
	member := NewMember(func(h Handle) (File, func() (Plain, error), bool) {
		return f, func() (Plain, error) { return inMemory{reader}, nil }, h == f.Handle()
	})
	ctx := testContext(t)
	for _, i := range []Index{0, 1, ManifestIndex(0)} {
		if _, err := member.Piece(ctx, f.Handle(), i); !errors.Is(err, ErrManifest) {
			t.Errorf("%v of a damaged file: %v", i, err)
		}
	}
	reader.Reset(content)
	if _, err := member.Piece(ctx, f.Handle(), 0); !errors.Is(err, ErrManifest) {
		t.Errorf("it was read again: %v", err)
	}
	member.Forget(f.Handle())
	if _, err := member.Piece(ctx, f.Handle(), 0); err != nil {
		t.Errorf("after it was put right: %v", err)
	}
	reader.Reset(damaged) // behind the back of the manifest
	if _, err := member.Piece(ctx, f.Handle(), 1); !errors.Is(err, ErrForged) {
		t.Errorf("a piece that was damaged meanwhile: %v", err)
	}
	for _, i := range []Index{3, MaxPieces - 1, ManifestIndex(1)} {
		if _, err := member.Piece(ctx, f.Handle(), i); !errors.Is(err, ErrAbsent) {
			t.Errorf("%v: %v", i, err)
		}
	}
	if _, err := member.Piece(ctx, Handle{}, 0); !errors.Is(err, ErrAbsent) {
		t.Errorf("an unknown file: %v", err)
	}
}

func TestOldManifestsMakeRoom(t *testing.T) {
	var k lists
	large := File{Size: MaxSize}
	for n := range byte(5) {
		k.take(Handle{n}, large)
		k.take(Handle{0}, large)
	}
	if len(k.known) != 1 || k.known[Handle{0}] == nil || k.kept != 1+MaxPieces {
		t.Errorf("%d manifests for %d pieces are kept", len(k.known), k.kept)
	}
	k.take(Handle{9}, File{Size: 1})
	k.forget(Handle{0})
	if len(k.known) != 1 || k.kept != 2 {
		t.Errorf("%d manifests for %d pieces are kept", len(k.known), k.kept)
	}
}

func TestKeyPrintsAsAFixedWord(t *testing.T) {
	f := File{Key: Key{0xab, 0xcd, 0xef}}
	b, err := json.Marshal(f)
	must(t, err)
	texts := []string{string(b)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%d"} {
		texts = append(texts, fmt.Sprintf(verb, f), fmt.Sprintf(verb, f.Key))
	}
	for _, s := range texts {
		if low := strings.ToLower(s); strings.Contains(low, "abcdef") || strings.Contains(low, "171") || strings.Contains(low, "0xab") {
			t.Errorf("the key is shown: %s", s)
		}
	}
}
