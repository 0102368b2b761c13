package identity

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/cryptotest"

	"corkboard/identity/portrait"
)

var update = flag.Bool("update", false, "write the frozen vectors anew")

const vectorFile = "testdata/vectors.txt"

// A vector is a named value of testdata/vectors.txt.
type vector struct {
	name  string
	value []byte
}

// deterministic are the vectors that fixed randomness makes again on every run.
func deterministic(t *testing.T) (out []vector, l *Log) {
	put := func(name string, value []byte) { out = append(out, vector{name, value}) }
	a, err := newTestDevice(t, 1).WithNewKEM(stream(2))
	if err != nil {
		t.Fatal(err)
	}
	b, words, next := newTestDevice(t, 3), newTestWords(t, 4), newTestWords(t, 5)
	old, err := words.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := next.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	id, recovery := a.ID(), old.ID()
	put("device.export", a.Export())
	put("device.id", id[:])
	put("device.kem", a.KEM())
	put("words.entropy", words.entropy()[:])
	put("words.text", []byte(words.Reveal()))
	put("recovery.id", recovery[:])
	put("recovery.kem", old.KEM())
	if l, err = Found(stream(6), 1_700_000_000_000, a, "Ada's laptop", old.Public()); err != nil {
		t.Fatal(err)
	}
	put("record.genesis", l.Raw(RecordID(l.person)))
	heads := l.Heads()
	for i, write := range []func(at int64) ([]byte, error){
		func(at int64) ([]byte, error) { return l.AddDevice(a, at, b.Apply(l.person, "phone ☎")) },
		func(at int64) ([]byte, error) { return l.SetKEM(b, at) },
		func(at int64) ([]byte, error) {
			return l.SetProfile(a, at, Profile{Name: "Ada", Colour: [3]byte{0x12, 0x34, 0x56}, Picture: strings.Repeat("\x07", portrait.Size)})
		},
		func(at int64) ([]byte, error) { return l.RemoveDevice(a, at, b.ID()) },
		func(at int64) ([]byte, error) { return l.RemoveDeviceAfter(old, at, b.ID(), heads) },
		func(at int64) ([]byte, error) { return l.SetRecovery(old, at, fresh) },
	} {
		raw, err := write(1_700_000_001_000 + int64(i))
		must(t, raw, err)
		put("record."+[]string{"add", "kem", "profile", "remove", "remove-after", "recovery"}[i], raw)
	}
	last := l.Heads()[0]
	put("person.id", l.person[:])
	put("last.id", last[:])
	m, err := NewMaster(stream(7))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := m.Seal(stream(8), []byte("info"), []byte("plain"))
	if err != nil {
		t.Fatal(err)
	}
	put("master.key", m.Export())
	put("master.sealed", sealed)
	return out, l
}

// drawn are the vectors for which the standard library draws: only opened again.
func drawn(t *testing.T, l *Log) []vector {
	cryptotest.SetGlobalRandom(t, 9)
	a := newTestDevice(t, 1)
	sealed, err := Seal(a.KEM(), []byte("info"), []byte("plain"))
	if err != nil {
		t.Fatal(err)
	}
	envelope, err := SealToPerson(l.State(), []byte("info"), []byte("plain"))
	if err != nil {
		t.Fatal(err)
	}
	return []vector{{"sealed.old-kem", sealed}, {"sealed.person", envelope}}
}

func readVectors(t *testing.T) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		b, err := hex.DecodeString(value)
		if err != nil || !ok {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = b
	}
	return out
}

func TestTheFormatIsFrozen(t *testing.T) {
	want, l := deterministic(t)
	if *update {
		var text strings.Builder
		for _, v := range append(want, drawn(t, l)...) {
			fmt.Fprintf(&text, "%s %x\n", v.name, v.value)
		}
		if err := os.WriteFile(vectorFile, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	frozen := readVectors(t)
	for _, v := range want {
		if !bytes.Equal(frozen[v.name], v.value) {
			t.Errorf("%s is no longer written as it was", v.name)
		}
	}
	a, err := ImportDevice(frozen["device.export"])
	if err != nil {
		t.Fatal(err)
	}
	words, err := ParseWords(string(frozen["words.text"]))
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := words.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	person, info := PersonID(frozen["person.id"]), []byte("info")
	if got, err := a.Open(frozen["sealed.old-kem"], info); err != nil || string(got) != "plain" {
		t.Errorf("sealed to an old key: %q, %v", got, err)
	}
	if got, err := OpenToPerson(a, person, info, frozen["sealed.person"]); err != nil || string(got) != "plain" {
		t.Errorf("sealed to a person: %q, %v", got, err)
	}
	if _, err := OpenToPerson(recovery, person, info, frozen["sealed.person"]); err == nil {
		t.Error("the old words open what was sealed after new ones were set")
	}
}
