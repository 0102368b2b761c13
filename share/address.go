package share

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxAddress is the length of an address in a link in bytes, before encoding.
const MaxAddress = 256

// Addresses are where the one who made a link can be dialled, in the words of a
// transport; "" behind the last. Equal addresses are equal by ==.
type Addresses [2]string

// ValidAddress reports whether s can stand in a link: 1–256 bytes of UTF-8
// without control characters.
func ValidAddress(s string) bool {
	return s != "" && len(s) <= MaxAddress && utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}

func (a Addresses) valid() bool {
	for i, s := range a {
		if s == "" {
			return strings.Join(a[i:], "") == ""
		}
		if !ValidAddress(s) || i > 0 && s == a[i-1] {
			return false
		}
	}
	return true
}

func (a Addresses) query() string {
	var b strings.Builder
	for _, s := range a {
		if s != "" {
			b.WriteString("&" + atKey + "=" + escape(s))
		}
	}
	return b.String()
}

// add reads one address, which must be written as escape writes it.
func (a *Addresses) add(value string) error {
	s, ok := unescape(value)
	if !ok || !ValidAddress(s) {
		return bad("an address is not 1–%d bytes of text in its one form", MaxAddress)
	}
	for i := range a {
		switch a[i] {
		case s:
			return bad("it has the same address twice")
		case "":
			a[i] = s
			return nil
		}
	}
	return bad("it has more than %d addresses", len(a))
}

const hexDigits = "0123456789ABCDEF"

// plain says which bytes stand for themselves: those of RFC 3986, 2.3, and
// what multiaddresses are full of.
func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/:", c) >= 0
}

func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; plain(c) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

// unescape reads exactly what escape writes.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if i+2 >= len(s) {
				return "", false
			}
			high, low := strings.IndexByte(hexDigits, s[i+1]), strings.IndexByte(hexDigits, s[i+2])
			if high < 0 || low < 0 {
				return "", false
			}
			if c, i = byte(high<<4|low), i+2; plain(c) {
				return "", false
			}
		} else if !plain(c) {
			return "", false
		}
		b.WriteByte(c)
	}
	return b.String(), true
}
