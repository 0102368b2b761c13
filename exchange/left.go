package exchange

import (
	"fmt"
	"slices"
)

// Reason is why something was left out, or kept in another form.
type Reason int

// The reasons, in the order in which they are said.
const (
	NoFile   Reason = iota // a card names a file that is not there
	BadCard                // a card cannot be read
	OddCard                // a card of an unknown sort was kept as a text
	BadBoard               // a file that should be a board cannot be read
	Lines                  // lines between cards are kept, not shown
	Hidden                 // hidden files
	Strange                // links, pipes and devices
	TooLarge               // a file unpacks to more than is allowed
	TooMany                // more than the limits
	reasons                // how many there are
)

// Left counts what was left out. The zero value is ready.
type Left [reasons]int

// Note counts one more.
func (l *Left) Note(r Reason) { l[r]++ }

// Join counts what another has counted, too.
func (l *Left) Join(o Left) {
	for r, n := range o {
		l[r] += n
	}
}

// words are for one thing and for several.
var words = [reasons][2]string{
	NoFile:   {"The file of 1 card is not there.", "The files of %d cards are not there."},
	BadCard:  {"1 card could not be read and was left out.", "%d cards could not be read and were left out."},
	OddCard:  {"1 card of an unknown kind was kept as text.", "%d cards of unknown kinds were kept as text."},
	BadBoard: {"1 file should be a board and could not be read.", "%d files should be boards and could not be read."},
	Lines:    {"1 line between cards is kept, but not shown.", "%d lines between cards are kept, but not shown."},
	Hidden:   {"1 hidden file was left out.", "%d hidden files were left out."},
	Strange:  {"1 link or device was left out.", "%d links or devices were left out."},
	TooLarge: {"1 file was too large to unpack and was left out.", "%d files were too large to unpack and were left out."},
	TooMany:  {"1 card was left out, because there were too many.", "%d cards were left out, because there were too many."},
}

// Sentences says what was left out, in words for a person.
func (l Left) Sentences() []string {
	var out []string
	for r, n := range l {
		switch {
		case n == 1:
			out = append(out, words[r][0])
		case n > 1:
			out = append(out, fmt.Sprintf(words[r][1], n))
		}
	}
	return slices.Clip(out)
}
