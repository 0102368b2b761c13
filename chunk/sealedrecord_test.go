package chunk

import (
	"bytes"
	"errors"
	"testing"

	"corkboard/internal/lean"
)

func TestRecordsAreSealed(t *testing.T) {
	c, raw := CollectionID{1}, []byte("a signed record with a name in it")
	b, err := SealRecord(c, KindAccess, raw)
	if err != nil {
		t.Fatal(err)
	}
	kind, got, err := OpenRecord(c, b)
	if err != nil || kind != KindAccess || !bytes.Equal(got, raw) {
		t.Fatalf("%v %q, %v", kind, got, err)
	}
	again, err := SealRecord(c, KindAccess, raw)
	if err != nil || !bytes.Equal(again, b) {
		t.Errorf("another chunk of the same record: %v", err)
	}
	if bytes.Contains(b, raw[:8]) || bytes.Contains(b, c[:]) {
		t.Error("it can be read from outside")
	}
	if _, _, err := OpenRecord(CollectionID{2}, b); !errors.Is(err, ErrSealed) {
		t.Errorf("for another collection: %v", err)
	}
	as := bytes.Clone(b)
	as[1] = byte(KindPerson)
	if _, _, err := OpenRecord(c, as); !errors.Is(err, ErrSealed) {
		t.Errorf("as another kind: %v", err)
	}
	if _, err := SealRecord(c, KindChange, raw); !errors.Is(err, ErrMalformed) {
		t.Errorf("a change as a record: %v", err)
	}
	if _, err := SealRecord(c, KindPerson, make([]byte, MaxChunk)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := NewRing(c, [32]byte{3}).Open(b); !errors.Is(err, ErrForeign) {
		t.Errorf("with a ring: %v", err)
	}
}

func FuzzOpenRecord(f *testing.F) {
	c := CollectionID{1}
	for _, n := range []int{0, 10, 300, 4000} {
		b, err := SealRecord(c, KindPerson, make([]byte, n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		kind, raw, err := OpenRecord(c, b)
		if err != nil {
			return
		}
		if again, err := SealRecord(c, kind, raw); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("opens and is not sealed the same: %v", err)
		}
	}))
}
