package ui

import (
	"corkboard/app"
	"corkboard/ui/lang"
)

// sentence is app.Sentence in the language of the window.
func sentence(err error) string { return lang.Below(app.Sentence(err)) }
