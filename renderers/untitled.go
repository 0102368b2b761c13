package renderers

import (
	"corkboard/cards"
	"corkboard/ui/lang"
)

// titleOf is cards.TitleOf, and what stands for no title in the language of the window.
func titleOf(kind cards.Kind, value any) string {
	title := cards.TitleOf(kind, value)
	if info, ok := cards.Lookup(kind); ok && title == info.Untitled {
		return lang.Below(title)
	}
	return title
}
