package app

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"corkboard/board"
	"corkboard/identity/vault"
)

const (
	plantedPhrase = "Tr0ub4dor&3 planted"
	plantedOther  = "Zw3rg planted as well"
)

// planted is what must be nowhere, by name: each in the ways it could be written.
type planted map[string][]string

// plant notes secrets of a profile that is unlocked and has its words.
func plant(t *testing.T, a *App) planted {
	t.Helper()
	v, err := vault.Open(filepath.Join(a.Profile(), "identity"), nil)
	must(t, err)
	k, err := v.Unlock()
	must(t, err)
	p := planted{"the passphrase": {plantedPhrase}, "the other passphrase": {plantedOther}}
	list := strings.Fields(k.Words.Reveal())
	for i := range len(list) - 2 {
		for _, between := range []string{" ", "\n", `","`, `" "`, ", ", "-"} {
			p["the words"] = append(p["the words"], strings.Join(list[i:i+3], between))
		}
	}
	export := k.Device.Export()
	p["the signing key"], p["the sealing key"] = written(export[1:33]), written(export[34:66])
	p["the master key"] = written(k.Masters[0].Export())
	return p
}

// written is a key in the ways it could be printed; its first 8 bytes are enough.
func written(key []byte) []string {
	head := key[:8]
	decimal := strings.Trim(fmt.Sprint(head), "[]")
	return []string{
		string(head), hex.EncodeToString(head), strings.ToUpper(hex.EncodeToString(head)), fmt.Sprintf("% x", head),
		decimal, strings.ReplaceAll(decimal, " ", ", "), strings.ReplaceAll(decimal, " ", ","),
		base64.StdEncoding.EncodeToString(key)[:10], base64.URLEncoding.EncodeToString(key)[:10],
	}
}

func (p planted) search(t *testing.T, where string, text []byte) {
	t.Helper()
	if name, seen := p.seen(string(text)); seen {
		t.Errorf("%s shows %s", where, name)
	}
}

// searchProfile looks through all files, but for folders of keys if they are left out.
func (p planted) searchProfile(t *testing.T, dir string, without ...string) {
	t.Helper()
	files := 0
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		for _, folder := range without {
			if path == filepath.Join(dir, folder) {
				return fs.SkipDir
			}
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // a temporary one
			return nil
		}
		files++
		p.search(t, path, text)
		return err
	}))
	if files < 5 {
		t.Fatalf("only %d files were looked through", files)
	}
}

// A logbook keeps all that is logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logbook) all() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.text.Bytes())
}

// A chattyRing repeats in its errors what it was given. It works while it has room.
type chattyRing struct {
	mu   sync.Mutex
	kept map[string]string
	room bool
	told []string // all secrets it was given
}

func (r *chattyRing) Get(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret, ok := r.kept[name]; ok {
		return secret, nil
	}
	return "", fmt.Errorf("no %s among %v", name, r.kept)
}

func (r *chattyRing) Set(name, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = append(r.told, secret)
	if !r.room {
		return fmt.Errorf("no room for %s = %s", name, secret)
	}
	r.kept[name] = secret
	return nil
}

func (r *chattyRing) Delete(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.kept, name)
	return nil
}

