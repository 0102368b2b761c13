package cards

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"corkboard/doc"
)

func TestTypingGoesIntoTheText(t *testing.T) {
	for name, c := range map[string]struct {
		doc  doc.Map
		cmd  EditText
		want string
	}{
		"simple":            {doc.Map{"text": doc.Text("milk")}, EditText{Was: "milk", Now: "oat milk"}, "oat milk"},
		"runes":             {doc.Map{"text": doc.Text("äöü")}, EditText{Was: "äöü", Now: "äö!ü"}, "äö!ü"},
		"no slot yet":       {doc.Map{}, EditText{Now: "new"}, "new"},
		"register":          {doc.Map{"text": "old"}, EditText{Was: "old", Now: "older"}, "older"},
		"wrong type":        {doc.Map{"text": doc.List{"x"}}, EditText{Now: "new"}, "new"},
		"other person":      {doc.Map{"text": doc.Text("hello world!")}, EditText{Was: "hello world", Now: "hi world"}, "hi world!"},
		"other in register": {doc.Map{"text": "hello world!"}, EditText{Was: "hello world", Now: "hi world"}, "hi world!"},
		"both at one place": {doc.Map{"text": doc.Text("aXb")}, EditText{Was: "ab", Now: "aYb"}, "aXYb"},
		"typed into a gap":  {doc.Map{"text": doc.Text("start end")}, EditText{Was: "start middle end", Now: "start mid!dle end"}, "start !end"},
		"gone meanwhile":    {doc.Map{}, EditText{Was: "all of it", Now: "all of it, more"}, ", more"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := doc.NewTree(c.doc)
			if got := do(t, TextCodec{}, tree, doc.Command[Text](c.cmd)); got.Text != c.want {
				t.Fatalf("got %q, want %q", got.Text, c.want)
			}
			if _, merges := valueAt(tree, doc.At("text")).(doc.Text); !merges {
				t.Fatal("the slot does not merge")
			}
		})
	}
}

func TestTypingNothingIsNothing(t *testing.T) {
	tree := made(t, NewText("x"))
	if err := refused(t, TextCodec{}, tree, doc.Command[Text](EditText{Was: "y", Now: "y"})); !errors.Is(err, doc.ErrNothing) {
		t.Fatal(err)
	}
}

func TestTypingIsOneStepPerGesture(t *testing.T) {
	plan, err := EditText{Was: "", Now: "a", Gesture: "g1"}.Plan(Text{})
	if err != nil || plan.Gesture != "g1" || plan.Silent {
		t.Fatalf("plan %+v, %v", plan, err)
	}
}

func TestEmptyText(t *testing.T) {
	for s, want := range map[string]bool{"": true, " \n\t": true, "-": false, "a": false} {
		if got := (Text{Text: s}).Empty(); got != want {
			t.Errorf("%q empty: %v", s, got)
		}
	}
}

func TestTextTitle(t *testing.T) {
	for s, want := range map[string]string{
		"":                               "",
		"plain":                          "plain",
		"\n\n  # Head ##\nbody":          "Head",
		"#hashtag":                       "#hashtag",
		"> - [x] **done** it":            "done it",
		"12. twelfth":                    "twelfth",
		"12.5 percent":                   "12.5 percent",
		"---\n***\nafter rules":          "after rules",
		"```go\ncode":                    "code",
		"a `b` ~~c~~ __d__ _e_":          "a b c d e",
		"snake_case and 2 * 3":           "snake_case and 2 * 3",
		"see [the *page*](http://a/b) x": "see the page x",
		"![alt](x.png)":                  "alt",
		"list[0] [1]":                    "list[0] [1]",
		"[open](never":                   "open",
		`\*literal\*`:                    "*literal*",
		"tab\tand\u00a0space":            "tab and space",
		"bidi \u202eevil":                "bidi evil",
		"[]()\nnext":                     "next",
		"# \n## ":                        "",
	} {
		if got := (Text{Text: s}).Title(); got != want {
			t.Errorf("title of %q is %q, want %q", s, got, want)
		}
	}
}

func TestTitlesOfHugeTexts(t *testing.T) {
	for name, s := range map[string]string{
		"brackets": strings.Repeat("[", 50_000),
		"links":    strings.Repeat("](", 50_000),
		"quotes":   strings.Repeat("> ", 50_000) + "x",
		"letters":  strings.Repeat("é", 50_000),
		"lines":    strings.Repeat("\n", 50_000) + "x",
	} {
		got := (Text{Text: s}).Title()
		if n := utf8.RuneCountInString(got); n > MaxTitle || !utf8.ValidString(got) {
			t.Errorf("%s: %d runes %q", name, n, got)
		}
	}
	if got := (Text{Text: strings.Repeat("é", 50_000)}).Title(); !strings.HasSuffix(got, "é…") {
		t.Errorf("cut without a sign: %q", got)
	}
}

func FuzzTextTitle(f *testing.F) {
	f.Add("# a [b](c) `d` \\")
	f.Add("> 1. - [ ] \u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := (Text{Text: s}).Title()
		if utf8.RuneCountInString(got) > MaxTitle || strings.ContainsAny(got, "\n\r\x00") {
			t.Fatalf("%q", got)
		}
		if again := oneLine(got, MaxTitle); again != got {
			t.Fatalf("%q is not clean: %q", got, again)
		}
	})
}
