package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	fynelang "fyne.io/fyne/v2/lang"
)

// The languages of the window, as settings keep them. "" follows the system.
const (
	English = "en"
	German  = "de"
)

//go:embed translations
var files embed.FS

// table is a language other than English.
type table struct {
	window map[string]string // by the English of T
	below  *phrases
}

// now is the language of the window; nil is English.
var now atomic.Pointer[table]

// System is the language that a window gets on this system: German where the system
// speaks it, else English.
func System() string {
	if base(fynelang.SystemLocale()) == German {
		return German
	}
	return English
}

// Use sets the language, for all windows: English, German, or what the system speaks for
// anything else. What was drawn before stays as it is, so it is called before the first
// window is made.
func Use(choice string) {
	if choice != English && choice != German {
		choice = System()
	}
	if choice == English {
		now.Store(nil)
	} else {
		now.Store(german())
	}
	tellFyne(choice)
}

// Now is the language that is used.
func Now() string {
	if now.Load() == nil {
		return English
	}
	return German
}

// T is a text in the language of the window.
func T(english string) string {
	if t := now.Load(); t != nil {
		if s, ok := t.window[english]; ok {
			return s
		}
	}
	return english
}

// Tf is fmt.Sprintf with a format in the language of the window. A translation has the
// same verbs; where its order is another, it numbers them.
func Tf(format string, args ...any) string { return fmt.Sprintf(T(format), args...) }

// N is one for n = 1, else many, whose first verb is n. Both get args.
func N(n int, one, many string, args ...any) string {
	if n == 1 {
		return Tf(one, args...)
	}
	return Tf(many, append([]any{n}, args...)...)
}

// Key is its argument: it marks a text that is given to T later.
func Key(english string) string { return english }

// german reads the table. It panics if the program was built with a broken one, which
// its test would have said.
func german() *table {
	return &table{window: read("de.json"), below: newPhrases(read("de.below.json"))}
}

func read(name string) map[string]string {
	var out map[string]string
	b, err := files.ReadFile("translations/" + name)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(fmt.Sprintf("lang: %s: %v", name, err))
	}
	return out
}

// tellFyne makes Fyne's own words (the menu of an entry, the buttons of a dialog) those
// of the language, where the system speaks another one: Fyne looks them up under the
// language of the system.
func tellFyne(choice string) {
	system := base(fynelang.SystemLocale())
	words := read("fyne.json")
	if choice == English {
		for key := range words {
			words[key] = key
		}
	}
	b, err := json.Marshal(words)
	if err == nil {
		err = fynelang.AddTranslationsForLocale(b, fyne.Locale(system))
	}
	if err != nil {
		fyne.LogError("The toolkit's own words stay as they are", err)
	}
}

// base is the language of a locale: "de" of "de-AT".
func base(l fyne.Locale) string {
	name, _, _ := strings.Cut(l.LanguageString(), "-")
	return strings.ToLower(name)
}
