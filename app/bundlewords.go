package app

import "fmt"

// Sentences says what a bundle has brought.
func (c CameIn) Sentences() []string {
	var out []string
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, one)
		case n > 1:
			out = append(out, fmt.Sprintf(many, n))
		}
	}
	say(c.Changes, "1 change came.", "%d changes came.")
	say(c.Files, "1 file came.", "%d files came.")
	switch {
	case c.Changes+c.Files+c.People == 0:
		out = append(out, "Nothing in the bundle was new.")
	case c.Changes+c.Files == 0:
		out = append(out, "News of the people on the board came.")
	}
	say(c.Damaged, "1 place in the bundle is damaged and was passed over.", "%d places in the bundle are damaged and were passed over.")
	say(c.Refused, "1 thing in it was refused, because it is not genuine.", "%d things in it were refused, because they are not genuine.")
	say(c.Missing, "1 file is not in it; it comes when somebody who has it is met.", "%d files are not in it; they come when somebody who has them is met.")
	return out
}

// Trouble reports whether not all went as it should.
func (c CameIn) Trouble() bool { return c.Damaged+c.Refused+c.Missing > 0 }
