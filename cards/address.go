package cards

import (
	"net/url"
	"strings"
)

// MaxAddress bounds web addresses, in bytes.
const MaxAddress = 2048

// WebAddress reads a web address as people type and paste it: one word that begins with
// http://, https:// or www. and names a host. It gives the address as it is kept. One with
// a name or a password in it is none: it is made to look like another.
func WebAddress(s string) (address string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 4 && strings.EqualFold(s[:4], "www.") {
		s = "https://" + s
	}
	if len(s) > MaxAddress || strings.ContainsFunc(s, func(r rune) bool { return isSpace(r) || isHidden(r) || r == '"' || r == '<' || r == '>' }) {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	u.Host = strings.ToLower(u.Host)
	if u.Path == "" {
		u.Path = "/"
	}
	if s = u.String(); len(s) > MaxAddress {
		return "", false
	}
	return s, true
}

// WebAddresses reads a text that is nothing but web addresses, one a line; other texts
// give none.
func WebAddresses(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		address, ok := WebAddress(line)
		if !ok {
			return nil
		}
		out = append(out, address)
	}
	return out
}

// HostOf is the host of a web address as people say it: without "www." and the usual port.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Host
	if p := u.Port(); u.Scheme == "http" && p == "80" || u.Scheme == "https" && p == "443" {
		host = strings.TrimSuffix(host, ":"+p)
	}
	return oneLine(strings.TrimPrefix(host, "www."), MaxTitle)
}
