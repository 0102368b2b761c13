package textedit

import (
	"testing"

	"pgregory.net/rapid"

	"corkboard/doc"
)

func alphabet() *rapid.Generator[string] {
	return rapid.StringOf(rapid.RuneFrom([]rune("abc  \n\té\u0301日👍\u200d🏽")))
}

func check(t *rapid.T, b *Buffer) {
	from, to := b.Selection()
	if from < 0 || to > b.Len() || from > to || b.Caret() < 0 || b.Caret() > b.Len() {
		t.Fatalf("selection [%d,%d), caret %d in %d runes", from, to, b.Caret(), b.Len())
	}
}

func TestBufferStaysInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Buffer
		b.SetText(alphabet().Draw(t, "text"))
		mirror := []rune(b.Text())
		b.Changed = func(s Splice) {
			mirror = append(append(append([]rune(nil), mirror[:s.At]...), s.Ins...), mirror[s.At+s.Del:]...)
		}
		steps := []func(){
			func() { b.Insert(alphabet().Draw(t, "insert")) },
			b.Backspace, b.Delete, b.BackspaceWord, b.DeleteWord, b.SelectAll,
			func() { b.Left(rapid.Bool().Draw(t, "extend")) },
			func() { b.Right(rapid.Bool().Draw(t, "extend")) },
			func() { b.WordLeft(rapid.Bool().Draw(t, "extend")) },
			func() { b.ParagraphUp(rapid.Bool().Draw(t, "extend")) },
			func() { b.ParagraphDown(rapid.Bool().Draw(t, "extend")) },
			func() { b.WordRight(rapid.Bool().Draw(t, "extend")) },
			func() { b.SelectWord(rapid.IntRange(-1, b.Len()+1).Draw(t, "at")) },
			func() { b.SelectParagraph(rapid.IntRange(-1, b.Len()+1).Draw(t, "at")) },
			func() { b.Select(rapid.IntRange(-2, 40).Draw(t, "a"), rapid.IntRange(-2, 40).Draw(t, "c")) },
			func() { b.Cut() },
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]()
			check(t, &b)
			if string(mirror) != b.Text() {
				t.Fatalf("the reported splices give %q, the text is %q", string(mirror), b.Text())
			}
		}
	})
}

func TestSpliceKeepsTheCaretByItsNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		head, tail := alphabet().Draw(t, "head"), alphabet().Draw(t, "tail")
		near := "<|>"
		var b Buffer
		b.Changed = func(Splice) { t.Fatal("Changed was called") }
		b.SetText(head + near + tail)
		at := len([]rune(head)) + rapid.IntRange(1, 2).Draw(t, "between")
		b.Select(at, at)
		before, after := b.text.at(at-1), b.text.at(at)
		if rapid.Bool().Draw(t, "front") {
			head = alphabet().Draw(t, "new head")
		} else {
			tail = alphabet().Draw(t, "new tail")
		}
		for _, s := range doc.Diff(nil, b.Text(), head+near+tail) {
			b.Splice(Splice{At: s.From, Del: s.Delete, Ins: []rune(s.Insert)})
		}
		check(t, &b)
		if b.Text() != head+near+tail {
			t.Fatalf("text is %q", b.Text())
		}
		if c := b.Caret(); b.text.at(c-1) != before || b.text.at(c) != after {
			t.Fatalf("the caret went from between %q and %q to %d of %q", before, after, c, b.Text())
		}
	})
}

func TestLettersAreGraphemes(t *testing.T) {
	var b Buffer
	b.SetText("e\u0301👩\u200d👩\u200d👧x")
	var stops []int
	for b.Caret() < b.Len() {
		b.Right(false)
		stops = append(stops, b.Caret())
	}
	if len(stops) != 3 || stops[0] != 2 || stops[1] != 7 || stops[2] != 8 {
		t.Errorf("moving right stops at %v, want [2 7 8]", stops)
	}
	b.Left(false)
	b.Backspace()
	if b.Text() != "e\u0301x" {
		t.Errorf("after Backspace: %q", b.Text())
	}
}

func TestWordsAndParagraphs(t *testing.T) {
	var b Buffer
	b.SetText("one two, three\nnext")
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"word", func() { b.SelectWord(5) }, "two"},
		{"end of line", func() { b.SelectWord(14) }, "three"},
		{"paragraph", func() { b.SelectParagraph(5) }, "one two, three\n"},
		{"word right", func() { b.Select(3, 3); b.WordRight(true) }, " two"},
		{"word left", func() { b.Select(9, 9); b.WordLeft(true) }, "two, "},
		{"all", b.SelectAll, "one two, three\nnext"},
	} {
		if c.do(); b.Selected() != c.want {
			t.Errorf("%s selects %q, want %q", c.name, b.Selected(), c.want)
		}
	}
}

func TestInsertCleans(t *testing.T) {
	b := Buffer{}
	b.Insert("a\r\nb\rc\x00\x1bd\te")
	if b.Text() != "a\nb\ncd\te" {
		t.Errorf("text is %q", b.Text())
	}
	one := Buffer{OneLine: true}
	one.Insert("a\nb")
	if one.Text() != "a b" {
		t.Errorf("one line is %q", one.Text())
	}
}
