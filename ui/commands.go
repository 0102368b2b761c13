package ui

import (
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/search/fold"
	"corkboard/ui/lang"
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
		add(lang.Below(row.Group)+": "+lang.Below(row.Action), firstChord(w.keys, row.ID), func() { w.perform(row.ID) })
	}
	add(lang.T("Window: Settings…"), "", w.showSettings)
	add(lang.T("Window: Home"), "", func() { w.Open(w.app.Home(), "board") })
	add(lang.T("Window: Copy link to this"), "", w.copyLink)
	add(lang.T("Window: Import…"), "", w.showImport)
	add(lang.T("Window: Export board…"), "", w.showExport)
	add(lang.T("Window: Back up everything…"), "", w.showBackup)
	if w.places.Usual != "" {
		add(lang.T("Window: Restore a backup…"), "", w.showRestore)
	}
	if w.together != nil {
		add(lang.T("Window: Invitations…"), "", w.showTray)
		add(lang.T("Window: Join with a link…"), "", w.showPasteLink)
		add(lang.T("Window: Your name and picture…"), "", w.showProfile)
		add(lang.T("Window: Your devices…"), "", w.showDevices)
		add(lang.T("Window: Addresses…"), "", w.showAddresses)
		add(lang.T("Window: Shared folders…"), "", w.showFolders)
		add(pick(w.together.Invisible(), lang.T("Window: Be seen by others again"), lang.T("Window: Become invisible to others")), "", w.flipInvisible)
		add(lang.Tf("People: %s", pick(w.together.Nearby().On, lang.T("Stop letting people on this network find me"), lang.T(askNearby))), "", w.nearbyItem().Action)
	}
	if w.board != nil {
		add(lang.T("Make: Add files…"), "", func() { w.chooseFiles(w.middle()) })
		add(lang.T("Make: Record a voice note…"), "", func() { w.recordNote(w.middle()) })
		if v := w.board; v.Session.Selection.Len() > 0 {
			add(lang.T("Cards: Copy as text"), "", func() { w.copyText(v) })
			add(lang.T("Cards: Copy as a picture"), "", func() { w.copyPicture(v) })
		}
	}
	for _, t := range themes {
		add(lang.Tf("Theme: %s", lang.T(t.words)), "", func() { w.setTheme(t.mode) })
	}
	for _, c := range w.lookChoices()[1:] {
		for i, words := range c.words {
			add(c.title+": "+words, "", func() { c.set(i) })
		}
	}
	if w.places.Usual != "" {
		for _, to := range w.places.List(w.app.Profile()) {
			if !to.Here {
				add(lang.Tf("Workspace: %s", w.nameOfWorkspace(to)), "", func() { w.switchTo(to) })
			}
		}
		add(lang.T("Workspace: New…"), "", w.newWorkspace)
		add(lang.T("Workspace: Show in folder"), "", w.showProfileFolder)
	}
	out = append(out, w.ownKeysCommands()...)
	add(lang.Tf("Keys: Open %s", keysName), "", w.openKeys)
	add(lang.T("Keys: Reload"), "", func() { w.reloadKeys(true) })
	return out
}

// anywhere are the rows that need no board.
var anywhere = map[string]bool{
	"everywhere": true, "todos": true, "trash": true, "changed": true, "share": true, "people": true, "help": true, "quiet": true, "back": true, "forward": true, "undo": true, "redo": true, "to-bar": true,
}

func (o *commandOffers) hint() string    { return lang.T("What do you want to do?") }
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
		return lang.T("No command of this name.")
	}
	return lang.T("↑ ↓ choose   Enter does it   Esc closes")
}
