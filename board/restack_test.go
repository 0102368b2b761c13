package board

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
)

// stacked is a board with cards a, b, c … from the bottom, with these keys.
func stacked(t *testing.T, keys ...string) *hand {
	h := newHand(t)
	for i, z := range keys {
		m := doc.Map{"at": "0 0", "z": z}
		if _, err := h.tree.Apply([]doc.Edit{doc.Put{Path: doc.At("cards", string(rune('a'+i))), Value: m}}); err != nil {
			t.Fatal(err)
		}
	}
	h.update([]doc.Path{{}})
	return h
}

func (h *hand) order() string {
	cards := slices.Clone(h.board.Cards)
	slices.SortFunc(cards, below)
	var b strings.Builder
	for _, c := range cards {
		b.WriteString(string(c.ID))
	}
	return b.String()
}

func TestRestack(t *testing.T) {
	for _, c := range []struct {
		ids   string
		to    Level
		past  CardID
		want  string
		edits int
	}{
		{"b", ToFront, "", "acdeb", 1},
		{"bd", ToFront, "", "acebd", 2},
		{"d", ToBack, "", "dabce", 1},
		{"b", OneUp, "", "acbde", 1},
		{"bc", OneUp, "", "adbce", 2},
		{"bd", OneUp, "", "acebd", 2},
		{"d", OneDown, "", "abdce", 1},
		{"bd", OneDown, "", "bdace", 2},
		{"a", OneUp, "d", "bcdae", 1},
		{"e", OneDown, "b", "aebcd", 1},
		{"a", OneUp, "x", "bacde", 1},
	} {
		h := stacked(t, "1", "2", "3", "4", "5")
		var ids []CardID
		for _, r := range c.ids {
			ids = append(ids, CardID(r))
		}
		cmd := Restack{IDs: ids, To: c.to, Past: c.past}
		if p := plan(t, cmd, h.board); len(p.Edits) != c.edits {
			t.Errorf("%+v: %d edits", cmd, len(p.Edits))
		}
		if err := h.do(cmd); err != nil || h.order() != c.want {
			t.Errorf("%+v: order %s, want %s (%v)", cmd, h.order(), c.want, err)
		}
	}
	h := stacked(t, "1", "2")
	for _, cmd := range []Restack{{IDs: []CardID{"b"}, To: ToFront}, {IDs: []CardID{"a"}, To: OneDown}, {IDs: []CardID{"a", "b"}, To: OneUp}} {
		if _, err := cmd.Plan(h.board); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("%+v: %v", cmd, err)
		}
	}
}

func TestRestackGetsBetweenEqualKeys(t *testing.T) {
	for _, keys := range [][]string{{"", "", "", ""}, {"5", "5", "5", "5"}, {"1", "5", "5", "9"}, {"a0", "a", "a00", "b"}, {"~", "?", "", "0"}} {
		h := stacked(t, keys...)
		was := h.order()
		if err := h.do(Restack{IDs: []CardID{CardID(was[0])}, To: OneUp}); err != nil {
			t.Fatal(err)
		}
		if want := was[1:2] + was[:1] + was[2:]; h.order() != want {
			t.Errorf("%q: order %s, want %s", keys, h.order(), want)
		}
	}
}

func TestRestackDoesWhatItSaysOnAnyBoard(t *testing.T) {
	pool := []string{"", "1", "2", "2", "V", "V", "VV", "0001", "zzzz", "zzzzz", "A0B", "!"}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		keys := make([]string, 2+r.IntN(8))
		for i := range keys {
			keys[i] = pool[r.IntN(len(pool))]
		}
		h := stacked(t, keys...)
		for range 12 {
			was := h.order()
			var ids []CardID
			for range 1 + r.IntN(3) {
				ids = append(ids, CardID(was[r.IntN(len(was))]))
			}
			cmd := Restack{IDs: ids, To: Level(r.IntN(2))}
			in := func(c rune) bool { return slices.Contains(ids, CardID(c)) }
			moved := strings.Map(func(c rune) rune { return keep(c, in(c)) }, was)
			rest := strings.Map(func(c rune) rune { return keep(c, !in(c)) }, was)
			want := rest + moved
			if cmd.To == ToBack {
				want = moved + rest
			}
			if err := h.do(cmd); err != nil && !errors.Is(err, doc.ErrNothing) {
				t.Fatal(err)
			}
			if h.order() != want {
				t.Fatalf("keys %q, %s, %+v: %s, want %s", keys, was, cmd, h.order(), want)
			}
		}
	}
}

func keep(c rune, ok bool) rune {
	if ok {
		return c
	}
	return -1
}
