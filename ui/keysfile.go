package ui

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"corkboard/board"
	"corkboard/ui/lang"
)

// keysName is how the file of shortcuts is called where it is spoken of.
const keysName = "keys.json"

// openKeys hands the file of shortcuts to the system's editor, after writing
// one that explains itself if there is none.
func (w *Window) openKeys() {
	w.work(func(context.Context) error {
		path, err := w.app.WriteKeys()
		if err != nil {
			return err
		}
		u, err := url.Parse(storage.NewFileURI(path).String())
		if err != nil {
			return err
		}
		w.frames.Add(func() {
			if err := w.fyne.OpenURL(u); err != nil {
				w.notices.say(lang.Tf("Edit %s and reload it.", path))
			}
		})
		return nil
	})
}

// reloadKeys reads the file of shortcuts. Whatever is wrong in it is said; the
// rest counts. aloud says also that all is well.
func (w *Window) reloadKeys(aloud bool) {
	go func() {
		keys, err := w.app.Keymap()
		w.frames.Add(func() {
			w.useKeys(keys)
			switch words := sentence(err); {
			case words != "":
				w.notices.warn(words)
			case aloud:
				w.notices.say(lang.Tf("The shortcuts are as %s says.", keysName))
			}
		})
	}()
}

// useKeys takes other shortcuts for the board and for the window.
func (w *Window) useKeys(keys *board.Keymap) {
	c := w.win.Canvas()
	for _, s := range w.listening {
		c.RemoveShortcut(s)
	}
	w.keys, w.listening = keys, nil
	for id := range anywhere {
		w.listen(id, func() { w.perform(id) })
	}
	w.listen("commands", func() { w.perform("commands") })
	if w.board != nil {
		w.board.Session.Keys = keys
	}
}

// listen does something for the shortcuts of a row when nothing has the focus.
// Keys without a modifier come through SetOnTypedKey.
func (w *Window) listen(id string, do func()) {
	for _, chord := range w.keys.Chords(id) {
		if chord.Mods&(board.Mod|board.Alt) == 0 {
			continue
		}
		s := listenedOf(chord)
		w.win.Canvas().AddShortcut(s, func(fyne.Shortcut) { do() })
		w.listening = append(w.listening, s)
	}
}
