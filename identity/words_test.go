package identity

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func newTestWords(t testing.TB, seed int64) Words {
	t.Helper()
	w, err := NewWords(stream(seed))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Vectors of BIP 39.
func TestWordsAreThoseOfTheStandard(t *testing.T) {
	for entropy, want := range map[string]string{
		strings.Repeat("00", 32): strings.Repeat("abandon ", 23) + "art",
		strings.Repeat("7f", 32): strings.Repeat("legal winner thank year wave sausage worth useful ", 2) + "legal winner thank year wave sausage worth title",
		strings.Repeat("80", 32): strings.Repeat("letter advice cage absurd amount doctor acoustic avoid ", 2) + "letter advice cage absurd amount doctor acoustic bless",
		strings.Repeat("ff", 32): strings.Repeat("zoo ", 23) + "vote",
	} {
		b, _ := hex.DecodeString(entropy)
		w, err := NewWords(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if w.Reveal() != want {
			t.Errorf("%s: %s", entropy, w.Reveal())
		}
	}
}

func TestWordsBearHowPeopleType(t *testing.T) {
	w := newTestWords(t, 1)
	text := w.Reveal()
	for _, typed := range []string{
		text, strings.ToUpper(text), "  " + strings.ReplaceAll(text, " ", "\r\n\t ") + "\n",
		strings.Title(text), strings.ReplaceAll(text, " ", "\u00a0"),
	} {
		got, err := ParseWords(typed)
		if err != nil || *got.entropy() != *w.entropy() {
			t.Errorf("%v", err)
		}
	}
}

func TestWrongWordsAreNamedByTheirPlace(t *testing.T) {
	words := strings.Fields(newTestWords(t, 1).Reveal())
	for at := range words {
		typed := append([]string(nil), words...)
		typed[at] = "blorft"
		_, err := ParseWords(strings.Join(typed, " "))
		var wrong *WordError
		if !errors.As(err, &wrong) || wrong.Position != at+1 || !errors.Is(err, ErrUnknownWord) {
			t.Errorf("word %d: got %v", at+1, err)
		}
		if strings.Contains(err.Error(), "blorft") {
			t.Error("the error repeats a word")
		}
	}
	fooled := 0
	for at := range words[1:] {
		typed := append([]string(nil), words...)
		typed[at], typed[at+1] = typed[at+1], typed[at]
		if _, err := ParseWords(strings.Join(typed, " ")); err == nil {
			fooled++
		} else if !errors.Is(err, ErrWordsDoNotFit) {
			t.Errorf("words %d and %d swapped: got %v", at, at+1, err)
		}
	}
	if fooled > 2 {
		t.Errorf("%d of 23 swaps pass the checksum", fooled)
	}
	for _, n := range []int{0, 1, 12, 23, 25} {
		if _, err := ParseWords(strings.Repeat("zoo ", n)); !errors.Is(err, ErrWordCount) {
			t.Errorf("%d words: got %v", n, err)
		}
	}
	if _, err := ParseWords(strings.Repeat(" ", 5000)); !errors.Is(err, ErrWordCount) {
		t.Error(err)
	}
}

func TestTheSameWordsMakeTheSameKeys(t *testing.T) {
	w := newTestWords(t, 1)
	a, err := w.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseWords(w.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	b, err := again.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	c, err := newTestWords(t, 2).Recovery()
	if err != nil {
		t.Fatal(err)
	}
	if a.ID() != b.ID() || !bytes.Equal(a.KEM(), b.KEM()) || a.ID() == c.ID() || bytes.Equal(a.KEM(), c.KEM()) {
		t.Error("keys do not follow the words")
	}
	sealed, err := Seal(a.KEM(), nil, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Open(sealed, nil); err != nil || string(got) != "x" {
		t.Error(err)
	}
}
