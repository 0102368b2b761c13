package identity

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"corkboard/identity/portrait"
	"corkboard/internal/lean"
	"corkboard/record"
)

// bodies are one record of every kind, without signatures.
func bodies(t testing.TB) (*Log, [][]byte) {
	t.Helper()
	a, b := players.devices[0], players.devices[1]
	l := found(t, a)
	add(t, l, a, b)
	heads := l.Heads()
	for _, write := range []func() ([]byte, error){
		func() ([]byte, error) { return l.SetKEM(b, 3) },
		func() ([]byte, error) {
			return l.SetProfile(a, 4, Profile{Name: "Ada", Picture: strings.Repeat("1", portrait.Size)})
		},
		func() ([]byte, error) { return l.RemoveDeviceAfter(players.words[0], 5, b.ID(), heads) },
		func() ([]byte, error) { return l.SetRecovery(players.words[0], 6, players.words[1]) },
		func() ([]byte, error) { return l.RemoveDevice(a, 7, b.ID()) },
	} {
		raw, err := write()
		must(t, raw, err)
	}
	var out [][]byte
	for _, raw := range l.Records() {
		out = append(out, raw[1:len(raw)-SignatureSize])
	}
	return l, out
}

// Whatever decode accepts is written again as it was.
func FuzzDecode(f *testing.F) {
	_, all := bodies(f)
	for _, body := range all {
		f.Add(body)
	}
	f.Fuzz(lean.One(func(t *testing.T, body []byte) {
		fact, err := decode(body)
		if err != nil {
			if !errors.Is(err, record.ErrMalformed) {
				t.Errorf("got %v, want ErrMalformed", err)
			}
			return
		}
		if !bytes.Equal(fact.encode(), body) {
			t.Errorf("%x is written as %x", body, fact.encode())
		}
	}))
}

// Raw bytes, and the same signed by the person's first device, harm no log.
func FuzzAdd(f *testing.F) {
	full, all := bodies(f)
	for _, raw := range full.Records() {
		f.Add(raw)
	}
	for _, body := range all {
		f.Add(body)
	}
	author := players.devices[0]
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		l := found(t, author)
		heads := l.Heads()
		l.Add(data)
		if len(data) > 33 {
			id := author.ID()
			body := append([]byte{byte(byDevice)}, id[:]...)
			l.Add(signed(author, append(body, data[33:]...)))
		}
		if s := l.State(); !s.Has(author.ID()) || len(s.Recovery) == 0 {
			t.Error("the genesis counts no more")
		}
		if !l.Has(heads[0]) {
			t.Error("a record is lost")
		}
		_, err := l.SetProfile(author, 1, Profile{})
		if err != nil && !errors.Is(err, ErrNotEntitled) {
			t.Error(err)
		}
	}))
}

func FuzzParseWords(f *testing.F) {
	w, err := NewWords(stream(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(w.Reveal())
	f.Add("abandon  ABANDON\tzoo")
	f.Fuzz(lean.One(func(t *testing.T, text string) {
		w, err := ParseWords(text)
		if err != nil {
			return
		}
		again, err := ParseWords(w.Reveal())
		if err != nil || *again.entropy() != *w.entropy() {
			t.Errorf("%q: words do not come back: %v", text, err)
		}
	}))
}

func FuzzOpenToPerson(f *testing.F) {
	l, _ := bodies(f)
	envelope, err := SealToPerson(l.State(), []byte("info"), []byte("key"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(envelope)
	f.Add([]byte{1, 0})
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		plain, err := OpenToPerson(players.devices[0], l.person, []byte("info"), data)
		if err == nil && string(plain) != "key" {
			t.Errorf("opened %q", plain)
		}
	}))
}

func FuzzImportDevice(f *testing.F) {
	f.Add(players.devices[0].Export())
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		if d, err := ImportDevice(data); err == nil && !bytes.Equal(d.Export(), data) {
			t.Error("other bytes come back")
		}
	}))
}
