package cards

import (
	"strconv"
	"strings"
	"unicode"
)

// MaxName bounds titles made of file names, in runes.
const MaxName = 200

// maxExtension bounds extensions, in bytes; longer ones belong to the title.
const maxExtension = 16

// CleanName makes a title of a file's name: one line, at most MaxName runes,
// without control characters and without the direction overrides that let
// "gpj.exe" pass for "exe.jpg". It may come out empty.
func CleanName(s string) string { return oneLine(s, MaxName) }

// SplitName cuts a file's name (no folders) into a clean title and the
// extension: lower case, without dot, "" when there is none. A name that
// begins with its only dot has none.
func SplitName(name string) (title, extension string) {
	name = strings.TrimSpace(name)
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		if extension = cleanExtension(name[i+1:]); extension != "" {
			return CleanName(name[:i]), extension
		}
	}
	return CleanName(name), ""
}

// SaveName proposes a file name that every system accepts.
func (f File) SaveName() string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, f.Title)
	name = strings.Trim(name, ". ")
	if name == "" || reserved[strings.ToLower(name)] {
		name = strings.TrimSpace("file " + name)
	}
	for len(name) > maxSaveName {
		r := []rune(name)
		name = strings.TrimRight(string(r[:len(r)-1]), ". ")
	}
	if f.Extension != "" {
		name += "." + f.Extension
	}
	return name
}

// maxSaveName keeps a name with its extension below the 255 bytes that file
// systems allow.
const maxSaveName = 230

// reserved are device names on Windows, whatever the extension.
var reserved = func() map[string]bool {
	m := map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}
	for i := 1; i <= 9; i++ {
		m["com"+strconv.Itoa(i)], m["lpt"+strconv.Itoa(i)] = true, true
	}
	return m
}()

// FormatSize writes a number of bytes for people, in powers of ten: "3.2 MB".
// Negative sizes are "".
func FormatSize(n int64) string {
	switch {
	case n < 0:
		return ""
	case n == 1:
		return "1 byte"
	case n < 1000:
		return strconv.FormatInt(n, 10) + " bytes"
	}
	v := float64(n)
	for i, unit := range []string{"kB", "MB", "GB", "TB", "PB", "EB"} {
		v /= 1000
		decimals := 0
		if v < 9.95 {
			decimals = 1
		}
		if v < 999.5 || i == 5 {
			return strings.TrimSuffix(strconv.FormatFloat(v, 'f', decimals, 64), ".0") + " " + unit
		}
	}
	return ""
}

func notAlphanumeric(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9')
}

// isSpace tells what ends a word: spaces, line ends and tabs of any script.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u2028' || r == '\u2029'
}

// isHidden tells characters that change how others are shown without being
// seen. Joiners stay: emoji and several scripts need them.
func isHidden(r rune) bool {
	switch {
	case r == '\u200b', r == '\u200e', r == '\u200f', r == '\ufeff', r == unicode.ReplacementChar:
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tags
		return true
	}
	return unicode.IsControl(r)
}
