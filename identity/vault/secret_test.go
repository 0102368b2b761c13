package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/identity"
)

// needles are the ways in which a secret could be printed; its first 8 bytes
// are enough.
func needles(secret []byte) []string {
	head := secret[:8]
	decimal := strings.Trim(fmt.Sprint(head), "[]")
	return []string{
		string(head), hex.EncodeToString(head), strings.ToUpper(hex.EncodeToString(head)),
		fmt.Sprintf("% x", head), decimal, strings.ReplaceAll(decimal, " ", ","), strings.ReplaceAll(decimal, " ", ", "),
		strings.Trim(fmt.Sprintf("%#v", head), "[]byte{}"), strings.Trim(fmt.Sprintf("%q", head), `"`),
		base64.StdEncoding.EncodeToString(secret)[:10], base64.URLEncoding.EncodeToString(secret)[:10],
		string(doc.NewID([32]byte(append(slices.Clone(secret), make([]byte, 32)...))))[:10],
	}
}

type planted map[string][]byte

func (p planted) search(t *testing.T, where, text string) {
	t.Helper()
	for name, secret := range p {
		for _, needle := range needles(secret) {
			if strings.Contains(text, needle) {
				t.Errorf("%s shows %s: %.300q", where, name, text)
			}
		}
	}
}

// printed is a value in all the ways that this program may print it.
func printed(v any) map[string]string {
	out := map[string]string{}
	type open struct{ V any }
	type shut struct{ v any }
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%b", "%c", "%U", "%p", "%t"} {
		for in, v := range map[string]any{"": v, "slice": []any{v}, "open": open{v}, "shut": shut{v}, "to shut": &shut{v}, "map": map[string]any{"k": v}} {
			out[verb+" "+in] = fmt.Sprintf(verb, v)
		}
	}
	b, err := json.Marshal(open{v})
	out["json"] = fmt.Sprint(string(b), err)
	var log bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(h).Info("x", "v", v, "open", open{v}, "shut", shut{v})
	}
	out["slog"] = log.String()
	return out
}

// A chatty keyring repeats in its errors what it was given.
type chatty struct{}

func (chatty) Get(name string) (string, error) { return "", errors.New("cannot read " + name) }
func (chatty) Set(name, secret string) error {
	return fmt.Errorf("cannot write %s = %s", name, secret)
}
func (chatty) Delete(string) error { return nil }

func TestNothingPrintsASecret(t *testing.T) {
	const passphrase = "Tr0ub4dor&3 planted"
	k, ring, dir := testKeys(t, 1), folderRing{t.TempDir()}, t.TempDir()
	device, err := k.Device.WithNewKEM(stream(77))
	if err != nil {
		t.Fatal(err)
	}
	k.Device = device
	words, public := testWords(t, 22)
	recovery, err := words.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	byPassphrase := quick(passphrase)
	v := create(t, dir, k, public, BySystem(ring))
	export, entropy := device.Export(), make([]byte, 32)
	stream(22).Read(entropy)
	secrets := planted{
		"the signing key": export[1:33], "the sealing key": export[34:66], "the old sealing key": export[66:98],
		"the master key": k.Masters[0].Export(), "the file key": v.key()[:], "the entropy": entropy,
		"the passphrase": []byte(passphrase), "the words": []byte(words.Reveal()), "the last words": []byte(words.Reveal()[100:]),
		"all keys": export,
	}
	entry, err := ring.Get(entryName(v.file.entry))
	if err != nil {
		t.Fatal(err)
	}
	secrets["the entry in the keyring"] = []byte(entry)
	for name, value := range map[string]any{
		"Device": *device, "*Device": device, "Recovery": *recovery, "*Recovery": recovery,
		"Words": words, "*Words": &words, "Master": k.Masters[0], "*Master": &k.Masters[0],
		"Keys": k, "*Keys": &k, "Lock": byPassphrase, "*Lock": &byPassphrase, "Vault": *v, "*Vault": v,
		"RecoveryKey": public, "Candidate": device.Apply(k.Person, "x"), "Protection": v.Protection(),
	} {
		for how, text := range printed(value) {
			secrets.search(t, name+" by "+how, text)
		}
	}
	for i, err := range failures(t, k, words, byPassphrase) {
		for how, text := range printed(err) {
			secrets.search(t, fmt.Sprintf("error %d by %s", i, how), text)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	secrets.search(t, "the key file", string(raw))
}

// failures are errors of everything that handles secrets.
func failures(t *testing.T, k Keys, words identity.Words, by Lock) []error {
	t.Helper()
	var all []error
	note := func(err error) {
		t.Helper()
		if err == nil {
			t.Error("no error to look at")
		}
		all = append(all, err)
	}
	fails := func(_ any, err error) { t.Helper(); note(err) }
	_, public := testWords(t, 22)
	dir := t.TempDir()
	v := create(t, dir, k, public, BySystem(chatty{}))
	fails(Create(dir, k, public, by))
	fails(Create(filepath.Join(dir, "none"), k, public, BySystem(chatty{})))
	fails(Create(filepath.Join(dir, "none"), k, public, by))
	v.file.protection = UnderKeyring
	v.ring = chatty{}
	fails(v.Unlock())
	fails(v.UnlockPassphrase(*by.passphrase()))
	v.file.protection, v.file.local = UnderPassphrase, []byte("age-encryption.org/v1\n")
	fails(v.UnlockPassphrase(*by.passphrase()))
	v.file.words[3] ^= 1
	fails(v.UnlockWords(words))
	v.raw = nil
	note(v.Store(k))
	note(v.Protect(by))
	typed := words.Reveal()
	fails(identity.ParseWords(typed + " more"))
	fails(identity.ParseWords(strings.Replace(typed, " ", "x ", 1)))
	list := strings.Fields(typed)
	list[0], list[1] = list[1], list[0]
	fails(identity.ParseWords(strings.Join(list, " ")))
	export := k.Device.Export()
	fails(identity.ImportDevice(export[:len(export)-1]))
	fails(identity.ImportDevice(append(slices.Clone(export), 1)))
	fails(identity.ImportDevice(export[1:]))
	fails(identity.ImportMaster(k.Masters[0].Export()[1:]))
	fails(k.Device.Open(export, nil))
	fails(k.Masters[0].Open(export, nil))
	plain, err := k.marshal()
	if err != nil {
		t.Fatal(err)
	}
	fails(parseKeys(plain[:len(plain)-1]))
	fails(parseKeys(plain[1:]))
	return all
}

// The test above must see what it looks for.
func TestASecretThatIsPrintedIsFound(t *testing.T) {
	secret := make([]byte, 32)
	stream(3).Read(secret)
	type careless struct{ Key [32]byte }
	type text struct{ Key string }
	for name, value := range map[string]any{
		"bytes": secret, "array": [32]byte(secret), "struct": careless{[32]byte(secret)},
		"text": text{string(secret)}, "error": fmt.Errorf("bad key %x", secret), "id": identity.PersonID(secret),
	} {
		found := slices.ContainsFunc(slices.Collect(maps.Values(printed(value))), func(text string) bool {
			return slices.ContainsFunc(needles(secret), func(n string) bool { return strings.Contains(text, n) })
		})
		if !found {
			t.Errorf("%s: not found", name)
		}
	}
}
