//go:build linux

package together

import (
	"encoding/json"
	"image"
	"strings"
	"time"

	"corkboard/e2e/person"
)

// callThemselves gives the person a name that others see.
func (d *desk) callThemselves(name string) {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+p") })
	d.Changes(func() { d.Type("your name and") })
	d.Changes(func() { d.Key("Return") })
	d.Key("Ctrl+a")
	d.Type(name)
	d.Changes(func() { d.Key("Return") })
	d.Changes(func() { d.Key("Escape") })
}

// makeBoard makes a board on Home, gives it a title and enters it.
func (d *desk) makeBoard(title string) {
	d.T.Helper()
	d.Point(703, 243)
	d.Begins(2, func() { d.Key("b") })
	d.Type(title)
	d.Changes(func() { d.Key("Return") })
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

// opens hands a link to the window by a second start of the program.
func (d *desk) opens(link string) {
	d.T.Helper()
	d.Changes(func() {
		_, complaint, err := d.Run(link)
		d.Must(err)
		if complaint != "" {
			d.T.Errorf("the second start says %q", complaint)
		}
	})
}

// joins opens a link and takes it up.
func (d *desk) joins(link string) (confirmed time.Time) {
	d.T.Helper()
	d.opens(link)
	d.Keep("join")
	d.Key("Return")
	return time.Now()
}

// changes writes into the text that both have, and makes a text card, so that there
// are n cards. It is the first of two people, or the second.
func (d *desk) changes(p planted, second, n int) {
	d.T.Helper()
	d.write(103, 263+200*second, n, "Only here: "+p.apart[second])
	d.Changes(func() { d.DoubleClick(180, 80) })
	d.Key([]string{"Ctrl+End", "Ctrl+Home"}[second])
	d.Type(" " + p.list[second] + " ")
	d.Key("Escape")
	d.AwaitSaved()
	d.Key("Escape")
	d.Keep("apart")
}

// hasAll reports whether an export has all that both have written.
func (d *desk) hasAll(p planted, files map[string]string) bool {
	d.T.Helper()
	return d.says(files, p.told[0], p.apart[0], p.apart[1], p.list[0], p.list[1])
}

// kept reports whether a storage peer has all of a shared board.
func (d *desk) kept(link string) bool {
	d.T.Helper()
	s := d.Status()
	for _, b := range s.Shared {
		if id, _, ok := strings.Cut(b.Link, "&in="); ok && strings.HasPrefix(link, id) {
			return b.Backed && s.Saved && s.Pending == 0
		}
	}
	return false
}

// lookedAt is when what others have changed on a board counts as seen: it is not marked
// after coming back.
const lookedAt = 1500 * time.Millisecond

// wholeBoard has the window show all cards, with the pointer on none, and gives the
// picture below the title bar.
func (d *desk) wholeBoard() *image.RGBA {
	d.T.Helper()
	d.Key("Shift+1")
	time.Sleep(lookedAt)
	d.Changes(func() { d.Key("Ctrl+Shift+p") })
	d.Changes(func() { d.Type("window home") })
	d.Changes(func() { d.Key("Return") })
	d.Changes(func() { d.Key("Alt+Left") })
	d.Still()
	d.Point(800, 20-d.Top)
	d.Key("Escape")
	d.Key("Shift+1")
	return d.below(d.Still())
}

// below is the part of a picture of the window below the title bar.
func (d *desk) below(m *image.RGBA) *image.RGBA {
	return m.SubImage(image.Rect(0, d.Top, m.Rect.Max.X, m.Rect.Max.Y)).(*image.RGBA)
}

// differ counts the pixels in which two pictures of one size differ.
func differ(a, b *image.RGBA) (n int) {
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y++ {
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
			}
		}
	}
	return n
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
