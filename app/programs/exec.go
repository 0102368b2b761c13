package programs

import (
	"errors"
	"net/url"
	"strings"
)

// Program opens files.
type Program struct {
	ID   string // of its desktop entry, or the path of the program
	Name string // for people

	words []string // of its Exec, with field codes
	dir   string   // to run in; "" for wherever
	icon  string
	entry string // path of its desktop entry
}

// ErrExec says that a program does not tell how it is started.
var ErrExec = errors.New("the program does not say how it is started")

// split takes the words of an Exec apart: separated by spaces, whole words in double quotes,
// inside which a backslash stands before ", `, $ and \. ErrExec.
func split(exec string) (words []string, err error) {
	for i := 0; i < len(exec); {
		if exec[i] == ' ' {
			i++
			continue
		}
		var word strings.Builder
		if exec[i] != '"' {
			end := strings.IndexByte(exec[i:], ' ')
			if end < 0 {
				end = len(exec) - i
			}
			word.WriteString(exec[i : i+end])
			i += end
			words = append(words, word.String())
			continue
		}
		closed := false
		for i++; i < len(exec) && !closed; i++ {
			switch c := exec[i]; {
			case c == '"':
				closed = true
			case c == '\\' && i+1 < len(exec) && strings.IndexByte("\"`$\\", exec[i+1]) >= 0:
				i++
				word.WriteByte(exec[i])
			default:
				word.WriteByte(c)
			}
		}
		if !closed || i < len(exec) && exec[i] != ' ' {
			return nil, ErrExec
		}
		words = append(words, word.String())
	}
	return words, nil
}

// command is the words that open a file at an absolute path: field codes of files and
// addresses become it, and where there is none it stands at the end. ErrExec.
func (p Program) command(path string) ([]string, error) {
	var out []string
	given := false
	for _, w := range p.words {
		switch w {
		case "%f", "%F":
			out, given = append(out, path), true
			continue
		case "%u", "%U":
			out, given = append(out, (&url.URL{Scheme: "file", Path: path}).String()), true
			continue
		case "%i":
			if p.icon != "" {
				out = append(out, "--icon", p.icon)
			}
			continue
		case "%d", "%D", "%n", "%N", "%v", "%m": // of old, and to be left out
			continue
		}
		word, has, err := p.inside(w, path)
		if err != nil {
			return nil, err
		}
		out, given = append(out, word), given || has
	}
	if len(out) == 0 || out[0] == "" {
		return nil, ErrExec
	}
	if !given {
		out = append(out, path)
	}
	return out, nil
}

// inside resolves field codes within a word.
func (p Program) inside(w, path string) (word string, given bool, err error) {
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if w[i] != '%' {
			b.WriteByte(w[i])
			continue
		}
		if i++; i == len(w) {
			return "", false, ErrExec
		}
		switch w[i] {
		case '%':
			b.WriteByte('%')
		case 'f', 'u':
			given = true
			if w[i] == 'u' {
				b.WriteString((&url.URL{Scheme: "file", Path: path}).String())
			} else {
				b.WriteString(path)
			}
		case 'c':
			b.WriteString(p.Name)
		case 'k':
			b.WriteString(p.entry)
		case 'd', 'D', 'n', 'N', 'v', 'm':
		default:
			return "", false, ErrExec
		}
	}
	return b.String(), given, nil
}
