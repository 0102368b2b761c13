package vault

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"

	"corkboard/identity"
	"corkboard/internal/lean"
)

func FuzzParseFile(f *testing.F) {
	dir := f.TempDir()
	_, public := testWords(f, 2)
	v := create(f, dir, testKeys(f, 1), public, quick("one"))
	f.Add(v.raw[:len(v.raw)-sha256.Size])
	f.Add([]byte(magic + "\x01"))
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		sum := sha256.Sum256(data)
		raw := append(bytes.Clone(data), sum[:]...)
		got, err := parseFile(raw)
		if err == nil && !bytes.Equal(got.marshal(), raw) {
			t.Error("is written in another way")
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("got %v", err)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("two lines: %v", err)
		}
	}))
}

func FuzzParseKeys(f *testing.F) {
	k := testKeys(f, 1)
	words, _ := testWords(f, 22)
	for _, w := range []*identity.Words{nil, &words} {
		k.Words = w
		b, err := k.marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		k.Formers = append(k.Formers, k.Device.Former())
	}
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		k, err := parseKeys(data)
		if err != nil {
			return
		}
		if back, err := k.marshal(); err != nil || !bytes.Equal(back, data) {
			t.Errorf("is written in another way, %v", err)
		}
	}))
}
