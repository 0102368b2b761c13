package page

import (
	"strings"

	"golang.org/x/net/html"
)

// gone are elements that do something, or show what is elsewhere.
var gone = words("script iframe frame frameset object embed applet portal base template animate set")

// sending are attributes that make a click send something, or load something by itself.
var sending = words("action formaction ping srcdoc srcset imagesrcset imagesizes integrity nonce manifest background " +
	"longdesc archive classid codebase data profile attributionsrc crossorigin data-src data-original data-lazy-src")

// kept are relations of links that are looked at again.
var kept = words("stylesheet icon canonical license author")

// strip takes out what is not for looking at. What is there for those without scripts
// takes the place of what would have been.
func (p *Page) strip() {
	var all []*html.Node
	for n := range p.root.Descendants() {
		all = append(all, n)
	}
	for _, n := range all {
		switch {
		case n.Parent == nil:
		case n.Type == html.CommentNode, n.Type == html.ElementNode && gone[n.Data]:
			n.Parent.RemoveChild(n)
		case n.Type != html.ElementNode:
		case n.Data == "noscript":
			unwrap(n)
		case n.Data == "meta" && attr(n, "http-equiv") != "", n.Data == "meta" && attr(n, "charset") != "":
			n.Parent.RemoveChild(n)
		case n.Data == "link" && !keeps(n):
			n.Parent.RemoveChild(n)
		case n.Data == "source" && n.Parent.Data == "picture":
			n.Parent.RemoveChild(n)
		default:
			p.quiet(n)
		}
	}
}

func keeps(link *html.Node) bool {
	for _, rel := range strings.Fields(strings.ToLower(attr(link, "rel"))) {
		if kept[rel] {
			return !hasRel(attr(link, "rel"), "alternate")
		}
	}
	return false
}

// unwrap puts what is in an element in its place.
func unwrap(n *html.Node) {
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// quiet takes from an element what runs or loads; its links become whole.
func (p *Page) quiet(n *html.Node) {
	lazy := lazySource(n)
	out := n.Attr[:0]
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), sending[a.Key]:
			continue
		case a.Key == "href" && (n.Data == "a" || n.Data == "area"):
			if to := p.resolve(a.Val); to != "" {
				a.Val = to
			} else if !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(strings.ToLower(a.Val), "mailto:") {
				continue
			}
		case a.Key == "href" && n.Data == "link":
			a.Val = p.resolve(a.Val)
		case a.Key == "href" && n.Data != "link" && !strings.HasPrefix(a.Val, "#"):
			continue // of drawings: what is elsewhere
		case a.Key == "src" && n.Data != "img" && n.Data != "input":
			continue // sound, video and their tracks
		case a.Key == "target", a.Key == "loading", a.Key == "autoplay":
			continue
		case lazy != "" && a.Key == "src":
			a.Val = lazy
			lazy = ""
		}
		out = append(out, a)
	}
	if lazy != "" {
		out = append(out, html.Attribute{Key: "src", Val: lazy})
	}
	n.Attr = out
}

// lazySource is where a picture is whose address a script would have put in; "" if it
// has one already.
func lazySource(n *html.Node) string {
	if n.Data != "img" {
		return ""
	}
	src := attr(n, "src")
	for _, key := range []string{"data-src", "data-original", "data-lazy-src"} {
		if at := attr(n, key); at != "" && (src == "" || strings.HasPrefix(src, "data:")) {
			return at
		}
	}
	if src == "" {
		first, _, _ := strings.Cut(strings.TrimSpace(attr(n, "srcset")), " ")
		return strings.TrimSuffix(first, ",")
	}
	return ""
}
