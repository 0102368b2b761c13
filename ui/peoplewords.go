package ui

import (
	"time"
	"unicode"
	"unicode/utf8"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

// roles are what a person can be on a board, as they are offered; the first two
// also by a link.
var roles = []struct {
	role  share.Role
	words string
}{
	{share.Write, lang.Key("Can edit")},
	{share.Read, lang.Key("Can only read")},
	{share.Admin, lang.Key("Can edit and invite")},
}

// linkRoles is how many of roles a link can give.
const linkRoles = 2

// roleWords is a role as it stands behind a name.
func roleWords(r share.Role) string {
	for _, known := range roles {
		if known.role == r {
			return lang.T(known.words)
		}
	}
	return lang.T("Keeps a sealed copy")
}

// roleOptions is the words of the first n roles, with that of another role behind
// them.
func roleOptions(n int, also share.Role) (words []string) {
	for i, known := range roles {
		if i < n || known.role == also {
			words = append(words, lang.T(known.words))
		}
	}
	return words
}

// roleOf is the role of some words of roles.
func roleOf(words string) share.Role {
	for _, known := range roles {
		if lang.T(known.words) == words {
			return known.role
		}
	}
	return share.Read
}

// clockWords says when something was, from the point of view of now: "14:05",
// "yesterday at 14:05", "on 3 March".
func clockWords(at, now time.Time) string {
	at = at.In(now.Location())
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 12, 0, 0, 0, now.Location())
	}
	days := int(day(now).Sub(day(at)).Hours()+12) / 24
	switch {
	case days <= 0:
		return lang.Tf("at %s", at.Format("15:04"))
	case days == 1:
		return lang.Tf("yesterday at %s", at.Format("15:04"))
	case at.Year() == now.Year():
		return lang.Tf("on %s", lang.Time(at, "2 January"))
	}
	return lang.Tf("on %s", lang.Time(at, "2 January 2006"))
}

// memberWords is what is to be said of somebody below their name.
func memberWords(m app.Member, step string, now time.Time) string {
	switch {
	case m.Invited && !m.Reached:
		return lang.T("Invited, and not reached yet")
	case m.Invited:
		return lang.T("Invited, has not answered yet")
	case m.Me:
		return lang.T("You")
	case m.Here && step != "":
		return lang.Tf("Here now, %s", stepWords(step))
	case m.Here:
		return lang.T("Here now")
	case m.Seen.IsZero():
		return lang.T("Not seen yet")
	}
	return lang.Tf("Last seen %s", clockWords(m.Seen, now))
}

// stepWords says how somebody is reached.
func stepWords(step string) string {
	switch step {
	case "local network":
		return lang.T("over the local network")
	case "direct":
		return lang.T("directly")
	case "relayed":
		return lang.T("through a relay")
	}
	return step
}

// lower begins with a small letter.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToLower(r)) + s[n:]
}
