package renderers

import (
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/cards"
)

// This file is what can be done in a thread.

// send posts what is in the box, or changes the message that is being changed.
// What is refused comes back into the box.
func (e *threadList) send() {
	text := strings.TrimSpace(e.pen.Text())
	env, changed := e.host.Env, e.changed
	switch {
	case changed != "" && text == "":
		e.remove(changed)
		return
	case text == "":
		return
	}
	e.changed, e.up = "", 0
	e.write("")
	back := func() {
		if !e.closed && e.pen.Len() == 0 {
			e.changed = changed
			e.write(text)
			e.arrange()
		}
	}
	now, me := env.Now().UnixMilli(), env.People.me()
	if changed != "" {
		e.do(cards.EditMessage{ID: changed, Author: me, Text: text, Time: now}, back)
	} else {
		e.do(cards.PostMessage{ID: string(env.NewID()), Author: me, Text: text, Time: now}, back)
	}
	e.arrange()
}

// change puts a message of this person's own into the box.
func (e *threadList) change(id string) {
	i := e.find(id)
	if i < 0 || e.pen == nil {
		return
	}
	e.titling, e.changed = false, id
	e.write(e.thread.Messages[i].Text)
	e.takeKeys()
	e.arrange()
}

// changeLast puts the last message of this person's own into the box; false if
// there is none.
func (e *threadList) changeLast() bool {
	me := e.host.Env.People.me()
	for i := len(e.thread.Messages) - 1; i >= 0; i-- {
		if m := e.thread.Messages[i]; m.Author == me && me != "" {
			e.change(m.ID)
			return true
		}
	}
	return false
}

// stopChanging leaves a message as it is.
func (e *threadList) stopChanging() {
	e.changed = ""
	e.write("")
	e.arrange()
}

// remove deletes a message of this person's own.
func (e *threadList) remove(id string) {
	if e.changed == id {
		e.stopChanging()
	}
	e.do(cards.DeleteMessage{ID: id, Author: e.host.Env.People.me()}, func() {})
}

// own reports whether this person wrote a message and may change it here.
func (e *threadList) own(m *cards.Message) bool {
	me := e.host.Env.People.me()
	return e.pen != nil && me != "" && m.Author == me
}

// key takes what has a meaning in a conversation.
func (e *threadList) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.mods().Has(board.Shift) {
			return false // a new line
		}
		e.send()
	case fyne.KeyEscape:
		if e.changed == "" {
			return false
		}
		e.stopChanging()
	case fyne.KeyUp:
		return e.pen.Len() == 0 && e.changeLast()
	case fyne.KeyPageUp:
		e.scroll(e.room() - talkRule)
	case fyne.KeyPageDown:
		e.scroll(talkRule - e.room())
	case fyne.KeyTab:
	default:
		return false
	}
	return true
}

func (e *threadList) scroll(up float32) {
	e.up += up
	e.arrange()
}

// shortcut takes undo and redo while nothing is being written; the board gets the
// others.
func (e *threadList) shortcut(s fyne.Shortcut) bool {
	switch editKey(s) {
	case keyUndo, keyRedo:
		if e.pen.Len() > 0 {
			return true // there is nothing to go back to within a message
		}
	}
	return shortcutOf(e.host, e.typing, e.flights, s)
}

func (e *threadList) leave() {
	e.arrange()
	if e.host.Leave != nil {
		e.host.Leave()
	}
}

// writeTitle puts the caret into the title.
func (e *threadList) writeTitle() {
	if e.pen == nil {
		return
	}
	if !e.titling {
		e.pen.FocusLost()
		e.titling = true
		e.typing.reset(e.thread.Title)
		e.title.SetText(e.thread.Title)
		e.title.Select(0, e.title.Len())
	}
	e.takeKeys()
}

// leaveTitle sends what was written and goes to the box.
func (e *threadList) leaveTitle() {
	e.typing.end()
	e.title.FocusLost()
	e.titling = false
	e.takeKeys()
}

func (e *threadList) titleKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab, fyne.KeyDown:
		e.leaveTitle()
		return true
	}
	return false
}

func (e *threadList) titleShortcut(s fyne.Shortcut) bool {
	return shortcutOf(e.host, e.typing, e.flights, s)
}

// sendTitle is called by typing with what has been written.
func (e *threadList) sendTitle(was, now, gesture string) {
	e.thread.Title = now
	e.flights.track(doCommand(e.host.Handle, cards.SetThreadTitle{Was: was, Now: now, Gesture: gesture}))
}
