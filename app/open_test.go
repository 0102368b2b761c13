package app

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
)

func TestFirstRunHasAHomeBoardThatTeaches(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	b := readTest(t, a, a.Home())
	if b.Title != cards.HomeTitle || len(b.Cards) != 1 {
		t.Fatalf("home is %q with %d cards", b.Title, len(b.Cards))
	}
	c := b.Cards[0]
	if c.At != (board.Point{X: 80, Y: 80}) || c.Size.W != 420 {
		t.Errorf("the welcome card is at %v, size %v", c.At, c.Size)
	}
	if got := textOn(t, a, a.Home(), c.ID); got != cards.Welcome {
		t.Errorf("the welcome card says %q", got)
	}
	if _, err := a.Undo(a.Home()); !NothingLeft(err) {
		t.Errorf("a first run can be undone: %v", err)
	}
}

func TestWhatWasMadeIsThereAgain(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	home := a.Home()
	id, link, r := a.NewCard(home, cards.KindTodo, board.Point{X: 500, Y: 60})
	must(t, r.Wait(testContext(t)))
	closeTest(t, a)

	a = openTest(t, dir)
	if a.Home() != home {
		t.Fatalf("home moved from %s to %s", home, a.Home())
	}
	b := readTest(t, a, home)
	c := b.Card(id)
	if len(b.Cards) != 2 || c == nil || c.Link != link || c.At != (board.Point{X: 500, Y: 60}) {
		t.Fatalf("the card came back as %+v of %d", c, len(b.Cards))
	}
	if !a.Exists(link.Document) || a.Exists(a.NewID()) {
		t.Error("Exists is wrong")
	}
}

func TestCloseKeepsWhatWasJustBegun(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	var ids []board.CardID
	for range 20 {
		id, _, _ := a.NewCard(a.Home(), cards.KindText, board.Point{})
		ids = append(ids, id)
	}
	closeTest(t, a)
	if _, _, r := a.NewCard(a.Home(), cards.KindText, board.Point{}); !errors.Is(r.Applied(testContext(t)), doc.ErrClosed) {
		t.Error("a closed profile takes cards")
	}
	a = openTest(t, dir)
	b := readTest(t, a, a.Home())
	for _, id := range ids {
		if b.Card(id) == nil {
			t.Errorf("card %s was lost", id)
		}
	}
}

func TestUnknownKindIsRefused(t *testing.T) {
	a := openTest(t, t.TempDir())
	_, _, r := a.NewCard(a.Home(), "sculpture", board.Point{})
	if err := r.Applied(testContext(t)); !errors.Is(err, ErrKind) {
		t.Errorf("got %v", err)
	}
	if n := len(readTest(t, a, a.Home()).Cards); n != 1 {
		t.Errorf("%d cards on the board", n)
	}
}

// makeNewer makes a profile that is closed one of a newer version.
func makeNewer(t *testing.T, dir string) {
	t.Helper()
	header := filepath.Join(dir, "header.json")
	b, err := os.ReadFile(header)
	must(t, err)
	var h map[string]any
	must(t, json.Unmarshal(b, &h))
	h["format"] = 99
	b, err = json.Marshal(h)
	must(t, err)
	must(t, os.WriteFile(header, b, 0o600))
}

func TestProfileOfANewerVersionIsForReadingOnly(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	closeTest(t, a)
	makeNewer(t, dir)
	a = openTest(t, dir)
	if why := a.ReadOnly(); !errors.Is(why, docstore.ErrNewer) || !strings.Contains(Sentence(why), "newer version") {
		t.Fatalf("read-only because of %v: %q", why, Sentence(why))
	}
	if b := readTest(t, a, a.Home()); len(b.Cards) != 1 {
		t.Errorf("%d cards can be read", len(b.Cards))
	}
	_, _, r := a.NewCard(a.Home(), cards.KindText, board.Point{})
	if err := r.Applied(testContext(t)); Sentence(err) == "" || !errors.Is(err, docstore.ErrReadOnly) {
		t.Errorf("a card was made: %v", err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if err := a.Export(testContext(t), a.Home(), out); err != nil {
		t.Errorf("it cannot be exported: %v", err)
	}
}

func TestForeignFolderIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("years"), 0o600))
	_, err := Open(testContext(t), Options{Profile: dir})
	if !errors.Is(err, docstore.ErrNotAProfile) || !strings.Contains(Sentence(err), "no Corkboard profile") {
		t.Fatalf("got %v: %q", err, Sentence(err))
	}
	list, err := os.ReadDir(dir)
	must(t, err)
	if len(list) != 1 {
		t.Errorf("it holds %v now", list)
	}
}

func TestSecondOpenSaysWhoHasIt(t *testing.T) {
	dir := t.TempDir()
	openTest(t, dir)
	_, err := Open(testContext(t), Options{Profile: dir})
	var locked *docstore.LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() || !strings.Contains(Sentence(err), "using this profile") {
		t.Fatalf("got %v: %q", err, Sentence(err))
	}
}
