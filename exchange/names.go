package exchange

import (
	"fmt"
	"path"
	"strings"

	"corkboard/cards"
)

// Names are those taken in a folder, as file systems that ignore case see them.
type Names map[string]bool

// Take gives a name or, if it is taken, one with a number.
func (n Names) Take(name string) string {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s (%d)%s", stem, i, extension)
	}
	n[strings.ToLower(name)] = true
	return name
}

// maxName bounds names made of titles, in runes.
const maxName = 60

// FileName makes a name that every system accepts; extension is without a dot.
func FileName(title, extension string) string {
	if r := []rune(title); len(r) > maxName {
		title = string(r[:maxName])
	}
	return cards.File{Title: cards.CleanName(title), Extension: extension}.SaveName()
}
