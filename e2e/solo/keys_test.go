package solo

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
	"corkboard/docstore"
	"corkboard/e2e/person"
	"corkboard/identity/vault"
)

const passphrase = "seven quiet otters"

// Where the buttons of the settings lie in the window.
var (
	wordsButton = image.Pt(635, 811)
	onlyButton  = image.Pt(625, 811) // to protect, once the words are gone
)

// accent is the colour of the button that a sheet is for.
var accent = color.RGBA{0x2f, 0x6f, 0xde, 0xff}

// danger is the colour of what went wrong.
var danger = color.RGBA{0xc4, 0x34, 0x2d, 0xff}

// founded makes the profile and gives its recovery words.
func founded(p *person.Person) (first, second string, all []string) {
	p.T.Helper()
	s, err := docstore.Open(p.Profile, docstore.Options{})
	p.Must(err)
	w, err := s.RecoveryWords()
	p.Must(err)
	p.Must(s.Close(p.T.Context()))
	p.Must(os.WriteFile(filepath.Join(p.Profile, "device.json"), []byte(`{"theme":"light"}`), 0o600))
	all = strings.Fields(w.Reveal())
	i, j := app.AskedWords(w)
	return all[i-1], all[j-1], all
}

// press clicks a place of the window.
func press(p *person.Person, at image.Point) {
	p.T.Helper()
	p.Changes(func() { p.Click(at.X, at.Y-p.Top) })
}

// unlocks types a passphrase and waits until the keys are open.
func unlocks(p *person.Person) {
	p.T.Helper()
	p.Type(passphrase + "\n")
	p.Until("the keys are open", func() bool { return p.Status().Locked == "" })
	p.Still()
}

// A person writes down the words, sets a passphrase and lives with it.
func TestKeysAreProtectedAndUnlocked(t *testing.T) {
	p := person.New(t, "solo")
	first, second, all := founded(p)
	keys := func() *vault.Vault {
		v, err := vault.Open(filepath.Join(p.Profile, "identity"), nil)
		p.Must(err)
		return v
	}
	p.Open()
	p.Changes(func() { p.Key("Ctrl+,") })
	p.Keep("keys-01-settings")
	press(p, wordsButton)
	words := p.Keep("keys-02-words")
	box := person.Box(words, words.Rect, accent)
	press(p, box.Min.Add(box.Max).Div(2))
	p.Keep("keys-03-prove")
	p.Type(first + "\n" + second + "\n")
	p.Until("the words are gone", func() bool {
		k, err := keys().Unlock()
		return err == nil && k.Words == nil
	})
	p.Keep("keys-04-gone")
	press(p, onlyButton)
	p.Keep("keys-05-protect")
	p.Type(passphrase + "\n" + passphrase + "\n")
	p.Until("the passphrase is set", func() bool { return keys().Protection() == vault.UnderPassphrase })
	p.Keep("keys-06-protected")
	p.Quit()

	p.Open()
	p.Keep("keys-07-locked")
	p.Type("seven quiet others\n")
	p.Sees("the complaint", danger, person.Screen, 50)
	p.Keep("keys-08-wrong")
	if p.Status().Locked == "" {
		t.Fatal("another passphrase opens the keys")
	}
	unlocks(p)
	p.Begins(2, func() { p.DoubleClick(1003, 543) })
	p.Type("Written with open keys")
	p.Key("Escape")
	p.AwaitSaved()
	p.Keep("keys-09-unlocked")
	p.Quit()

	p.Open()
	p.Changes(func() { p.Key("Escape") })
	p.Keep("keys-10-look-only")
	if text := p.Exported()["Written with open keys.md"]; text != "Written with open keys" {
		t.Errorf("to look at there is %q", text)
	}
	p.DoubleClick(1003, 743)
	p.Type("Lost?")
	if n := p.Status().Cards; n != 2 {
		t.Errorf("%d cards with locked keys", n)
	}
	if log := p.Program.Log(); strings.Contains(log, passphrase) || strings.Contains(log, strings.Join(all[:2], " ")) {
		t.Errorf("the log has a secret:\n%s", log)
	}
}
