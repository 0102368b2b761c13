//go:build linux

package together

import (
	"encoding/json"
	"strings"
	"time"

	"corkboard/e2e/person"
)

// callThemselves gives the person a name that others see.
func (d *desk) callThemselves(name string) {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+p") })
	d.Changes(func() { d.Type("name and colour") })
	d.Changes(func() { d.Key("Return") })
	d.Key("Ctrl+a")
	d.Type(name)
	d.Changes(func() { d.Key("Return") })
	d.Changes(func() { d.Key("Escape") })
}

// makeBoard makes a board on Home, enters it and gives it a title.
func (d *desk) makeBoard(title string) {
	d.T.Helper()
	d.Point(703, 243)
	d.Begins(2, func() { d.Key("b") })
	d.Changes(func() { d.Key("Return") })
	d.Changes(func() { d.Click(190, 21-d.Top) })
	d.Type(title)
	d.Changes(func() { d.Key("Return") })
	d.Point(1500, 800)
}

// write makes a text card on the board that is shown.
func (d *desk) write(x, y, cards int, text string) {
	d.T.Helper()
	d.Begins(cards, func() { d.DoubleClick(x, y) })
	d.Type(text)
	d.Key("Escape")
	d.AwaitSaved()
	d.Key("Escape")
}

// shares opens the sheet of sharing and gives the link that it has copied.
func (d *desk) shares() string {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+s") })
	d.Keep("share")
	d.Key("Return")
	link := ""
	d.Until("a link is on the clipboard", func() bool {
		link = d.clipboard()
		return strings.Contains(link, "?") && strings.Contains(link, "#")
	})
	d.Keep("shared")
	d.Changes(func() { d.Key("Escape") })
	return link
}

// joins opens a link by a second start of the program, and takes it up.
func (d *desk) joins(link string) (confirmed time.Time) {
	d.T.Helper()
	d.Changes(func() {
		_, complaint, err := d.Run(link)
		d.Must(err)
		if complaint != "" {
			d.T.Errorf("the second start says %q", complaint)
		}
	})
	d.Keep("join")
	d.Key("Return")
	return time.Now()
}

// has finds a card on an exported board by its kind and a word.
func (d *desk) has(files map[string]string, kind, word string) (card person.Card, ok bool) {
	d.T.Helper()
	if files == nil {
		return card, false
	}
	for _, c := range d.CardsIn(files["board.json"]) {
		if c.Kind == kind && (strings.Contains(string(c.Document), word) || strings.Contains(c.Title, word)) {
			return c, true
		}
	}
	return card, false
}

// texts are what the text cards on an exported board say.
func (d *desk) texts(files map[string]string) (all []string) {
	d.T.Helper()
	if files == nil {
		return nil
	}
	for _, c := range d.CardsIn(files["board.json"]) {
		var text struct {
			Text string `json:"text"`
		}
		if c.Kind == "text" && c.File != "" {
			all = append(all, files[c.File])
		} else if c.Kind == "text" && json.Unmarshal(c.Document, &text) == nil {
			all = append(all, text.Text)
		}
	}
	return all
}

// says reports whether a text card on an exported board has some words.
func (d *desk) says(files map[string]string, words ...string) bool {
	all := strings.Join(d.texts(files), "\n")
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}
