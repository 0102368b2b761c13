package ui

import (
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/identity/vault"
	"corkboard/renderers/paint"
)

// A memoryRing is the keyring of a system; nil, it does not work.
type memoryRing struct {
	mu   sync.Mutex
	kept map[string]string
}

func (r *memoryRing) Get(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret, ok := r.kept[name]; ok {
		return secret, nil
	}
	return "", vault.ErrNoEntry
}

func (r *memoryRing) Set(name, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[name] = secret
	return nil
}

func (r *memoryRing) Delete(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.kept, name)
	return nil
}

// sheetSays reports whether the sheet that is open holds these words.
func (d *desk) sheetSays(words string) bool {
	return d.w.modal != nil && strings.Contains(saidBy(d.w.modal.inside), words)
}

// saidBy is all words of an object, lines of a paragraph together.
func saidBy(o fyne.CanvasObject) string {
	var out []string
	for _, line := range strings.Split(test.RenderObjectToMarkup(o), "\n") {
		if _, text, ok := strings.Cut(line, ">"); ok && strings.Contains(line, "<text") {
			out = append(out, strings.TrimSuffix(text, "</text>"))
		}
	}
	return strings.Join(out, " ")
}

// types puts words into what has the focus and presses Enter.
func (d *desk) types(words string) {
	d.t.Helper()
	d.write(words)
	d.press(fyne.KeyReturn)
}

const deskPassphrase = "of the desk"

// writtenDown takes the words off the disk and protects by a passphrase.
func (d *desk) writtenDown(protect func() error) (words string) {
	d.t.Helper()
	w, err := d.app.RecoveryWords()
	if err != nil {
		d.t.Fatal(err)
	}
	list := strings.Fields(w.Reveal())
	i, j := app.AskedWords(w)
	if err := d.app.WordsWritten(list[i-1], list[j-1]); err != nil {
		d.t.Fatal(err)
	}
	if err := protect(); err != nil {
		d.t.Fatal(err)
	}
	return w.Reveal()
}

func TestWordsAreShownProvenAndGone(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.w.showSettings()
	if !d.sheetSays("not written down yet") {
		t.Error("settings do not remind of the words")
	}
	d.w.showProtect()
	if !d.sheetSays("First write down the recovery words.") {
		t.Error("keys can be protected before the words are written down")
	}
	d.w.showWords()
	w, err := d.app.RecoveryWords()
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Fields(w.Reveal())
	for i, word := range list {
		if !d.sheetSays(word) {
			t.Errorf("word %d is not shown", i+1)
		}
	}
	d.w.proveWords(w)
	i, j := app.AskedWords(w)
	if said := saidBy(d.w.modal.inside); strings.Contains(said, list[i-1]+" "+list[j-1]) {
		t.Error("the answer is on the sheet")
	}
	d.types("zebra")
	d.types("zoo")
	d.until("wrong words are refused", func() bool { return d.sheetSays("not the two words") })
	if !d.app.KeyState().WordsKept {
		t.Fatal("the words are gone")
	}
	d.types(list[i-1])
	d.types(list[j-1])
	d.until("the words are gone", func() bool { return !d.app.KeyState().WordsKept && d.sheetSays("paper only") })
	if d.sheetSays("not written down") || !d.sheetSays("Nothing guards the keys yet.") {
		t.Error("settings do not say how it stands")
	}
}

func TestAPassphraseLocksAndOpens(t *testing.T) {
	dir := t.TempDir()
	d := newDeskOn(t, app.Options{Profile: dir})
	d.writtenDown(func() error { return nil })
	d.w.showProtect()
	d.press(fyne.KeyReturn)
	d.press(fyne.KeyReturn)
	d.until("an empty passphrase is refused", func() bool { return d.sheetSays("Type a passphrase.") })
	d.types(deskPassphrase)
	d.types("another")
	d.until("another one is refused", func() bool { return d.sheetSays("The two passphrases differ.") })
	d.types(deskPassphrase)
	d.types(deskPassphrase)
	d.until("the passphrase is set", func() bool {
		return d.app.KeyState().Protection == app.UnderPassphrase && d.sheetSays("A passphrase guards the keys.")
	})
	d.shut()

	d = newDeskOn(t, app.Options{Profile: dir})
	d.until("the sheet comes", func() bool { return d.sheetSays("Your keys are locked") })
	if d.w.bar.saved.all != "Locked – unlock…" || !d.w.env.ReadOnly {
		t.Errorf("the title bar says %q", d.w.bar.saved.all)
	}
	d.press(fyne.KeyEscape) // to look only
	if d.w.modal != nil {
		t.Fatal("the sheet stays")
	}
	d.w.newCard(d.w.board, cards.KindText, board.Point{X: 700, Y: 80})
	d.until("an edit is refused", func() bool { return d.said("Your keys are locked") })
	d.w.bar.saved.Tapped(nil)
	d.types("wrong")
	d.until("a wrong one is refused", func() bool { return d.sheetSays("This is not the passphrase.") })
	d.types(deskPassphrase)
	d.until("it is open", func() bool { return d.w.modal == nil && d.app.KeyState().Err == nil })
	d.until("that is said", func() bool { return d.said("unlocked") && d.w.bar.saved.all == "Saved on this device" })
	d.until("Home is there", func() bool { return len(d.cards()) == 1 })
	d.w.newCard(d.w.board, cards.KindText, board.Point{X: 700, Y: 80})
	d.until("a card is made", func() bool { return len(d.cards()) == 2 })
}