// Words, passphrases and private keys are in no log, no error, no sentence and,
// outside the folders of keys, in no file; the words not even there once they are
// written down.
func TestNoSecretIsShownAnywhere(t *testing.T) {
	dir, book, ring := t.TempDir(), &logbook{}, &chattyRing{kept: map[string]string{}}
	o := Options{Profile: dir, Log: slog.New(slog.NewTextHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug})), Keyring: ring}
	var failures []error
	fails := func(err error) {
		t.Helper()
		if err == nil {
			t.Error("no error to look at")
		}
		failures = append(failures, err)
	}
	a := openWith(t, o)
	secrets := plant(t, a)
	newText(t, a, a.Home(), board.Point{X: 600, Y: 80}, "a card")
	w, err := a.RecoveryWords()
	must(t, err)
	fails(a.ProtectByPassphrase(plantedPhrase, plantedPhrase))
	fails(a.WordsWritten(strings.Fields(w.Reveal())[0], "x"))
	must(t, a.Flush(testContext(t)))
	secrets.searchProfile(t, dir, "identity", "backups/identity")
	words := writtenDown(t, a)
	_, err = a.RecoveryWords()
	fails(err)
	for _, folder := range []string{"identity", "backups/identity"} {
		v, err := vault.Open(filepath.Join(dir, folder), nil)
		must(t, err)
		if k, err := v.Unlock(); err != nil || k.Words != nil {
			t.Errorf("%s still has the words, or does not open: %v", folder, err)
		}
	}
	secrets.searchProfile(t, dir)
	fails(a.ProtectByKeyring())
	fails(a.ProtectByPassphrase(plantedPhrase, plantedOther))
	ring.room = true
	must(t, a.ProtectByKeyring())
	closeTest(t, a)

	clear(ring.kept)
	ring.room = false
	a = openWith(t, o)
	fails(a.store.AwaitKeys(testContext(t)).Err)
	fails(a.Unlock(plantedOther))
	fails(a.UnlockWords(words + " more"))
	fails(a.UnlockWords(strings.Replace(words, " ", "x ", 1)))
	list := strings.Fields(words)
	list[0], list[5] = list[5], list[0]
	fails(a.UnlockWords(strings.Join(list, " ")))
	must(t, a.UnlockWords(words))
	must(t, a.ProtectByPassphrase(plantedPhrase, plantedPhrase))
	closeTest(t, a)
	a = openWith(t, o)
	fails(a.Unlock(plantedOther))
	_, made := a.NewDocument("text", nil)
	fails(made.Wait(testContext(t)))
	must(t, a.Unlock(plantedPhrase))
	newText(t, a, a.Home(), board.Point{X: 600, Y: 380}, "another card")
	closeTest(t, a)

	for _, secret := range ring.told {
		secrets["what the keyring was given"] = append(secrets["what the keyring was given"], secret)
	}
	secrets.searchProfile(t, dir)
	secrets.search(t, "the log", book.all())
	for i, err := range failures {
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v %#v %q", err, err, err), Sentence(err)} {
			secrets.search(t, fmt.Sprintf("error %d", i), []byte(text))
		}
	}
	state := fmt.Sprintf("%v %+v %#v %v %+v", w, w, w, a.KeyState(), a.KeyState())
	secrets.search(t, "what is printed", []byte(state))
	if len(book.all()) == 0 {
		t.Error("nothing was logged: the test sees nothing")
	}
}

// The test above must see what it looks for.
func TestAPlantedSecretIsFound(t *testing.T) {
	a := openTest(t, t.TempDir())
	secrets := plant(t, a)
	v, err := vault.Open(filepath.Join(a.Profile(), "identity"), nil)
	must(t, err)
	k, err := v.Unlock()
	must(t, err)
	type careless struct{ Key []byte }
	for name, text := range map[string]string{
		"the words": k.Words.Reveal(), "the words in JSON": fmt.Sprintf("%q", strings.Fields(k.Words.Reveal())),
		"the passphrase": `{"p":"` + plantedPhrase + `"}`, "the signing key": fmt.Sprint(careless{k.Device.Export()[1:33]}),
		"the master key": fmt.Errorf("bad key %x", k.Masters[0].Export()).Error(),
	} {
		if _, seen := secrets.seen(text); !seen {
			t.Errorf("%s would not be found", name)
		}
	}
	path := filepath.Join(a.Profile(), "careless.txt")
	must(t, os.WriteFile(path, k.Device.Export(), 0o600))
	text, err := os.ReadFile(path)
	must(t, err)
	if _, seen := secrets.seen(string(text)); !seen {
		t.Error("keys in a file would not be found")
	}
}

// seen names what is planted and in a text.
func (p planted) seen(text string) (name string, seen bool) {
	for name, ways := range p {
		for _, way := range ways {
			if strings.Contains(text, way) {
				return name, true
			}
		}
	}
	return "", false
}
