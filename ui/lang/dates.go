package lang

import (
	"strings"
	"time"

	"corkboard/cards"
)

// germanDates has the longer names first.
var germanDates = strings.NewReplacer(
	"Monday", "Montag", "Tuesday", "Dienstag", "Wednesday", "Mittwoch", "Thursday", "Donnerstag",
	"Friday", "Freitag", "Saturday", "Samstag", "Sunday", "Sonntag",
	"January", "Januar", "February", "Februar", "March", "März", "April", "April", "June", "Juni", "July", "Juli",
	"August", "August", "September", "September", "October", "Oktober", "November", "November", "December", "Dezember",
	"Jan", "Jan.", "Feb", "Feb.", "Mar", "März", "Apr", "Apr.", "May", "Mai", "Jun", "Juni", "Jul", "Juli",
	"Aug", "Aug.", "Sep", "Sept.", "Oct", "Okt.", "Nov", "Nov.", "Dec", "Dez.",
)

var germanSizes = strings.NewReplacer("bytes", "Byte", "byte", "Byte", ".", ",")

// Time is t.Format with a layout in the language of the window.
func Time(t time.Time, layout string) string {
	s := t.Format(T(layout))
	if Now() == German {
		s = germanDates.Replace(s)
	}
	return s
}

// Size is cards.FormatSize in the language of the window.
func Size(bytes int64) string {
	s := cards.FormatSize(bytes)
	if Now() == German {
		s = germanSizes.Replace(s)
	}
	return s
}
