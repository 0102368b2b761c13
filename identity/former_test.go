package identity

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"

	"corkboard/internal/lean"
	"corkboard/record"
)

func TestAnFormerOpensWhatItsDeviceDoes(t *testing.T) {
	d, err := NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	old, err := Seal(d.KEM(), []byte("info"), []byte("old"))
	if err != nil {
		t.Fatal(err)
	}
	if d, err = d.WithNewKEM(rand.Reader); err != nil {
		t.Fatal(err)
	}
	sealed, err := Seal(d.KEM(), []byte("info"), []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	o, err := ImportFormer(d.Former().Export())
	if err != nil || o.ID() != d.ID() {
		t.Fatalf("%v, %v", o, err)
	}
	for want, box := range map[string][]byte{"old": old, "new": sealed} {
		if got, err := o.Open(box, []byte("info")); err != nil || string(got) != want {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if _, err := o.Open(sealed, []byte("other")); !errors.Is(err, ErrCannotOpen) {
		t.Errorf("got %v", err)
	}
	for _, text := range []string{fmt.Sprint(o), fmt.Sprintf("%#v %+v %x", o, *o, struct{ O *Former }{o})} {
		if bytes.Contains([]byte(text), d.secret().seeds[0][:]) || len(text) > 200 {
			t.Errorf("prints %q", text)
		}
	}
}

func TestAnFormerHoldsNoSigningKey(t *testing.T) {
	d, err := NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(d.Former().Export(), d.secret().sign.Seed()) {
		t.Error("it holds one")
	}
}

func FuzzImportFormer(f *testing.F) {
	d, err := NewDevice(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(d.Former().Export())
	f.Add([]byte{formerVersion})
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		o, err := ImportFormer(b)
		if err == nil && !bytes.Equal(o.Export(), b) {
			t.Error("is written in another way")
		}
		if err != nil && !errors.Is(err, record.ErrMalformed) && !errors.Is(err, ErrNewer) {
			t.Errorf("got %v", err)
		}
	}))
}
