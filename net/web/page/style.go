package page

import (
	"net/url"
	"regexp"
	"strings"
)

// cssURL finds addresses in styles: url("…"), url('…'), url(…). What a stranger hides
// from it, the policy of the archive keeps from being loaded.
var cssURL = regexp.MustCompile(`(?i)url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s][^()\s]*))\s*\)`)

// cssImport finds other sheets that a sheet begins with.
var cssImport = regexp.MustCompile(`(?i)@import\s+(?:url\(\s*)?["']?([^"'()\s;]+)["']?\s*\)?\s*([^;{}]*);`)

// fontFile tells addresses of fonts by their names.
var fontFile = regexp.MustCompile(`(?i)\.(woff2?|ttf|otf)(\?|#|$)`)

// stylesheet is a sheet with the address that it is relative to.
type stylesheet struct {
	text string
	base *url.URL
}

// whole makes all addresses in a sheet whole; those that are none of the web are left
// empty, but for what is inside of the sheet.
func (s stylesheet) whole() string {
	return eachURL(s.text, func(address string) string {
		if inside(address) {
			return address
		}
		return resolve(s.base, address)
	})
}

// inside tells addresses that load nothing.
func inside(address string) bool {
	return strings.HasPrefix(address, "#") || len(address) >= 5 && strings.EqualFold(address[:5], "data:")
}

// eachURL puts other addresses in the place of those in a sheet.
func eachURL(text string, to func(string) string) string {
	return cssURL.ReplaceAllStringFunc(text, func(found string) string {
		m := cssURL.FindStringSubmatch(found)
		now := to(strings.TrimSpace(m[1] + m[2] + m[3]))
		return `url("` + strings.NewReplacer(`"`, "%22", "\n", "", `\`, "%5C").Replace(now) + `"` + ")"
	})
}

// addresses lists those in a sheet whose addresses are whole.
func addresses(text string) (out []string) {
	for _, m := range cssURL.FindAllStringSubmatch(text, maxFiles) {
		if at := m[1] + m[2] + m[3]; !inside(at) && at != "" {
			out = append(out, at)
		}
	}
	return out
}

// imports are the sheets that a sheet begins with, and the sheet without them.
func (s stylesheet) imports() (list []string, rest string) {
	for _, m := range cssImport.FindAllStringSubmatch(s.text, maxSheets) {
		if at := resolve(s.base, m[1]); at != "" {
			list = append(list, at)
		}
	}
	return list, cssImport.ReplaceAllString(s.text, "")
}

// closed keeps a sheet from ending the element that it is put in.
func closed(text string) string { return strings.ReplaceAll(text, "</", `<\/`) }
