package cards

import "strings"

// Worded is a card's value that says more than its title: a search looks
// through it.
type Worded interface{ CardWords() string }

// CardWords implements Worded: all of the Markdown.
func (t Text) CardWords() string { return t.Text }

// CardWords implements Worded: a line for each item.
func (t Todo) CardWords() string {
	var b strings.Builder
	for _, item := range t.Items {
		b.WriteString(item.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// CardWords implements Worded: the caption and the name of the file.
func (f File) CardWords() string { return f.Caption + "\n" + f.SaveName() }
