package lang

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore"
	"corkboard/exchange"
)

// inGerman runs a test in German.
func inGerman(t *testing.T) {
	t.Helper()
	now.Store(german())
	t.Cleanup(func() { now.Store(nil) })
}

// samples have one text for each pattern, and whatever is put together.
var samples = map[string]string{
	"NOT SAVED: the disk is full":                   "NICHT GESPEICHERT: Die Platte ist voll",
	"NOT SAVED: the disk or file cannot be written": "NICHT GESPEICHERT: Platte oder Datei lassen sich nicht schreiben",
	"My workspace": "Mein Arbeitsbereich",
	"“a (1).pdf”: this PDF needs a password.":                                                                                              "„a (1).pdf“: Dieses PDF braucht ein Passwort.",
	"“a.pdf”: there is no such file. “b.pdf”: there is no such page. And 3 more.":                                                          "„a.pdf“: Diese Datei gibt es nicht. „b.pdf“: Diese Seite gibt es nicht. Und 3 weitere.",
	"Another Corkboard is using this profile (process 71). Close it, or choose another profile with --profile.":                            "Ein anderes Corkboard benutzt dieses Profil (Prozess 71). Schließ es, oder wähle mit --profile ein anderes Profil.",
	"The folder “a b” has something in it. Choose an empty one or a new name, so that nothing is overwritten.":                             "Im Ordner „a b“ liegt schon etwas. Wähle einen leeren oder einen neuen Namen, damit nichts überschrieben wird.",
	"Line 3 of keys.json: the keys for “undo” are no list like [\"Mod+Z\"] and stay as they were.":                                         "Zeile 3 von keys.json: Die Tasten für „undo“ sind keine Liste wie [\"Mod+Z\"] und bleiben, wie sie waren.",
	"keys.json: the file is too long and is not used.":                                                                                     "keys.json: Die Datei ist zu lang und wird nicht benutzt.",
	"Your keys for “redo”: Mod+Z is taken by \"undo\" already.":                                                                            "Deine Tasten für „redo“: Mod+Z gehört schon zu „undo“.",
	"Your keys for “redo”: \"Hyper+Z\": \"Hyper\" is no modifier (Mod, Shift, Alt): not a key.":                                            "Deine Tasten für „redo“: „Hyper+Z“: „Hyper“ ist keine Umschalttaste (Mod, Shift, Alt).",
	"Your keys for “redo”: \"Mod+Foo\": there is no key \"Foo\": not a key.":                                                               "Deine Tasten für „redo“: „Mod+Foo“: Eine Taste „Foo“ gibt es nicht.",
	"Word 7 is none of the words that Corkboard uses. Look how it is spelled.":                                                             "Wort 7 ist keines der Wörter, die Corkboard benutzt. Sieh nach, wie es geschrieben wird.",
	"The newest changes are not saved. The disk is full. Free some space; Corkboard keeps trying, and you can export the board elsewhere.": "Die neuesten Änderungen sind nicht gespeichert. Die Platte ist voll. Schaff etwas Platz; Corkboard versucht es weiter, und du kannst das Board woandershin exportieren.",
	"The site does not show this page to everybody (403).":                                                                                 "Die Website zeigt diese Seite nicht jedem (403).",
	"The site has trouble of its own (503). Try again later.":                                                                              "Die Website hat selbst Schwierigkeiten (503). Versuche es später noch einmal.",
	"The site answered with an error (418).":                                                                                               "Die Website hat mit einem Fehler geantwortet (418).",
	"Something went wrong: it broke.":                                                                                                      "Etwas ging schief: it broke.",
	"NOT SAVED: a thing":                                                                                                                   "NICHT GESPEICHERT: a thing",
	"On 2 of 3 other devices · backed up":                                                                                                  "Auf 2 von 3 anderen Geräten · gesichert",
	"On all 4 other devices":                                                                                                               "Auf allen 4 anderen Geräten",
	"Waiting for Ada since 14:05":                                                                                                          "Wartet auf Ada seit 14:05",
	"Waiting for Ada since 3 March":                                                                                                        "Wartet auf Ada seit 3. März",
	"Waiting for Ada":                                                                                                                      "Wartet auf Ada",
	"move 2 cards":                                                                                                                         "2 Karten verschieben",
	"A board of yours":                                                                                                                     "A board of yours",
	"":                                                                                                                                     "",
}

func TestBelow(t *testing.T) {
	if got := Below("Undo"); got != "Undo" {
		t.Errorf("in English it is %q", got)
	}
	inGerman(t)
	for english, want := range samples {
		if got := Below(english); got != want {
			t.Errorf("%q becomes %q, want %q", english, got, want)
		}
	}
	if got, want := Steps("Add 2 cards ×3, Typing, their own thing, …"), "2 Karten hinzufügen ×3, Tippen, their own thing, …"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// literals are all texts of some folders below the window, with those of a file apart.
func literals(t *testing.T, folders ...string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, s := range sources(t, folders...) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if text, ok := textOf(e, s.consts); ok {
					out[strings.TrimSpace(text)] = true
				}
			}
			return true
		})
	}
	return out
}

// sentences are what app says of errors.
func sentences(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, s := range sources(t, "../../app") {
		if s.name != "app/sentences.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CompositeLit); ok && len(c.Elts) == 2 {
				if text, ok := textOf(c.Elts[1], s.consts); ok && text != "" {
					out = append(out, text)
				}
			}
			return true
		})
	}
	if len(out) < 100 {
		t.Fatalf("only %d sentences were found", len(out))
	}
	return out
}

