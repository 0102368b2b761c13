package ui

import (
	"strings"
	"time"

	"corkboard/app"
	"corkboard/ui/lang"
)

// when is a moment in words: "on 19 Nov at 14:03".
func (h *pastView) when(at int) string {
	t := h.past.Moments[at].Time.Local()
	return lang.Tf("on %s at %s", dayWords(t, h.w.env.Now()), t.Format("15:04"))
}

// dayWords is a day, with its year if that is not this one.
func dayWords(t, now time.Time) string {
	if t.Year() == now.Local().Year() {
		return lang.Time(t, "2 Jan")
	}
	return lang.Time(t, "2 Jan 2006")
}

// title is what is shown: "19 Nov 14:03 · Ada".
func (h *pastView) title() string {
	m := h.past.Moments[h.at]
	t := m.Time.Local()
	words := dayWords(t, h.w.env.Now()) + " " + t.Format("15:04") + " · " + nameOf(h.past.People[m.Who])
	if h.newest() {
		return lang.Tf("Now · last changed %s", words)
	}
	return words
}

// nameOf is a person in a line of history.
func nameOf(m app.Member) string {
	if m.Me {
		return lang.T("You")
	}
	return m.Name
}

// did is what happened around the moment, in a few words.
func (h *pastView) did() string {
	n := h.stretch(h.at)
	s := h.past.Stretches[n]
	words := []string{lang.Steps(s.Words)}
	if w := h.wipe(n); w != nil {
		words = append([]string{wipeWords(*w)}, words...)
	}
	if h.at < h.past.Shared {
		words = append(words, lang.T("before it was shared"))
	}
	return strings.Join(words, " · ")
}

// wipe is one that ended in a stretch, or nil.
func (h *pastView) wipe(stretch int) *app.Wipe {
	s := h.past.Stretches[stretch]
	from, to := h.past.Moments[s.From].Time, h.past.Moments[s.To].Time
	for i, w := range h.past.Wipes {
		if !w.Last.Before(from) && !w.Last.After(to) {
			return &h.past.Wipes[i]
		}
	}
	return nil
}

// wipeWords says what somebody took away.
func wipeWords(w app.Wipe) string {
	if w.Who.Me {
		return lang.Tf("You removed %s", cardsWords(w.Cards))
	}
	return lang.Tf("%s removed %s", w.Who.Name, cardsWords(w.Cards))
}

func cardsWords(n int) string {
	return lang.N(n, "one card", "%d cards")
}

// restoreWords is on the button for so many selected cards.
func restoreWords(n int) string {
	return lang.N(max(1, n), "Restore this card", "Restore %d cards")
}
