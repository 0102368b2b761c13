package cards

import (
	"strings"
	"unicode"
)

// Limits of the search for a title, so that it costs the same in any text.
const (
	titleLines = 50
	titleScan  = 2000 // bytes of one line
)

// markdownTitle is the first line that says something, without marks. It does
// not parse Markdown: it drops what a reader would not miss.
func markdownTitle(s string) string {
	for range titleLines {
		line, rest, more := strings.Cut(s, "\n")
		if len(line) > titleScan {
			line = strings.ToValidUTF8(line[:titleScan], "")
		}
		if t := oneLine(inline(unmarked(line)), MaxTitle); strings.ContainsFunc(t, telling) {
			return t
		}
		if !more {
			break
		}
		s = rest
	}
	return ""
}

// telling is false for what rules and table borders are made of.
func telling(r rune) bool { return !strings.ContainsRune("-=_*~`|:+ #>", r) }

// unmarked drops the marks that begin a line: quote, heading, list, tick box.
func unmarked(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
		return ""
	}
	for range 10 { // deeper nesting is no title
		was := line
		switch {
		case strings.HasPrefix(line, ">"):
			line = line[1:]
		case strings.HasPrefix(line, "#"):
			if rest := strings.TrimLeft(line, "#"); rest == "" || rest[0] == ' ' {
				line = strings.TrimRight(rest, "# ")
			}
		default:
			line = unlisted(line)
		}
		if line = strings.TrimSpace(line); line == was {
			break
		}
	}
	return line
}

func unlisted(line string) string {
	for _, mark := range []string{"- ", "* ", "+ ", "[ ] ", "[x] ", "[X] "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return rest
		}
	}
	digits := strings.TrimLeft(line, "0123456789")
	if n := len(line) - len(digits); n > 0 && n < 10 {
		if rest, ok := strings.CutPrefix(digits, ". "); ok {
			return rest
		}
		if rest, ok := strings.CutPrefix(digits, ") "); ok {
			return rest
		}
	}
	return line
}

// inline drops emphasis, code ticks, escapes and the addresses of links. One
// pass, each rune looked at once.
func inline(line string) string {
	r := []rune(line)
	out := make([]rune, 0, len(r))
	var open []int // where in out the brackets are that nothing closed yet
	for i := 0; i < len(r); i++ {
		switch c := r[i]; {
		case c == '\\' && unicode.IsPunct(runeAt(r, i+1)):
			i++
			out = append(out, r[i])
		case c == '`',
			(c == '*' || c == '~') && flanks(r, i),
			c == '_' && flanks(r, i) && (!word(runeAt(r, i-1)) || !word(runeAt(r, i+1))):
		case c == '[':
			open = append(open, len(out))
			out = append(out, c)
		case c == ']' && len(open) > 0:
			at := open[len(open)-1]
			open = open[:len(open)-1]
			if runeAt(r, i+1) != '(' {
				out = append(out, c)
				break
			}
			out[at] = 0
			if at > 0 && out[at-1] == '!' {
				out[at-1] = 0
			}
			i = addressEnd(r, i+2)
		default:
			out = append(out, c)
		}
	}
	return strings.ReplaceAll(string(out), "\x00", "")
}

// addressEnd gives the index of the bracket that closes an address, or of the
// last rune.
func addressEnd(r []rune, from int) int {
	for j := from; j < len(r); j++ {
		if r[j] == ')' {
			return j
		}
	}
	return len(r) - 1
}

// flanks tells a mark that touches a word from a lone sign (2 * 3).
func flanks(r []rune, i int) bool {
	return !unicode.IsSpace(runeAt(r, i-1)) || !unicode.IsSpace(runeAt(r, i+1))
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// runeAt is a space beyond the ends.
func runeAt(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return ' '
	}
	return r[i]
}