// labels are the names of steps that plans have: "Move " stands for one card and for many.
func labels(t *testing.T) []string {
	t.Helper()
	var out []string
	add := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				return lastName(n.Fun) == "Sprintf"
			case *ast.BasicLit:
				if text, ok := textOf(n, nil); ok && text != "" {
					out = append(out, text)
				}
			}
			return true
		})
	}
	for _, s := range sources(t, "../../board", "../../cards", "../../app") {
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if k, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(k.Name, "label") {
					add(n.Value)
				}
			case *ast.AssignStmt:
				if strings.EqualFold(lastName(n.Lhs[0]), "label") {
					add(n.Rhs[0])
				}
			case *ast.CallExpr:
				switch lastName(n.Fun) {
				case "commentPlan", "putItem":
					add(n.Args[0])
				case "rearrange":
					add(n.Args[1])
				}
			}
			return true
		})
	}
	if len(out) < 40 {
		t.Fatalf("only %d labels were found", len(out))
	}
	return out
}

// unshown are labels that nobody sees: of changes that say nothing in a history.
var unshown = []string{"measure", "share file", "tell other devices", " to content"}

// fromBelow is every text that comes from below the window.
func fromBelow(t *testing.T) []string {
	t.Helper()
	out := sentences(t)
	for _, r := range board.Conventions {
		out = append(out, r.Group, r.Action, r.Hand)
	}
	out = append(out, "Nearest card", "Nudge", "Nudge ten steps") // rows of four arrows on the sheet of keys
	for _, i := range append(slices.Clone(cards.Catalog), unknownInfo()) {
		out = append(out, i.Label, i.Untitled)
	}
	for _, l := range labels(t) {
		switch {
		case slices.Contains(unshown, l):
		case l == "Fit ":
			out = append(out, "Fit card to content", "Fit 3 cards to content")
		case strings.HasSuffix(l, " "):
			out = append(out, l+"card", l+"3 cards")
		default:
			out = append(out, strings.ReplaceAll(l, "%d", "3"))
		}
	}
	for _, s := range []docstore.Status{{}, {State: docstore.Saving}, {State: docstore.NotSaved}} {
		out = append(out, s.String())
	}
	out = append(out, "Created", app.Sentence(&docstore.LockedError{}),
		"Only on this device", "Looking where this is", "Backed up", "On the other device", "On both other devices")
	var one, several exchange.Left
	for r := range one {
		one[r], several[r] = 1, 3
	}
	out = slices.Concat(out, one.Sentences(), several.Sentences(), []string{app.Sentence(&app.ExistsError{Path: "x.zip"})})
	out = slices.Concat(out, app.CameIn{Changes: 1, Files: 1, Damaged: 1, Refused: 1, Missing: 1}.Sentences(), app.CameIn{}.Sentences(),
		app.CameIn{Changes: 3, Files: 3, Damaged: 3, Refused: 3, Missing: 3}.Sentences(), app.CameIn{People: 1}.Sentences(),
		[]string{app.Sentence(&app.MissingError{Files: 1}), app.Sentence(&app.MissingError{Files: 3})})
	for sample := range samples {
		if sample != "A board of yours" {
			out = append(out, sample)
		}
	}
	return out
}

func unknownInfo() cards.Info {
	i, _ := cards.Lookup("nothing of this name")
	return i
}

func TestAllFromBelowHasGerman(t *testing.T) {
	p := newPhrases(read("de.below.json"))
	for _, text := range fromBelow(t) {
		if text == "" {
			continue
		}
		if _, ok := p.find(text, depth); ok {
			continue
		}
		if _, ok := p.find(strings.ToUpper(text[:1])+text[1:], depth); !ok {
			t.Errorf("no German for %q", text)
		}
	}
}

func TestNothingFromBelowIsForgotten(t *testing.T) {
	known := literals(t, "../../app", "../../app/workspaces", "../../board", "../../cards", "../../docstore", "../../docstore/engine", "../../exchange", "../../sqlite")
	for _, text := range fromBelow(t) {
		known[text] = true
		known[strings.ToUpper(text[:min(1, len(text))])+text[min(1, len(text)):]] = true
	}
	p, all := newPhrases(read("de.below.json")), fromBelow(t)
	for english := range p.whole {
		if !known[english] && !known[strings.ToLower(english[:1])+english[1:]] {
			t.Errorf("German for %q, which nobody says", english)
		}
	}
	for _, by := range p.patterns {
		hit := func(text string) bool {
			return text != "" && (by.is.MatchString(text) || by.is.MatchString(strings.ToUpper(text[:1])+text[1:]))
		}
		if month(by.english) || slices.ContainsFunc(all, hit) || slices.ContainsFunc(parts, hit) {
			continue
		}
		t.Errorf("German for %q, which nobody says", by.english)
	}
}

// parts are patterns that stand in other texts.
var parts = []string{"And 3 more.", "On 2 of 3 other devices", "The keys for “undo” are no list like [\"Mod+Z\"] and stay as they were.", "Mod+Z is taken by \"undo\" already.",
	"\"Hyper+Z\": \"Hyper\" is no modifier (Mod, Shift, Alt): not a key.", "\"Mod+Foo\": there is no key \"Foo\": not a key."}

// month reports whether a pattern is a day of a month.
func month(english string) bool {
	name, _ := strings.CutPrefix(english, "%d ")
	_, err := time.Parse("January", name)
	return err == nil
}

func FuzzBelow(f *testing.F) {
	for sample := range samples {
		f.Add(sample)
	}
	f.Add(strings.Repeat("“a”: ", 200))
	now.Store(german())
	f.Cleanup(func() { now.Store(nil) })
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = Below(text), Steps(text)
	})
}