// shut closes the desk's profile before its test ends.
func (d *desk) shut() {
	d.t.Helper()
	d.w.closeModal()
	d.w.leave()
	if err := d.app.Close(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func TestAKeyringIsOfferedWhereItWorks(t *testing.T) {
	d := newDesk(t)
	d.writtenDown(func() error { return nil })
	d.w.showProtect()
	d.until("it is not offered", func() bool { return d.sheetSays("This system has none that answers.") })
	if d.sheetSays("Use the keyring") {
		t.Error("a keyring is offered that does not work")
	}
	d.shut()

	ring := &memoryRing{kept: map[string]string{}}
	o := app.Options{Profile: t.TempDir(), Keyring: ring}
	d = newDeskOn(t, o)
	words := d.writtenDown(func() error { return nil })
	d.w.showProtect()
	d.until("it is offered", func() bool { return d.sheetSays("Use the keyring") })
	if err := d.app.ProtectByKeyring(); err != nil {
		t.Fatal(err)
	}
	d.shut()

	o.Keyring = nil // it has lost everything and does not work any more
	d = newDeskOn(t, o)
	d.until("the sheet comes", func() bool { return d.sheetSays("keyring has not given the key") })
	d.w.showUnlockWords()
	e := d.w.win.Canvas().Focused().(*escEntry)
	for typed, complaint := range map[string]string{
		"some words": "There must be 24 words", words + " more": "There must be 24 words", strings.Replace(words, " ", "x ", 1): "Word 1 is none",
	} {
		e.SetText(typed)
		e.OnSubmitted(typed)
		d.until("they are refused", func() bool { return d.sheetSays(complaint) })
	}
	e.SetText(words)
	e.OnSubmitted(words)
	d.until("a protection must be chosen", func() bool { return d.sheetSays("Choose one anew") })
	d.w.showSettings()
	if !d.sheetSays("must be made anew") {
		t.Error("settings do not say it")
	}
}

func TestWordsHaveRoomAndLieApart(t *testing.T) {
	d := newDesk(t)
	w, err := d.app.RecoveryWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []float32{200, 330, 500, 592} {
		grid := wordGrid(w, width, paint.Light()).(*fyne.Container).Objects[0].(*fyne.Container)
		if len(grid.Objects) != 24 {
			t.Fatalf("%d words", len(grid.Objects))
		}
		for i, a := range grid.Objects {
			word := a.(*fyne.Container).Objects[2]
			if a.Position().X+a.Size().Width > width+0.5 || word.Position().X+textWidth("mmmmmmmm", wordSize, fyne.TextStyle{Monospace: true}) > a.Size().Width {
				t.Errorf("at %v word %d has no room", width, i+1)
			}
			for _, b := range grid.Objects[i+1:] {
				if overlap(a, b) {
					t.Fatalf("at %v two words lie over one another", width)
				}
			}
		}
	}
}

func TestKeySheetsFitAndCloseWithEsc(t *testing.T) {
	d := newDesk(t)
	open := func(show func()) {
		t.Helper()
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 800, Height: 500}, {Width: 420, Height: 320}} {
			d.w.win.Resize(size)
			show()
			if at, s := d.w.modal.paper.Position(), d.w.modal.paper.Size(); at.X < 0 || at.Y < 0 || at.X+s.Width > size.Width || at.Y+s.Height > size.Height {
				t.Errorf("a sheet of %v at %v in a window of %v", s, at, size)
			}
			c := d.w.win.Canvas()
			for i := range 4 {
				show()
				for range i {
					c.FocusNext()
				}
				d.press(fyne.KeyEscape)
				if d.w.modal != nil || len(c.Overlays().List()) > 0 {
					t.Fatalf("%T keeps Esc", c.Focused())
				}
			}
		}
	}
	w, err := d.app.RecoveryWords()
	if err != nil {
		t.Fatal(err)
	}
	open(d.w.showWords)
	open(func() { d.w.proveWords(w) })
	open(d.w.showProtect)
	open(d.w.showUnlockWords)
	d.writtenDown(func() error { return nil })
	open(d.w.showProtect)
}
