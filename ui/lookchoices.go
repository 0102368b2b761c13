package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/ui/lang"
)

// choice is a setting that is one of several.
type choice struct {
	title string
	words []string
	now   int
	more  string // small print; "" is none
	set   func(i int)
}

// lookChoices is how everything looks: colours, size, motion, language.
func (w *Window) lookChoices() []choice {
	d := w.app.Device()
	look := choice{title: lang.T("Theme"), set: func(i int) { w.setTheme(themes[i].mode) }}
	for i, t := range themes {
		look.words = append(look.words, lang.T(t.words))
		if t.mode == d.Theme {
			look.now = i
		}
	}
	size := choice{title: lang.T("Size of everything"), set: func(i int) { w.setScale(scaleSteps[i]) }}
	for _, step := range scaleSteps {
		size.words = append(size.words, percentWords(step))
	}
	size.now = max(0, slices.Index(scaleSteps, d.Scale))
	motion := choice{title: lang.T("Motion"), set: func(i int) { w.setMotion(motions[i].mode) }}
	for i, m := range motions {
		motion.words = append(motion.words, lang.T(m.words))
		if m.mode == d.Motion {
			motion.now = i
		}
	}
	return []choice{look, size, motion, w.languageChoice()}
}

// settingsChoice is a choice on the sheet of settings, which is laid anew after it.
func (w *Window) settingsChoice(c choice) *escSelect {
	s := newEscSelect(c.words, w.closeModal)
	s.Selected = c.words[c.now]
	s.OnChanged = func(string) {
		c.set(max(0, s.SelectedIndex()))
		w.showSettingsAt(c.title)
	}
	return s
}

// choiceRow names a choice.
func (w *Window) choiceRow(title string, s *escSelect) fyne.CanvasObject {
	words := container.New(fixedWidth(160), widget.NewLabel(title))
	return container.New(inset{0, 2}, container.NewHBox(words, container.New(fixedWidth(200), s)))
}
