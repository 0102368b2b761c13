package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// Limits of JSON-LD.
const (
	maxLinked  = 256 << 10 // bytes of one script
	maxScripts = 16
	maxDeep    = 6 // of what is looked at
	maxWide    = 64
)

// linked is what JSON-LD says of a page.
type linked struct{ title, description, site, picture string }

// linkedData reads the JSON-LD of a page, from anything that has a headline.
func (p *Page) linkedData() (out linked) {
	scripts := 0
	for n := range elements(p.root, "script") {
		if !strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
			continue
		}
		if scripts++; scripts > maxScripts {
			break
		}
		text := rawText(n)
		if len(text) > maxLinked {
			continue
		}
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			out.take(v, 0)
		}
	}
	return out
}

func rawText(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	return ""
}

// take looks for an article in a value; what was found first stays.
func (l *linked) take(v any, deep int) {
	if deep > maxDeep {
		return
	}
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			if i < maxWide {
				l.take(x, deep+1)
			}
		}
	case map[string]any:
		if title, ok := v["headline"].(string); ok {
			set(&l.title, title)
			set(&l.description, wordOf(v["description"]))
			set(&l.picture, addressOf(v["image"], 0))
			if who, ok := v["publisher"].(map[string]any); ok {
				set(&l.site, wordOf(who["name"]))
			}
		}
		if v["@type"] == "WebSite" {
			set(&l.site, wordOf(v["name"]))
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			l.take(v[key], deep+1)
		}
	}
}

func set(to *string, s string) {
	if *to == "" {
		*to = strings.TrimSpace(s)
	}
}

func wordOf(v any) string {
	s, _ := v.(string)
	return s
}

// addressOf is the address of a picture: a word, an object with a url, or the first of
// some.
func addressOf(v any, deep int) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		return wordOf(v["url"])
	case []any:
		if len(v) > 0 && deep < maxDeep {
			return addressOf(v[0], deep+1)
		}
	}
	return ""
}
