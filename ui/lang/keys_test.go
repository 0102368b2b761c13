package lang

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestEveryTextHasGerman(t *testing.T) {
	used, german := keys(t), read("de.json")
	for key, where := range used {
		if german[key] == "" {
			t.Errorf("%s: no German for %q", where, key)
		}
	}
	for key := range german {
		if used[key] == "" {
			t.Errorf("German for %q, which nobody says", key)
		}
	}
}

var anyVerb = regexp.MustCompile(`%(\[[0-9]+\])?[a-z%]`)

// verbs are the verbs of a format, as the arguments come.
func verbs(format string) []string {
	var out []string
	for _, v := range anyVerb.FindAllStringSubmatch(format, -1) {
		if v[0] != "%%" {
			out = append(out, v[0])
		}
	}
	slices.Sort(out)
	return out
}

func TestGermanHasTheSamePlaces(t *testing.T) {
	for _, name := range []string{"de.json", "de.below.json"} {
		for english, german := range read(name) {
			if strings.Contains(english, "100 %") {
				continue // a text, and no format
			}
			if !slices.Equal(verbs(english), verbs(german)) && !numbered(english, german) {
				t.Errorf("%s: %q has other places than %q", name, german, english)
			}
		}
	}
}

// numbered reports whether a translation gives every verb of the English its number.
func numbered(english, german string) bool {
	list := anyVerb.FindAllString(english, -1)
	for i, v := range list {
		if strings.Count(german, "%["+string(rune('1'+i))+"]"+v[1:]) != 1 {
			return false
		}
	}
	return len(list) == len(anyVerb.FindAllString(german, -1))
}

func TestGermanIsWritten(t *testing.T) {
	for _, name := range []string{"de.json", "de.below.json"} {
		for english, german := range read(name) {
			if strings.ContainsAny(german, "”'") || strings.Count(german, "„") != strings.Count(german, "“") {
				t.Errorf("%s: the quotes of %q are not „German“", name, german)
			}
			if strings.Contains(german, "…") && regexp.MustCompile(`\pL…`).MatchString(german) {
				t.Errorf("%s: %q has no space before its dots", name, german)
			}
			if strings.HasSuffix(english, ".") != strings.HasSuffix(german, ".") {
				t.Errorf("%s: %q ends otherwise than %q", name, german, english)
			}
		}
	}
}

// unsaid are literals that look like words and are none for people, by file.
var unsaid = map[string][]string{
	"ui/chords.go":                  {"Left", "Right", "Up", "Down", "Escape", "Delete", "Enter", "Backspace", "Space", "Insert", "Menu", "Mod", "Cmd", "Alt", "Option"},
	"ui/language.go":                {"English", "Deutsch"}, // each in its own language
	"ui/exportsheet.go":             {"Documents"},          // a folder
	"ui/sheet.go":                   {"Left Right Up Down"},
	"ui/frametimes.go":              {"no frames yet", "p50 %.1f  p99 %.1f ms  %d objects"},
	"ui/window.go":                  {"Corkboard"},
	"ui/titlebar.go":                {" – Corkboard"},
	"ui/rowview.go":                 {"Hg"}, // measured
	"ui/motion.go":                  {"AnimationDurationFactor"},
	"renderers/boardedit.go":        {"Escape"},
	"renderers/boardinput.go":       {"Enter", "Backspace", "Space"},
	"renderers/todo_due.go":         {"next week", "nächste woche", "2 January 2006", "January 2 2006", "Jan 2 2006"},
	"ui/omnirows.go":                {"Boards", "Cards", "Archived", "Not on a board"}, // what Key has marked
	"renderers/thread_edit_draw.go": {" head", " silent", " tools", " add"},
	"renderers/todo_edit_draw.go":   {" head", " add"},
	"renderers/image.go":            {"GIF"},
	"renderers/file.go":             {"PDF"},
}

// quiet are functions whose texts nobody sees, by their last name.
var quiet = []string{"Errorf", "New", "Debug", "Info", "Warn", "Error", "LogError", "Getenv", "panic", "NewStaticResource", "Parse", "FieldByName", "Format"}

func TestNothingIsSaidInEnglishAlone(t *testing.T) {
	for _, s := range sources(t, rooms...) {
		if strings.Contains(s.name, "textedit/") && s.name != "textedit/findrow.go" || s.name == "ui/fonts.go" {
			continue // an editor of what people write; names of files
		}
		for text := range said(s) {
			if wordy(text) && !slices.Contains(unsaid[s.name], text) {
				t.Errorf("%s: %q is not given to lang", s.name, text)
			}
		}
	}
}

// said are the literals of a file that a person may see and that no function of this
// package gets. Constants count where they are used.
func said(s source) map[string]bool {
	out := map[string]bool{}
	var look func(n ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.CaseClause:
			if c, ok := n.(*ast.CaseClause); ok {
				for _, line := range c.Body {
					ast.Inspect(line, look)
				}
			}
			return false
		case *ast.GenDecl:
			return n.Tok != token.CONST && n.Tok != token.IMPORT
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				return false
			}
		case *ast.CallExpr:
			if name, _ := call(n); name != "" {
				return inArgs(n, keyArgs[name], look)
			}
			if slices.Contains(quiet, lastName(n.Fun)) {
				return false
			}
		case *ast.Ident:
			if text, ok := s.consts[n.Name]; ok {
				out[text] = true
			}
		case *ast.BasicLit:
			if text, ok := textOf(n, nil); ok {
				out[text] = true
			}
		}
		return true
	}
	ast.Inspect(s.file, look)
	return out
}

// inArgs looks at the arguments of a call that are no keys.
func inArgs(c *ast.CallExpr, keys []int, look func(ast.Node) bool) bool {
	for i, arg := range c.Args {
		if !slices.Contains(keys, i) {
			ast.Inspect(arg, look)
		}
	}
	return false
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

var code = regexp.MustCompile(`^(<svg|#|[a-z]+[:/.]|/|[A-Za-z]:\\|[A-Z]+_[A-Z]|[a-z-]+$)`)

// wordy reports whether a text looks like words: a capital letter and more, or two words.
func wordy(text string) bool {
	text = anyVerb.ReplaceAllString(text, "")
	if code.MatchString(text) || len(strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })) < 2 {
		return false
	}
	first := []rune(text)[0]
	return unicode.IsUpper(first) && strings.IndexFunc(text[1:], unicode.IsLower) >= 0 ||
		regexp.MustCompile(`\pL{2,}[,:.]? \pL|\pL \pL{2,}|^ \pL{2,}`).MatchString(text)
}
