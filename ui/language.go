package ui

import (
	"corkboard/app"
	"corkboard/ui/lang"
)

// languages are what the window can speak, each in its own words.
var languages = []struct{ words, code string }{
	{lang.Key("As the system"), ""}, {"English", lang.English}, {"Deutsch", lang.German},
}

// languageChoice is the language of the window.
func (w *Window) languageChoice() choice {
	c := choice{title: lang.T("Language"), set: func(i int) { w.setLanguage(languages[i].code) }}
	d := w.app.Device()
	for i, l := range languages {
		c.words = append(c.words, lang.T(l.words))
		if l.code == d.Language {
			c.now = i
		}
	}
	if w.languageDue() {
		c.more = lang.T("The language changes at the next start.")
	}
	return c
}

// setLanguage takes effect at the next start: what is drawn already stays as it is.
func (w *Window) setLanguage(code string) {
	w.set(func(d *app.Device) { d.Language = code })
	if w.languageDue() {
		w.notices.say(lang.T("The language changes at the next start."))
	}
}

// languageDue reports whether the window is to speak another language than it does.
func (w *Window) languageDue() bool {
	chosen := w.app.Device().Language
	if chosen == "" {
		chosen = lang.System()
	}
	return chosen != lang.Now()
}
