package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Limits of what a page says of itself, in bytes.
const (
	maxTitle       = 1 << 10
	maxDescription = 4 << 10
	maxIcons       = 3
)

// About is what a page says of itself; "" for what it does not say.
type About struct {
	Title       string
	Description string
	Site        string
	Canonical   string   // the address that it says it has
	Picture     string   // address of a picture that stands for it
	Icons       []string // addresses of icons of its site, the best first
}

// About reads what the page says of itself: for machines that make cards of it (Open
// Graph, then Twitter's, then JSON-LD), then for people.
func (p *Page) About() About {
	m := p.metas()
	ld := p.linkedData()
	a := About{
		Title:       oneLine(cmp.Or(m["og:title"], m["twitter:title"], ld.title, p.titleElement(), p.heading()), maxTitle),
		Description: oneLine(cmp.Or(m["og:description"], m["twitter:description"], m["description"], ld.description), maxDescription),
		Site:        oneLine(cmp.Or(m["og:site_name"], m["application-name"], ld.site), maxTitle),
		Picture: cmp.Or(p.resolve(m["og:image:secure_url"]), p.resolve(m["og:image"]), p.resolve(m["og:image:url"]),
			p.resolve(m["twitter:image"]), p.resolve(m["twitter:image:src"]), p.resolve(ld.picture)),
		Icons: p.icons(),
	}
	for n := range elements(p.root, "link") {
		if hasRel(attr(n, "rel"), "canonical") {
			a.Canonical = p.resolve(attr(n, "href"))
			break
		}
	}
	if a.Canonical == "" {
		a.Canonical = p.resolve(m["og:url"])
	}
	return a
}

// metas is the content of meta elements by name or property; the first counts.
func (p *Page) metas() map[string]string {
	out := map[string]string{}
	for n := range elements(p.root, "meta") {
		content := strings.TrimSpace(attr(n, "content"))
		if content == "" {
			continue
		}
		for _, key := range []string{attr(n, "property"), attr(n, "name"), attr(n, "itemprop")} {
			key = strings.ToLower(strings.TrimSpace(key))
			if _, before := out[key]; key != "" && !before && len(key) < 64 {
				out[key] = content
			}
		}
	}
	return out
}

// titleElement is the title in the head; those inside drawings are others.
func (p *Page) titleElement() string {
	for n := range elements(p.root, "title") {
		if n.Namespace == "" {
			return textOf(n, maxTitle)
		}
	}
	return ""
}

func (p *Page) heading() string {
	for n := range elements(p.root, "h1") {
		if s := textOf(n, maxTitle); s != "" {
			return s
		}
	}
	return ""
}

// icons are the icons that the page names, those first that are about as large as they
// are shown, and at last the one that every site may have.
func (p *Page) icons() []string {
	type icon struct {
		at   string
		rank int
	}
	var list []icon
	for n := range elements(p.root, "link") {
		rel := attr(n, "rel")
		touch := hasRel(rel, "apple-touch-icon") || hasRel(rel, "apple-touch-icon-precomposed")
		at := p.resolve(attr(n, "href"))
		if at == "" || !touch && !hasRel(rel, "icon") || len(list) == 64 {
			continue
		}
		list = append(list, icon{at, iconRank(at, attr(n, "type"), attr(n, "sizes"), touch)})
	}
	slices.SortStableFunc(list, func(x, y icon) int { return cmp.Compare(x.rank, y.rank) })
	var out []string
	for _, i := range list {
		if !slices.Contains(out, i.at) && len(out) < maxIcons-1 {
			out = append(out, i.at)
		}
	}
	if common := p.resolve("/favicon.ico"); !slices.Contains(out, common) {
		out = append(out, common)
	}
	return out
}

// wantedIcon is the side, in pixels, of an icon that is drawn well on all screens.
const wantedIcon = 64

// iconRank is smaller for a better icon. Old icon files come last: what most of them hold, nothing here can draw.
func iconRank(at, mime, sizes string, touch bool) int {
	rank := 100
	side, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sizes)), "x")
	if n, err := strconv.Atoi(side); err == nil && n > 0 && n <= 4096 {
		if rank = n - wantedIcon; rank < 0 {
			rank = -4 * rank
		}
	} else if touch {
		rank = 180 - wantedIcon
	}
	path, _, _ := strings.Cut(at, "?")
	if strings.HasSuffix(strings.ToLower(path), ".ico") || strings.Contains(mime, "icon") {
		rank += 10_000
	}
	return rank
}

func hasRel(rel, word string) bool {
	for _, w := range strings.Fields(rel) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
