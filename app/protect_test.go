package app

import (
	"errors"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// writtenDown proves the words of a profile and gives them.
func writtenDown(t *testing.T, a *App) string {
	t.Helper()
	w, err := a.RecoveryWords()
	must(t, err)
	list := strings.Fields(w.Reveal())
	i, j := AskedWords(w)
	must(t, a.WordsWritten(" "+strings.ToUpper(list[i-1]), list[j-1]+" "))
	return w.Reveal()
}

func TestTwoWordsProveThatAllAreWrittenDown(t *testing.T) {
	a := openTest(t, t.TempDir())
	w, err := a.RecoveryWords()
	must(t, err)
	list := strings.Fields(w.Reveal())
	i, j := AskedWords(w)
	if i < 1 || j <= i || j > identity.WordCount {
		t.Fatalf("words %d and %d are asked for", i, j)
	}
	right, other := list[i-1], list[j-1]
	for _, typed := range [][2]string{{"", ""}, {right, ""}, {right, right + "x"}, {right + "x", other}} {
		if err := a.WordsWritten(typed[0], typed[1]); !errors.Is(err, ErrOtherWords) {
			t.Errorf("a wrong proof: %v", err)
		}
		if !a.KeyState().WordsKept {
			t.Fatal("the words are gone")
		}
	}
	writtenDown(t, a)
	if a.KeyState().WordsKept {
		t.Error("the words are still here")
	}
	if err := a.WordsWritten(right, other); !errors.Is(err, docstore.ErrNoWords) {
		t.Errorf("once more: %v", err)
	}
}

// Which words are asked for depends on the words, and all are asked for at times.
func TestAskedWords(t *testing.T) {
	seen := map[int]bool{}
	for n := range byte(200) {
		w, err := identity.NewWords(steady(n))
		must(t, err)
		i, j := AskedWords(w)
		if again, more := AskedWords(w); again != i || more != j {
			t.Fatal("other words the second time")
		}
		if i >= j || i < 1 || j > identity.WordCount {
			t.Fatalf("words %d and %d", i, j)
		}
		seen[i], seen[j] = true, true
	}
	if len(seen) != identity.WordCount {
		t.Errorf("only %d of the words are ever asked for", len(seen))
	}
}

// steady is the same byte for ever.
type steady byte

func (s steady) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(s)
	}
	return len(b), nil
}

func TestALockedProfileOpensAndSaysSo(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	words := writtenDown(t, a)
	if err := a.ProtectByPassphrase("of the test", "of the text"); !errors.Is(err, ErrDiffer) {
		t.Errorf("two passphrases: %v", err)
	}
	must(t, a.ProtectByPassphrase("of the test", "of the test"))
	closeTest(t, a)

	a = openTest(t, dir)
	r, err := a.Report(testContext(t))
	must(t, err)
	if !strings.Contains(r.Locked, "locked") || r.Cards != 1 {
		t.Errorf("the report of a locked profile: %+v", r)
	}
	_, made := a.NewDocument("text", nil)
	if err := made.Wait(testContext(t)); !errors.Is(err, docstore.ErrLocked) {
		t.Errorf("a new document: %v", err)
	}
	for typed, want := range map[string]error{
		"": identity.ErrWordCount, strings.Repeat("xyz ", 24): identity.ErrUnknownWord,
		strings.Repeat("zoo ", 24): identity.ErrWordsDoNotFit, strings.Repeat("abandon ", 23) + "art": vault.ErrWrongWords,
	} {
		if err := a.UnlockWords(typed); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, want %v", typed, err, want)
		}
	}
	must(t, a.UnlockWords(strings.ToUpper(words)+"\n"))
	if st := a.KeyState(); st.Err != nil || !st.Renew || st.Protection != UnderPassphrase {
		t.Errorf("unlocked by words: %+v", st)
	}
	newText(t, a, a.Home(), board.Point{X: 600, Y: 80}, "after")
	must(t, a.Unprotect())
	closeTest(t, a)
	a = openTest(t, dir)
	if r, err = a.Report(testContext(t)); err != nil || r.Locked != "" || r.Cards != 2 {
		t.Errorf("without a protection: %+v, %v", r, err)
	}
}
