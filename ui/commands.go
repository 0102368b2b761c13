package ui

import (
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/search/fold"
)

// command is something that the palette can do.
type command struct {
	words string // "Arrange: Align left"
	key   string
	do    func()

	folded string
	as     marked // words with what was typed marked
	rank   int
}

// commandOffers lists everything that can be done.
type commandOffers struct {
	p     *palette
	all   []command
	shown []command
}

func newCommandOffers(p *palette) offers {
	return &commandOffers{p: p, all: p.w.commands()}
}

// commands is all rows of the table that do something here, and what the
// window itself can do.
func (w *Window) commands() []command {
	var out []command
	add := func(words, key string, do func()) {
		out = append(out, command{words: words, key: key, do: do, folded: fold.String(words)})
	}
	for _, row := range board.Conventions {
		if !row.Performs() || row.ID == "commands" || row.ID == "escape" || w.board == nil && !anywhere[row.ID] {
			continue
		}
		add(row.Group+": "+row.Action, firstChord(w.keys, row.ID), func() { w.perform(row.ID) })
	}
	add("Window: Settings…", "", w.showSettings)
	add("Window: Home", "", func() { w.Open(w.app.Home(), "board") })
	add("Window: Copy link to this", "", w.copyLink)
	add("Window: Export board…", "", w.chooseExport)
	if w.together != nil {
		add("Window: Invitations…", "", w.showTray)
		add("Window: Join with a link…", "", w.showPasteLink)
		add("Window: Your name and colour…", "", w.showProfile)
		add("Window: Your devices…", "", w.showDevices)
		add("Window: Addresses…", "", w.showAddresses)
		add(pick(w.together.Invisible(), "Window: Be seen by others again", "Window: Become invisible to others"), "", w.flipInvisible)
		add("People: "+pick(w.together.Nearby().On, "Stop letting people on this network find me", askNearby), "", w.nearbyItem().Action)
	}
	if w.board != nil {
		add("Make: Add files…", "", func() { w.chooseFiles(w.middle()) })
	}
	for _, t := range themes {
		add("Theme: "+t.words, "", func() { w.setTheme(t.mode) })
	}
	for _, c := range w.lookChoices()[1:] {
		for i, words := range c.words {
			add(c.title+": "+words, "", func() { c.set(i) })
		}
	}
	if w.places.Usual != "" {
		for _, to := range w.places.List(w.app.Profile()) {
			if !to.Here {
				add("Workspace: "+to.Name, "", func() { w.switchTo(to) })
			}
		}
		add("Workspace: New…", "", w.newWorkspace)
		add("Workspace: Show in folder", "", w.showProfileFolder)
	}
	out = append(out, w.ownKeysCommands()...)
	add("Keys: Open "+keysName, "", w.openKeys)
	add("Keys: Reload", "", func() { w.reloadKeys(true) })
	return out
}

// anywhere are the rows that need no board.
var anywhere = map[string]bool{
	"everywhere": true, "todos": true, "trash": true, "changed": true, "share": true, "people": true, "help": true, "quiet": true, "back": true, "forward": true, "undo": true, "redo": true, "to-bar": true,
}

func (o *commandOffers) hint() string    { return "What do you want to do?" }
func (o *commandOffers) height() float32 { return commandHeight }
func (o *commandOffers) count() int      { return len(o.shown) }
func (o *commandOffers) close()          {}

// ask filters: every word that was typed has to be there.
func (o *commandOffers) ask(query string) {
	o.shown = o.shown[:0]
	q := fold.String(strings.TrimSpace(query))
	for _, c := range o.all {
		if c.match(q) {
			o.shown = append(o.shown, c)
		}
	}
	slices.SortStableFunc(o.shown, func(a, b command) int { return a.rank - b.rank })
}

// match marks what was typed: as it stands, else word by word.
func (c *command) match(q string) bool {
	c.as = marked{before: c.words}
	if q == "" {
		return true
	}
	if as, ok := markIn(c.words, c.folded, q); ok {
		c.as, c.rank = as, 1
		if at := strings.Index(c.folded, q); at == 0 || c.folded[at-1] == ' ' {
			c.rank = 0 // the beginning of a word
		}
		return true
	}
	c.rank = 2
	for _, word := range strings.Fields(q) {
		if !strings.Contains(c.folded, word) {
			return false
		}
	}
	return true
}

func (o *commandOffers) fill(r *rowView, i int) {
	c := o.shown[i]
	r.title.words, r.end.Text = c.as, c.key
}

func (o *commandOffers) perform(i int) bool {
	do := o.shown[i].do
	o.p.w.closeModal()
	do()
	return false
}

func (o *commandOffers) words() string {
	if len(o.shown) == 0 {
		return "No command of this name."
	}
	return "↑ ↓ choose   Enter does it   Esc closes"
}
