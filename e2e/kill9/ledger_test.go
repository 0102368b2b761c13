package kill9

import (
	"testing"

	"corkboard/doc"
)

func TestFactsAreReadAsWritten(t *testing.T) {
	f := fact{gone, isItem, "doc", "r1.2.3x"}
	if got, ok := parseFact(f.String()); !ok || got != f {
		t.Errorf("parseFact(%q) = %v, %v", f, got, ok)
	}
	for _, line := range []string{"", "open", "+ line doc", "* line doc token", "+ line doc token more"} {
		if f, ok := parseFact(line); ok {
			t.Errorf("%q was taken for %v", line, f)
		}
	}
}

func TestLedgerFindsEachSortOfLoss(t *testing.T) {
	const id = doc.ID("doc")
	said := []fact{
		{there, isLine, id, "a"},
		{there, isLine, id, "b"}, {maybe, isLine, id, "b"}, {gone, isLine, id, "b"},
		{there, isLine, id, "c"}, {maybe, isLine, id, "c"},
		{there, isMove, id, "k"}, {there, isMove, id, "k"},
	}
	l := newLedger()
	for _, f := range said {
		l.note(f)
	}
	whole := func() *sight {
		return &sight{marks: map[mark]bool{{isLine, "a"}: true}, moves: map[string]int{"k": 2}, changes: 6}
	}
	if l.acked != 6 {
		t.Errorf("%d acknowledged", l.acked)
	}
	for name, c := range map[string]struct {
		harm func(*sight)
		lost int
	}{
		"nothing":           {func(*sight) {}, 0},
		"an undecided line": {func(s *sight) { s.marks[mark{isLine, "c"}] = true }, 0},
		"a line":            {func(s *sight) { delete(s.marks, mark{isLine, "a"}) }, 1},
		"an undo":           {func(s *sight) { s.marks[mark{isLine, "b"}] = true }, 1},
		"a move":            {func(s *sight) { s.moves["k"] = 1 }, 1},
		"a change":          {func(s *sight) { s.changes = 5 }, 1},
	} {
		s := whole()
		c.harm(s)
		if lost := l.lost(id, s); len(lost) != c.lost {
			t.Errorf("without %s: lost %q", name, lost)
		}
	}
	if lost := l.lost(id, nil); len(lost) != 6 {
		t.Errorf("without the document: lost %q", lost)
	}
}
