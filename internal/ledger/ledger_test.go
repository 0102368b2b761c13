package ledger

import (
	"testing"

	"corkboard/doc"
)

func TestFactsAreReadAsWritten(t *testing.T) {
	f := Fact{Gone, IsItem, "doc", "r1.2.3x"}
	if got, ok := Parse(f.String()); !ok || got != f {
		t.Errorf("Parse(%q) = %v, %v", f, got, ok)
	}
	for _, line := range []string{"", "open", "+ line doc", "* line doc token", "+ line doc token more"} {
		if f, ok := Parse(line); ok {
			t.Errorf("%q was taken for %v", line, f)
		}
	}
}

func TestLedgerFindsEachSortOfLoss(t *testing.T) {
	const id = doc.ID("doc")
	said := []Fact{
		{There, IsLine, id, "a"},
		{There, IsLine, id, "b"}, {Maybe, IsLine, id, "b"}, {Gone, IsLine, id, "b"},
		{There, IsLine, id, "c"}, {Maybe, IsLine, id, "c"},
		{There, IsMove, id, "k"}, {There, IsMove, id, "k"},
	}
	l := New()
	for _, f := range said {
		l.Note(f)
	}
	whole := func() *sight {
		return &sight{marks: map[mark]bool{{IsLine, "a"}: true}, moves: map[string]int{"k": 2}, changes: 6}
	}
	if l.Acked != 6 {
		t.Errorf("%d acknowledged", l.Acked)
	}
	for name, c := range map[string]struct {
		harm func(*sight)
		lost int
	}{
		"nothing":           {func(*sight) {}, 0},
		"an undecided line": {func(s *sight) { s.marks[mark{IsLine, "c"}] = true }, 0},
		"a line":            {func(s *sight) { delete(s.marks, mark{IsLine, "a"}) }, 1},
		"an undo":           {func(s *sight) { s.marks[mark{IsLine, "b"}] = true }, 1},
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
