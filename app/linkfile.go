package app

import (
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"corkboard/cards"
)

// maxLinkFile bounds files that hold nothing but a web address, in bytes.
const maxLinkFile = 16 << 10

// weblocAddress finds the address in such a file of macOS.
var weblocAddress = regexp.MustCompile(`<key>URL</key>\s*<string>([^<]+)</string>`)

// linkFile reads the web address from a file that desktops make of one that is dragged
// from a browser: .url, .desktop, .webloc. Any other file has none.
func linkFile(path string) (string, bool) {
	kind := strings.ToLower(filepath.Ext(path))
	if kind != ".url" && kind != ".desktop" && kind != ".webloc" {
		return "", false
	}
	// Looking first: opening a pipe would block for ever.
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxLinkFile {
		return "", false
	}
	f, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxLinkFile))
	if err != nil {
		return "", false
	}
	if kind == ".webloc" {
		if m := weblocAddress.FindStringSubmatch(string(b)); m != nil {
			return cards.WebAddress(html.UnescapeString(m[1]))
		}
		return "", false
	}
	for line := range strings.Lines(string(b)) {
		if key, value, ok := strings.Cut(line, "="); ok && strings.EqualFold(strings.TrimSpace(key), "URL") {
			return cards.WebAddress(value)
		}
	}
	return "", false
}
