package textedit

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func hitsOf(text, query string) []int {
	rs, q := []rune(text), []rune(query)
	var out []int
	for at := range rs {
		same := len(q) > 0 && at+len(q) <= len(rs)
		for i := 0; same && i < len(q); i++ {
			same = folded(rs[at+i]) == folded(q[i])
		}
		if same {
			out = append(out, at)
		}
	}
	return out
}

func TestHitsFollowEdits(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("aAbé\n")), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		var b Buffer
		b.SetText(letters.Draw(t, "text"))
		query := rapid.StringOfN(rapid.RuneFrom([]rune("aAbÉ")), 0, 4, -1).Draw(t, "query")
		var h hits
		h.look(query, &b.text)
		b.Changed = func(s Splice) { h.change(s, &b.text) }
		for range rapid.IntRange(0, 6).Draw(t, "edits") {
			b.Select(rapid.IntRange(0, b.Len()).Draw(t, "a"), rapid.IntRange(0, b.Len()).Draw(t, "c"))
			b.Insert(letters.Draw(t, "insert"))
			if want := hitsOf(b.Text(), query); !slices.Equal(h.at, want) {
				t.Fatalf("%q in %q at %v, want %v", query, b.Text(), h.at, want)
			}
		}
	})
}

func TestHitsFoldCase(t *testing.T) {
	for _, c := range []struct {
		text, query string
		n           int
	}{
		{"Straße STRASSE", "strasse", 1},
		{"ΣΊΣΥΦΟΣ σίσυφος", "σίσυφοσ", 2},
		{"ÉCOLE école", "École", 2},
		{"a.b aXb", "a.b", 1},
		{"K k \u212a", "k", 3},
		{"anything", "", 0},
	} {
		var h hits
		var r rope
		r.reset(c.text)
		h.look(c.query, &r)
		if len(h.at) != c.n {
			t.Errorf("%q is found %d times in %q, want %d", c.query, len(h.at), c.text, c.n)
		}
	}
}

func TestHitsWrapAround(t *testing.T) {
	h := hits{at: []int{3, 8}}
	for _, c := range []struct{ from, next, prev int }{{0, 0, 1}, {3, 0, 1}, {4, 1, 0}, {9, 0, 1}} {
		if n, p := h.next(c.from), h.prev(c.from); n != c.next || p != c.prev {
			t.Errorf("from %d: next %d, previous %d", c.from, n, p)
		}
	}
	if none := (&hits{}); none.next(5) != -1 || none.prev(5) != -1 {
		t.Error("something is found in nothing")
	}
}
