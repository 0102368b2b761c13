package identity

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/rand"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/record"
)

// stream is endless bytes that depend on the seed alone.
func stream(seed int64) *rand.Rand { return rand.New(rand.NewSource(seed)) }

func newTestDevice(t testing.TB, seed int64) *Device {
	t.Helper()
	d, err := NewDevice(stream(seed))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestIDsAreWrittenAsDocumentIDs(t *testing.T) {
	random := stream(1)
	for i := range 500 {
		var b [32]byte
		random.Read(b[:])
		clear(b[:i%33])
		text := PersonID(b).String()
		if text != string(doc.NewID(b)) {
			t.Fatalf("%x is written as %s", b, text)
		}
		if p, err := ParsePersonID(text); err != nil || p != b {
			t.Fatalf("%s is read as %x, %v", text, p, err)
		}
		var d DeviceID
		if err := d.UnmarshalText([]byte(text)); err != nil || d != b {
			t.Fatalf("%s is read as %x, %v", text, d, err)
		}
	}
	for _, bad := range []string{"", "0", "l", string(make([]byte, 40)), PersonID{}.String()[1:], PersonID{1}.String() + "11", strings.Repeat("z", 44)} {
		if _, err := ParseDeviceID(bad); !errors.Is(err, ErrBadID) {
			t.Errorf("%q: got %v, want ErrBadID", bad, err)
		}
	}
}

func TestASignatureIsForOneDomainAndBody(t *testing.T) {
	d, body := newTestDevice(t, 1), []byte("body")
	sig := d.Sign("a", body)
	if err := Verify(d.ID(), "a", body, sig[:]); err != nil {
		t.Fatal(err)
	}
	changed := sig
	changed[5] ^= 1
	for name, err := range map[string]error{
		"other domain":    Verify(d.ID(), "b", body, sig[:]),
		"other body":      Verify(d.ID(), "a", body[:3], sig[:]),
		"other device":    Verify(newTestDevice(t, 2).ID(), "a", body, sig[:]),
		"other signature": Verify(d.ID(), "a", body, changed[:]),
		"short signature": Verify(d.ID(), "a", body, sig[:63]),
		"no signature":    Verify(d.ID(), "a", body, nil),
	} {
		if !errors.Is(err, ErrBadSignature) {
			t.Errorf("%s: got %v, want ErrBadSignature", name, err)
		}
	}
	if Hash("a", body) != sha256.Sum256([]byte("a\x00body")) {
		t.Error("Hash is not SHA-256(domain | 0 | body)")
	}
}

func TestOnlyTheReceiverOpens(t *testing.T) {
	d, other := newTestDevice(t, 1), newTestDevice(t, 2)
	info, plain := []byte("info"), []byte("the key of an epoch")
	sealed, err := Seal(d.KEM(), info, plain)
	if err != nil {
		t.Fatal(err)
	}
	if len(sealed) != len(plain)+SealOverhead || len(d.KEM()) != KEMSize {
		t.Errorf("%d bytes sealed, key of %d", len(sealed), len(d.KEM()))
	}
	if got, err := d.Open(sealed, info); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("got %q, %v", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"other device": func() ([]byte, error) { return other.Open(sealed, info) },
		"other info":   func() ([]byte, error) { return d.Open(sealed, nil) },
		"cut short":    func() ([]byte, error) { return d.Open(sealed[:len(sealed)-1], info) },
		"nothing":      func() ([]byte, error) { return d.Open(nil, info) },
	} {
		if _, err := try(); !errors.Is(err, ErrCannotOpen) {
			t.Errorf("%s: got %v, want ErrCannotOpen", name, err)
		}
	}
	for at := 0; at < len(sealed); at += 97 {
		bent := bytes.Clone(sealed)
		bent[at] ^= 0x40
		if _, err := d.Open(bent, info); !errors.Is(err, ErrCannotOpen) {
			t.Errorf("byte %d bent: got %v, want ErrCannotOpen", at, err)
		}
	}
	for _, bad := range [][]byte{nil, make([]byte, KEMSize-1), bytes.Repeat([]byte{0xff}, KEMSize)} {
		if _, err := Seal(bad, info, plain); !errors.Is(err, ErrBadKEM) {
			t.Errorf("key of %d bytes: got %v, want ErrBadKEM", len(bad), err)
		}
	}
}

func TestANewSealingKeyKeepsTheOldOnes(t *testing.T) {
	d := newTestDevice(t, 1)
	first, err := Seal(d.KEM(), nil, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range MaxSealingKeys {
		if _, err := d.Open(first, nil); err != nil {
			t.Fatalf("after %d new keys: %v", i, err)
		}
		next, err := d.WithNewKEM(stream(int64(10 + i)))
		if err != nil {
			t.Fatal(err)
		}
		if next.ID() != d.ID() || bytes.Equal(next.KEM(), d.KEM()) {
			t.Fatal("another signing key, or the same sealing key")
		}
		d = next
	}
	if _, err := d.Open(first, nil); !errors.Is(err, ErrCannotOpen) {
		t.Errorf("more than %d keys are kept: %v", MaxSealingKeys, err)
	}
}

func TestDeviceKeysSurviveExport(t *testing.T) {
	d, err := newTestDevice(t, 1).WithNewKEM(stream(2))
	if err != nil {
		t.Fatal(err)
	}
	out := d.Export()
	back, err := ImportDevice(out)
	if err != nil {
		t.Fatal(err)
	}
	if back.ID() != d.ID() || !bytes.Equal(back.KEM(), d.KEM()) || !bytes.Equal(back.Export(), out) {
		t.Error("other keys come back")
	}
	for n := range out {
		if _, err := ImportDevice(out[:n]); !errors.Is(err, record.ErrMalformed) {
			t.Errorf("%d bytes: got %v, want ErrMalformed", n, err)
		}
	}
	if _, err := ImportDevice(append(out, 0)); !errors.Is(err, record.ErrMalformed) {
		t.Errorf("a byte more: got %v, want ErrMalformed", err)
	}
	out[0]++
	if _, err := ImportDevice(out); !errors.Is(err, ErrNewer) {
		t.Errorf("next version: got %v, want ErrNewer", err)
	}
}

func TestNewDeviceTellsAboutDryRandomness(t *testing.T) {
	if _, err := NewDevice(bytes.NewReader(make([]byte, 63))); err == nil {
		t.Error("a device from 63 bytes")
	}
}
