package identity_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// This reader was written from docs/FORMAT.md alone and uses nothing of ours:
// if it cannot read the frozen vectors, one of the two is wrong.
type reader struct {
	t *testing.T
	b []byte
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.t.Fatalf("%d bytes wanted, %d left", n, len(r.b))
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u8() int { return int(r.take(1)[0]) }

func (r *reader) uint() (v uint64) {
	for shift := 0; ; shift += 7 {
		c := r.u8()
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v
		}
	}
}

func (r *reader) bytes() []byte { return r.take(int(r.uint())) }

func (r *reader) ids() (out [][]byte) {
	for n := r.uint(); n > 0; n-- {
		out = append(out, r.take(32))
	}
	return out
}

func (r *reader) end() {
	if len(r.b) > 0 {
		r.t.Errorf("%d bytes left", len(r.b))
	}
}

func join(parts ...any) (out []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p...)
		case []byte:
			out = append(out, p...)
		}
	}
	return out
}

func vectorsOf(t *testing.T, path string) map[string][]byte {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		name, value, _ := strings.Cut(line, " ")
		out[name], _ = hex.DecodeString(value)
	}
	return out
}

func TestRecordsAreAsTheFormatSays(t *testing.T) {
	v := vectorsOf(t, "testdata/vectors.txt")
	var parent, person []byte
	for kind, name := range []string{"", "genesis", "add", "remove-after", "kem", "profile", "recovery"} {
		if name == "" {
			continue
		}
		raw := v["record."+name]
		body, sig := raw[1:len(raw)-64], raw[len(raw)-64:]
		r := &reader{t, body}
		role, author := r.u8(), r.take(32)
		signed := join("corkboard/person/1\x00", body)
		if raw[0] != 1 || !ed25519.Verify(author, signed, sig) {
			t.Fatalf("%s: wrong version or signature", name)
		}
		if r.u8() != kind {
			t.Fatalf("%s: another kind", name)
		}
		id := sha256.Sum256(signed)
		if kind == 1 {
			person = id[:]
		} else if !bytes.Equal(r.take(32), person) || len(r.ids()) != 1 {
			t.Errorf("%s: another person, or not one parent", name)
		}
		if at := r.uint(); at < 1_700_000_000_000 || at > 1_700_000_002_000 {
			t.Errorf("%s: at %d", name, at)
		}
		payload(t, v, name, r, role, person)
		r.end()
		parent = id[:]
	}
	if !bytes.Equal(person, v["person.id"]) || !bytes.Equal(parent, v["last.id"]) {
		t.Error("other ids")
	}
}

func payload(t *testing.T, v map[string][]byte, name string, r *reader, role int, person []byte) {
	ok, key, kem := true, []byte(nil), []byte(nil)
	switch name {
	case "genesis":
		r.take(16)
		ok = bytes.Equal(r.take(1216), v["device.kem"]) && string(r.bytes()) == "Ada's laptop" &&
			bytes.Equal(r.take(32), v["recovery.id"]) && bytes.Equal(r.take(1216), v["recovery.kem"]) && role == 0
	case "add":
		key, kem = r.take(32), r.take(1216)
		text := r.bytes()
		proof := join("corkboard/person/device/1\x00", person, kem, []byte{byte(len(text))}, text)
		ok = string(text) == "phone ☎" && ed25519.Verify(key, proof, r.take(64))
	case "remove-after":
		r.take(32)
		frontier := r.ids()
		ok = len(frontier) == 1 && bytes.Equal(frontier[0], person) && role == 1
	case "kem":
		r.take(1216)
	case "profile":
		ok = string(r.bytes()) == "Ada" && hex.EncodeToString(r.take(3)) == "123456" && r.u8() == 1 && strings.Trim(string(r.take(6144)), "\x07") == ""
	case "recovery":
		key, kem = r.take(32), r.take(1216)
		ok = ed25519.Verify(key, join("corkboard/person/recovery/1\x00", person, key, kem), r.take(64)) && role == 1
	}
	if !ok {
		t.Errorf("%s: other values", name)
	}
}
