package engine

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"corkboard/internal/lean"
)

func chunkOf(deps ...changeHash) []byte {
	data := binary.AppendUvarint(nil, uint64(len(deps)))
	for _, d := range deps {
		data = append(data, d[:]...)
	}
	data = append(data, "the rest"...)
	hash := hashOf(data)
	b := append(append([]byte{}, chunkMagic...), hash[:4]...)
	b = append(b, chunkChange)
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

func TestFrameNamesItsPredecessors(t *testing.T) {
	deps := []changeHash{sha256.Sum256([]byte("a")), sha256.Sum256([]byte("b"))}
	f, err := readFrame(chunkOf(deps...))
	if err != nil || len(f.deps) != 2 || f.deps[1] != deps[1] {
		t.Fatalf("got %v, %v", f.deps, err)
	}
}

func TestEveryDamagedByteIsSeen(t *testing.T) {
	whole := chunkOf(sha256.Sum256([]byte("a")))
	for i := range whole {
		b := append([]byte{}, whole...)
		b[i] ^= 0x10
		if _, err := readFrame(b); !errors.Is(err, ErrBadChunk) {
			t.Errorf("byte %d: got %v, want ErrBadChunk", i, err)
		}
		if _, err := readFrame(whole[:i]); !errors.Is(err, ErrBadChunk) {
			t.Errorf("cut at %d: got %v, want ErrBadChunk", i, err)
		}
	}
}

func TestOrderFollowsPredecessors(t *testing.T) {
	name := func(s string) changeHash { return sha256.Sum256([]byte(s)) }
	list := []frame{
		{hash: name("c"), deps: []changeHash{name("b")}},
		{hash: name("lost"), deps: []changeHash{name("nowhere")}},
		{hash: name("b"), deps: []changeHash{name("a"), name("old")}},
		{hash: name("a")},
	}
	ready, rest := inOrder(list, func(h changeHash) bool { return h == name("old") })
	if len(ready) != 3 || ready[0].hash != name("a") || ready[2].hash != name("c") || len(rest) != 1 || rest[0].hash != name("lost") {
		t.Fatalf("ready %v, rest %v", ready, rest)
	}
}

func FuzzFrame(f *testing.F) {
	f.Add(chunkOf())
	f.Add(chunkOf(sha256.Sum256([]byte("a"))))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		got, err := readFrame(b)
		if err == nil && len(got.deps) > len(b) && b[8] == chunkChange {
			t.Fatal("more predecessors than bytes")
		}
		if c, err := readChange(b); err == nil && len(c.Deps) != len(got.deps) || err != nil && !errors.Is(err, ErrBadChunk) {
			t.Fatalf("%d predecessors and then %d, %v", len(got.deps), len(c.Deps), err)
		}
	}))
}

func TestSignedNumbers(t *testing.T) {
	for _, c := range []struct {
		bytes string
		want  int64
		bad   bool
	}{
		{"\x00", 0, false}, {"\x3f", 63, false}, {"\x40", -64, false}, {"\x7f", -1, false}, {"\x80\x01", 128, false}, {"\xff\x7e", -129, false},
		{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00", math.MaxInt64, false}, {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f", math.MinInt64, false},
		{"", 0, true}, {"\x80", 0, true}, {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 0, true},
	} {
		r := reader{rest: []byte(c.bytes)}
		if got := r.signed(); got != c.want || r.bad != c.bad || len(r.rest) != 0 {
			t.Errorf("%x is %d (%v), want %d (%v)", c.bytes, got, r.bad, c.want, c.bad)
		}
	}
}
