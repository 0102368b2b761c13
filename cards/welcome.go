package cards

import "strings"

// HomeTitle is the title of the board of a first run.
const HomeTitle = "Home"

// InboxTitle is the title of the board that takes what comes from outside.
const InboxTitle = "Inbox"

// Welcome is the Markdown of the first card on the Home board: five lines.
const Welcome = `# Welcome to Corkboard

- **Write:** double-click an empty place. **T** makes a to-do list.
- **Keep:** drop pictures, PDFs and any other files here, or paste them.
- **Look around:** hold Space and drag to move, Ctrl or Cmd and the wheel to zoom, Shift+1 to see all.
- **Nest:** **B** makes a board on this board; double-click it to go in, Alt+← to come back.
- **Relax:** everything is saved by itself, and Ctrl+Z or Cmd+Z takes back any step.
`

const welcomeGerman = `# Willkommen bei Corkboard

- **Schreiben:** Doppelklick auf eine leere Stelle. **T** macht eine Aufgabenliste.
- **Aufheben:** Leg Bilder, PDFs und andere Dateien hier ab, oder füge sie ein.
- **Umsehen:** Halte die Leertaste und zieh, um die Ansicht zu verschieben; Strg oder Cmd und das Rad zoomen, Umschalt+1 zeigt alles.
- **Schachteln:** **B** macht ein Board auf diesem Board; Doppelklick führt hinein, Alt+← zurück.
- **Beruhigt sein:** Alles wird von selbst gespeichert, und Strg+Z oder Cmd+Z macht jeden Schritt rückgängig.
`

// WelcomeIn is Welcome in a language: German for "de", else English.
func WelcomeIn(language string) string {
	if language == "de" {
		return welcomeGerman
	}
	return Welcome
}

// IsWelcome reports whether a text is the first card as it was made, in any language.
func IsWelcome(text string) bool {
	text = strings.TrimSpace(text)
	return text == strings.TrimSpace(Welcome) || text == strings.TrimSpace(welcomeGerman)
}
