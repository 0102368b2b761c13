package vault

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/cryptotest"

	"corkboard/identity"
)

var update = flag.Bool("update", false, "write the frozen vectors anew")

const vectorFile = "testdata/vectors.txt"

// TestTheFormatIsFrozen opens key files that an earlier program has written.
// They hold drawn bytes of age and crypto/hpke, so they are not made again.
func TestTheFormatIsFrozen(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	v := readVectors(t)
	words, err := identity.ParseWords(string(v["words.text"]))
	if err != nil {
		t.Fatal(err)
	}
	want, err := parseKeys(v["keys"])
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(*Vault) (Keys, error){
		"passphrase": func(k *Vault) (Keys, error) { return k.UnlockPassphrase(string(v["passphrase"])) },
		"beside":     func(k *Vault) (Keys, error) { return k.Unlock() },
	} {
		dir := t.TempDir()
		for file, data := range map[string][]byte{FileName: v["file."+name], string(v["beside.name"]): v["beside.text"]} {
			if err := os.WriteFile(filepath.Join(dir, file), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := open(reopen(t, dir, nil))
		wantKeys(t, want, got, err)
		got, err = reopen(t, dir, nil).UnlockWords(words)
		wantKeys(t, want, got, err)
	}
}

func writeVectors(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	k := testKeys(t, 1)
	words, public := testWords(t, 22)
	k.Words = &words
	keys, err := k.marshal()
	if err != nil {
		t.Fatal(err)
	}
	const passphrase = "läuft"
	a := create(t, t.TempDir(), k, public, quick(passphrase))
	dir := t.TempDir()
	b := create(t, dir, k, public, BySystem(nil))
	name := keyFileName(b.file.entry)
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, v := range []struct {
		name  string
		value []byte
	}{
		{"words.text", []byte(words.Reveal())}, {"passphrase", []byte(passphrase)}, {"keys", keys},
		{"file.passphrase", a.raw}, {"file.beside", b.raw}, {"beside.name", []byte(name)}, {"beside.text", text},
	} {
		out.WriteString(v.name + " " + hex.EncodeToString(v.value) + "\n")
	}
	if err := os.WriteFile(vectorFile, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readVectors(t *testing.T) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for line := range bytes.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		if out[name], err = hex.DecodeString(value); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return out
}
