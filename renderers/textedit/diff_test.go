package textedit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDiffLeadsFromOneTextToTheOther(t *testing.T) {
	lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "é日", "", "e f"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		was, now := strings.Join(lines.Draw(t, "was"), "\n"), strings.Join(lines.Draw(t, "now"), "\n")
		if rapid.Bool().Draw(t, "letters") {
			was, now = alphabet().Draw(t, "was letters"), alphabet().Draw(t, "now letters")
		}
		all := Diff(was, now)
		if got := Apply(was, all...); got != now {
			t.Fatalf("%q to %q: %+v gives %q", was, now, all, got)
		}
		if same := Diff(was, was); len(same) > 0 {
			t.Fatalf("%q differs from itself by %+v", was, same)
		}
	})
}

func TestDiffLeavesLinesBetweenChangesAlone(t *testing.T) {
	was := "one\ntwo\nthree\nfour\nfive"
	now := "One\ntwo\nthree and more\nfour\nfive!"
	all := Diff(was, now)
	if len(all) != 3 {
		t.Fatalf("%d splices: %+v", len(all), all)
	}
	caret := 4 // before "two"
	for _, s := range all {
		caret = s.carry(caret)
	}
	if now[caret:caret+3] != "two" {
		t.Errorf("the caret went to %d", caret)
	}
}

func TestDiffIsSmall(t *testing.T) {
	was := strings.Repeat("word ", 100)
	all := Diff(was, was[:50]+"X"+was[50:])
	if len(all) != 1 || all[0].At != 50 || all[0].Del != 0 || string(all[0].Ins) != "X" {
		t.Errorf("diff is %+v", all)
	}
}
