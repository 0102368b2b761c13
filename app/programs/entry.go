package programs

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
)

// Bounds of files that others have written.
const (
	maxEntry = 256 << 10 // bytes of a desktop entry
	maxList  = 4 << 20   // bytes of a list of types
)

// keys is what stands in a group of a desktop file.
type keys map[string]string

// readGroups reads a desktop file, of at most limit bytes: group → key → value. Of two equal
// keys the first counts. Lines that are none are left out.
func readGroups(path string, limit int64) (map[string]keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, errBadEntry
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseGroups(io.LimitReader(f, limit))
}

var errBadEntry = errors.New("not a desktop entry")

func parseGroups(r io.Reader) (map[string]keys, error) {
	out := map[string]keys{}
	var now keys
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxList)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			name = strings.TrimSuffix(name, "]")
			if out[name] == nil {
				out[name] = keys{}
			}
			now = out[name]
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if key = strings.TrimSpace(key); !ok || now == nil {
			continue
		}
		if _, twice := now[key]; !twice {
			now[key] = strings.TrimSpace(value)
		}
	}
	return out, lines.Err()
}

// unescape resolves what the specification calls the escapes of strings.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 's':
			b.WriteByte(' ')
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\':
			b.WriteByte('\\')
		default: // an escape of lists, or of what reads the string next
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// list splits a value at semicolons.
func list(value string) (out []string) {
	for part := range strings.SplitSeq(value, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// local is a value in the language of a person (such as "de" or "de_AT"), or else as it is.
func (k keys) local(key, language string) string {
	for _, l := range []string{language, strings.SplitN(language, "_", 2)[0]} {
		if v := k[key+"["+l+"]"]; l != "" && v != "" {
			return unescape(v)
		}
	}
	return unescape(k[key])
}

// entry is a desktop entry of a program.
type entry struct {
	id, path string
	keys     keys
}

// program is what an entry says; false if it is no program that can be offered.
func (e entry) program(language string, there func(command string) bool) (Program, bool) {
	k := e.keys
	if k["Type"] != "Application" || k["Hidden"] == "true" || k["Terminal"] == "true" || k["Exec"] == "" {
		return Program{}, false
	}
	if try := unescape(k["TryExec"]); try != "" && !there(try) {
		return Program{}, false
	}
	p := Program{ID: e.id, Name: k.local("Name", language), words: nil, dir: unescape(k["Path"])}
	words, err := split(unescape(k["Exec"]))
	if err != nil || p.Name == "" || len(words) == 0 || !there(words[0]) {
		return Program{}, false
	}
	p.words, p.icon, p.entry = words, unescape(k["Icon"]), e.path
	if _, err := p.command("x"); err != nil {
		return Program{}, false
	}
	return p, true
}
