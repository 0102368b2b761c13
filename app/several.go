package app

import "strings"

// several is what went wrong with some of many things.
type several []error

// together is nil when nothing went wrong, and the error itself when it is
// one.
func together(errs []error) error {
	var s several
	for _, err := range errs {
		if err != nil {
			s = append(s, err)
		}
	}
	switch len(s) {
	case 0:
		return nil
	case 1:
		return s[0]
	}
	return s
}

func (s several) Error() string {
	var lines []string
	for _, err := range s {
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "; ")
}

// Unwrap lets errors.Is look at each.
func (s several) Unwrap() []error { return s }
