package blobsync

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"
)

var freeze = flag.Bool("freeze", false, "write testdata/vectors.txt anew: this is another format then")

const vectorFile = "testdata/vectors.txt"

// vectorContent is n bytes, byte i being i*i+i/256 modulo 251.
func vectorContent(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte((i*i + i/256) % 251)
	}
	return b
}

var vectorKey = Key{0: 1, 1: 2, 30: 3, 31: 4}

// vectors is what a short and a longer file become: whole pieces of the short one,
// hashes of those of the other.
func vectors(t *testing.T) string {
	var text strings.Builder
	put := func(name string, b []byte) { fmt.Fprintf(&text, "%s %s\n", name, hex.EncodeToString(b)) }
	put("key", vectorKey[:])
	for _, n := range []int{5, 300_000} {
		content := vectorContent(n)
		f := fileOf(t, content)
		f.Key = vectorKey
		member := NewMember(func(Handle) (File, func() (Plain, error), bool) {
			return f, func() (Plain, error) { return inMemory{bytes.NewReader(content)}, nil }, true
		})
		h := f.Handle()
		fmt.Fprintf(&text, "size %d\n", n)
		put("root", f.Root[:])
		put("handle", h[:])
		for _, i := range []Index{ManifestIndex(0), 0, 1} {
			if k, manifest := i.Manifest(); !manifest && k >= PiecesOf(f.Size) {
				continue
			}
			b, err := member.Piece(testContext(t), h, i)
			must(t, err)
			if n > 1000 {
				sum := sha256.Sum256(b)
				fmt.Fprintf(&text, "length %d\n", len(b))
				b = sum[:]
			}
			put(strings.ReplaceAll(i.String(), " ", "_"), b)
		}
	}
	for _, m := range []message{
		{kind: askPresent, handle: Handle{0xaa}},
		{kind: askPiece, handle: Handle{0xaa}, index: 300},
		{kind: askPiece, handle: Handle{0xaa}, index: ManifestIndex(1)},
		{kind: answerPresent, present: Present{Manifest: AllBits(1), Content: Bits{0b101, 1, 0}}},
		{kind: answerAbsent},
	} {
		put("frame", framed(m.head()))
	}
	return text.String()
}

func TestVectorsAreFrozen(t *testing.T) {
	got := vectors(t)
	if *freeze {
		must(t, os.WriteFile(vectorFile, []byte(got), 0o644))
	}
	want, err := os.ReadFile(vectorFile)
	must(t, err)
	if got != string(want) {
		t.Errorf("pieces are sealed in another way than in %s:\n%s", vectorFile, got)
	}
}

// hkdfOf is HKDF-SHA256 without salt, as RFC 5869 has it, for up to 32 bytes.
func hkdfOf(key []byte, info string, n int) []byte {
	mac := func(k []byte, parts ...string) []byte {
		m := hmac.New(sha256.New, k)
		for _, p := range parts {
			m.Write([]byte(p))
		}
		return m.Sum(nil)
	}
	return mac(mac(make([]byte, 32), string(key)), info, "\x01")[:n]
}

// The same pieces, made from docs/FORMAT.md alone.
func TestVectorsFollowFromTheDescription(t *testing.T) {
	text, err := os.ReadFile(vectorFile)
	must(t, err)
	for _, c := range []struct {
		size, whole int // whole: with padding
	}{{5, 320}, {300_000, 319_488}} {
		content := vectorContent(c.size)
		var hashes []byte
		for from := 0; from < c.size; from += 262_144 {
			sum := sha256.Sum256(content[from:min(from+262_144, c.size)])
			hashes = append(hashes, sum[:]...)
		}
		size := string(binary.BigEndian.AppendUint64(nil, uint64(c.size)))
		root := sha256.Sum256([]byte("corkboard/blob pieces/1\x00" + size + string(hashes)))
		tail := "\x00" + string(root[:]) + size
		handle := hkdfOf(vectorKey[:], "corkboard/blob handle/1"+tail, 16)
		aead, err := chacha20poly1305.NewX(hkdfOf(vectorKey[:], "corkboard/blob piece/1"+tail, 32))
		must(t, err)
		seal := func(index uint32, plain []byte, full int) string {
			nonce := binary.BigEndian.AppendUint32(make([]byte, 20), index)
			associated := "corkboard/blob piece/1\x00\x01" + string(handle) + string(nonce[20:])
			plain = append(bytes.Clone(plain), make([]byte, full-len(plain))...)
			b := append([]byte{1}, aead.Seal(nil, nonce, plain, []byte(associated))...)
			if c.size > 1000 {
				sum := sha256.Sum256(b)
				return fmt.Sprintf("length %d\n%%s %x\n", len(b), sum)
			}
			return fmt.Sprintf("%%s %x\n", b)
		}
		want := fmt.Sprintf("size %d\nroot %x\nhandle %x\n", c.size, root, handle)
		want += fmt.Sprintf(seal(1<<31, hashes, 320), "manifest_piece_0")
		for i := 0; i*262_144 < c.size; i++ {
			end := min((i+1)*262_144, c.size)
			want += fmt.Sprintf(seal(uint32(i), content[i*262_144:end], min(c.whole-i*262_144, 262_144)), fmt.Sprint("piece_", i))
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("file of %d bytes: not in %s:\n%s", c.size, vectorFile, want)
		}
	}
}
