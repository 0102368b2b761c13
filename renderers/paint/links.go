package paint

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// schemes are those a click may open.
var schemes = []string{"https://", "http://", "mailto:", "corkboard:"}

const maxURL = 4096

// SafeURL returns the address if a click may open it: http, https, mailto or corkboard, well formed,
// without control characters; else "".
func SafeURL(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxURL || !hasScheme(s) || !utf8.ValidString(s) {
		return ""
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.IsSpace(r) || unicode.In(r, unicode.Cf) {
			return ""
		}
	}
	u, err := url.Parse(s)
	if err != nil || strings.HasPrefix(strings.ToLower(u.Scheme), "http") && u.Host == "" {
		return ""
	}
	return s
}

func hasScheme(s string) bool {
	for _, p := range schemes {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}

// NextURL finds the first bare address in text; start == end if there is none.
func NextURL(text string) (start, end int) {
	for from := 0; from < len(text); {
		colon := strings.IndexByte(text[from:], ':')
		if colon < 0 {
			break
		}
		colon += from
		from = colon + 1
		start = colon
		for start > 0 && colon-start < 9 && isLetter(text[start-1]) {
			start--
		}
		if !hasScheme(text[start:]) {
			continue
		}
		if end = urlEnd(text, start); SafeURL(text[start:end]) != "" && end > from {
			return start, end
		}
	}
	return 0, 0
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// urlEnd stops at white space and quotes and leaves off punctuation that belongs to the sentence.
func urlEnd(text string, start int) int {
	end, open := start, 0
	for i, r := range text[start:] {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"“”«»`", r) || i > maxURL {
			break
		}
		if r == '(' {
			open++
		}
		if r == ')' {
			if open == 0 {
				break
			}
			open--
		}
		if !strings.ContainsRune(".,;:!?'*_", r) {
			end = start + i + utf8.RuneLen(r)
		}
	}
	return end
}
