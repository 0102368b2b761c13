package textedit

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRopeIsAPlainText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		model := []rune(strings.Repeat("some words\n", rapid.IntRange(0, 700).Draw(t, "lines")))
		var r rope
		r.reset(string(model))
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			at := rapid.IntRange(0, len(model)).Draw(t, "at")
			del := rapid.IntRange(0, min(len(model)-at, 4000)).Draw(t, "del")
			ins := []rune(strings.Repeat(alphabet().Draw(t, "ins"), rapid.SampledFrom([]int{1, 1, 700}).Draw(t, "times")))
			r.splice(at, del, ins)
			model = slices.Replace(model, at, at+del, ins...)
			a := rapid.IntRange(0, len(model)).Draw(t, "a")
			b := rapid.IntRange(a, len(model)).Draw(t, "b")
			if got := r.text(a, b); got != string(model[a:b]) {
				t.Fatalf("runes %d to %d are %q, want %q", a, b, got, string(model[a:b]))
			}
			if a < b && r.at(a) != model[a] {
				t.Fatalf("rune %d is %q, want %q", a, r.at(a), model[a])
			}
			want := b
			if k := slices.Index(model[a:b], '\n'); k >= 0 {
				want = a + k
			}
			if got := r.newline(a, b); got != want {
				t.Fatalf("newline in [%d, %d) at %d, want %d", a, b, got, want)
			}
		}
		if r.n != len(model) || r.text(0, r.n) != string(model) {
			t.Fatalf("%d runes, want %d", r.n, len(model))
		}
		for i, c := range r.chunks {
			if len(c) == 0 || len(c) > maxChunk {
				t.Fatalf("chunk %d holds %d runes", i, len(c))
			}
		}
	})
}

func TestRopeStaysInFewChunks(t *testing.T) {
	var r rope
	r.reset(strings.Repeat("x", 50_000))
	for i := range 3000 { // deleting and typing all over the place
		at := i * 7919 % r.n
		r.splice(at, min(9, r.n-at), []rune("yyyyyyyy"))
	}
	if got, most := len(r.chunks), 4*r.n/minChunk; got > most {
		t.Errorf("%d runes in %d chunks", r.n, got)
	}
}
