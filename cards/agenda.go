package cards

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"corkboard/doc"
)

// When an open item is due, as seen from a day.
type When uint8

// The parts of an agenda, in their order.
const (
	PastDue When = iota
	DueToday
	DueSoon // within the week to come
	DueLater
	NoDate
)

// OpenItem is an item that is not done, of any to-do card.
type OpenItem struct {
	Document doc.ID // the to-do card
	List     string // its title
	TodoItem
	When When
}

// OpenItems is what is not done on a to-do card. today is as in DateLayout.
func OpenItems(id doc.ID, t Todo, today string) (out []OpenItem) {
	for _, it := range t.Items {
		if !it.Done && strings.TrimSpace(it.Text) != "" {
			out = append(out, OpenItem{Document: id, List: t.CardTitle(), TodoItem: it, When: whenDue(it.Due, today)})
		}
	}
	return out
}

// whenDue says in which part of an agenda a due date stands.
func whenDue(due, today string) When {
	d, err := time.Parse(DateLayout, due)
	now, bad := time.Parse(DateLayout, today)
	switch days := int(d.Sub(now).Hours() / 24); {
	case err != nil || bad != nil:
		return NoDate
	case days < 0:
		return PastDue
	case days == 0:
		return DueToday
	case days <= 7:
		return DueSoon
	}
	return DueLater
}

// CompareOpen is the order of an agenda: by date, those without one last; on one day as
// they stand on their cards, card by card.
func CompareOpen(a, b OpenItem) int {
	return cmp.Or(cmp.Compare(a.When, b.When), cmp.Compare(a.Due, b.Due),
		cmp.Compare(a.List, b.List), cmp.Compare(a.Document, b.Document),
		cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
}

// Mentions reports whether a text names somebody: "@" and the name, or its first word,
// not within a longer word. Case does not count.
func Mentions(text, name string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	if first == "" {
		return false
	}
	text, first = strings.ToLower(text), strings.ToLower(first)
	for {
		i := strings.Index(text, "@"+first)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		text = text[i+1+len(first):]
		after, _ := utf8.DecodeRuneInString(text)
		if !wordRune(before) && !wordRune(after) {
			return true
		}
	}
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
