package enginetest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/docstore/engine"
)

// typing lets two write in one text, each knowing nothing of the other. What the
// engine makes of both is what doc.EditText makes of them, but where both wrote at
// one place: which of them comes first there is the engine's to say.
func typing(t *testing.T, e engine.Engine) {
	apart := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 31))
		letters := []rune("abcdefghijklmnopqrstuvwxyz0123456789 .,-\n")
		take := func(n int) string {
			s := string(letters[:n])
			letters = letters[n:]
			return s
		}
		base := take(1 + r.IntN(12))
		d := fresh(t, e, 60)
		begin := apply(t, d, doc.Put{Path: doc.At("t"), Value: doc.Text(base)})
		one, two := base, base
		for i, text := range []*string{&one, &two} {
			edits := someTyping(r, text, take)
			if len(edits) == 0 {
				continue
			}
			x, err := e.Load(nil, [][]byte{begin.Body}, actor(61+i))
			if err != nil {
				t.Fatal(err)
			}
			c := apply(t, x, edits...)
			x.Close()
			if _, err := d.Merge([][]byte{c.Body}); err != nil {
				t.Fatal(err)
			}
		}
		v, _, err := d.Read(doc.At("t"))
		if err != nil {
			t.Fatal(err)
		}
		want, _ := v.(doc.Text)
		got := doc.Spliced(two, doc.EditText(doc.At("t"), base, one, two)...)
		if a, b := []rune(string(want)), []rune(got); !slices.Equal(sorted(a), sorted(b)) {
			t.Fatalf("seed %d: of %q, %q and %q the engine makes %q, we %q", seed, base, one, two, want, got)
		}
		if touching(base, one, two, string(want)) {
			continue
		}
		apart++
		if got != string(want) {
			t.Fatalf("seed %d: of %q, %q and %q the engine makes %q, we %q", seed, base, one, two, want, got)
		}
	}
	if apart < 50 {
		t.Errorf("only %d times they wrote apart", apart)
	}
}

// someTyping is one to three splices of a text.
func someTyping(r *rand.Rand, text *string, take func(n int) string) (edits []doc.Edit) {
	for range 1 + r.IntN(3) {
		n := len([]rune(*text))
		from := r.IntN(n + 1)
		s := doc.Splice{Path: doc.At("t"), From: from, Delete: r.IntN(min(5, n-from+1)), Insert: take(r.IntN(3))}
		if s.Delete > 0 || s.Insert != "" {
			edits = append(edits, s)
			*text = doc.Spliced(*text, s)
		}
	}
	return edits
}

// touching reports whether what one and two have inserted stands together anywhere in
// text, with nothing of the base between.
func touching(base, one, two, text string) bool {
	byOne, byTwo := false, false
	for _, c := range text {
		if strings.ContainsRune(base, c) {
			byOne, byTwo = false, false
			continue
		}
		byOne = byOne || strings.ContainsRune(one, c)
		byTwo = byTwo || strings.ContainsRune(two, c)
		if byOne && byTwo {
			return true
		}
	}
	return false
}

func sorted(r []rune) []rune {
	slices.Sort(r)
	return r
}
