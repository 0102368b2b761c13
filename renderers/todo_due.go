package renderers

import (
	"strconv"
	"strings"
	"time"

	"corkboard/cards"
	"corkboard/ui/lang"
)

// Longest way ahead that "+N" may reach, in days.
const maxDueDays = 3660

// germanDays are the days of the week from Sunday on; germanMonths writes what differs
// as English does, without the dot of a day. Both languages are understood always.
var (
	germanDays   = [7]string{"sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"}
	germanMonths = strings.NewReplacer(". ", " ", "january", "january", "february", "february", "januar", "january", "februar", "february",
		"märz", "march", "mai", "may",
		"juni", "june", "juli", "july", "oktober", "october", "okt", "oct", "dezember", "december", "dez", "dec")
)

// parseDue understands what a person writes for a due date: 2026-03-12, today,
// tomorrow, fri, +3, 12 mar, mar 12, 12 mar 2027, or nothing for no date.
// today is as in cards.DateLayout; ok is false when it is none of these.
func parseDue(s, today string) (due string, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	now, err := time.Parse(cards.DateLayout, today)
	if err != nil {
		return "", false
	}
	after := func(days int) (string, bool) { return now.AddDate(0, 0, days).Format(cards.DateLayout), true }
	switch s {
	case "", "none", "never", "kein", "keins", "nie":
		return "", true
	case "today", "tod", "heute":
		return after(0)
	case "tomorrow", "tom", "tmr", "morgen":
		return after(1)
	case "übermorgen":
		return after(2)
	case "next week", "nächste woche":
		return after(7)
	}
	if cards.IsDate(s) {
		return s, true
	}
	if n, found := strings.CutPrefix(s, "+"); found {
		days, err := strconv.Atoi(n)
		if err != nil || days < 0 || days > maxDueDays {
			return "", false
		}
		return after(days)
	}
	for d := range 7 {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(time.Weekday(d).String()), s) ||
			len(s) >= 2 && strings.HasPrefix(germanDays[d], s) {
			return after((d-int(now.Weekday())+6)%7 + 1)
		}
	}
	return parseDayMonth(germanMonths.Replace(s), now)
}

// parseDayMonth reads "12 mar" and "mar 12", with or without a year. Without
// one it is the next such day.
func parseDayMonth(s string, now time.Time) (due string, ok bool) {
	for _, layout := range []string{"2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006", "2.1.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(cards.DateLayout), true
		}
		for year := now.Year(); year <= now.Year()+8; year++ { // 29 Feb may be far
			t, err := time.Parse(layout, yearBehind(s, year))
			if err == nil && !t.Before(now.Truncate(24*time.Hour)) {
				return t.Format(cards.DateLayout), true
			}
		}
	}
	return "", false
}

// yearBehind is "12 mar 2027" of "12 mar", and "12.3.2027" of "12.3.".
func yearBehind(s string, year int) string {
	if strings.HasSuffix(s, ".") {
		return s + strconv.Itoa(year)
	}
	return s + " " + strconv.Itoa(year)
}

// DueLabel writes a due date for people: "Today", "12 Mar", "12 Mar ’27"; "" if it is
// none. due and today are as in cards.DateLayout.
func DueLabel(due, today string) string {
	d, err := time.Parse(cards.DateLayout, due)
	if err != nil {
		return ""
	}
	now, err := time.Parse(cards.DateLayout, today)
	if err != nil {
		return lang.Time(d, "2 Jan ’06")
	}
	switch days := int(d.Sub(now).Hours() / 24); {
	case days == 0:
		return lang.T("Today")
	case days == 1:
		return lang.T("Tomorrow")
	case days == -1:
		return lang.T("Yesterday")
	}
	if d.Year() == now.Year() {
		return lang.Time(d, "2 Jan")
	}
	return lang.Time(d, "2 Jan ’06")
}
