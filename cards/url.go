package cards

import (
	"slices"
	"strings"

	"corkboard/doc"
)

// Slots of a card that stands for a web page.
const (
	slotURL         = "url"
	slotDescription = "description"
	slotSite        = "site"
	slotCanonical   = "canonical"
	slotFailed      = "failed"
	slotPicture     = "picture"
	slotIcon        = "icon"
	slotArticle     = "article"
	slotArchive     = "archive"
)

var urlPath = doc.At(slotURL)

// partSlots hold the files of a page, each a map that a capture replaces as a whole.
var partSlots = []string{slotPicture, slotIcon, slotArticle, slotArchive}

// Limits of what a page may say of itself, in runes.
const (
	maxPageTitle   = 300
	maxDescription = 1000
	maxSite        = 80
	maxReason      = 40
)

// URL is a card that stands for a web page: its address, and what was kept of it when it
// was captured. Zero means unknown.
type URL struct {
	Address     string // see WebAddress; "" if the document has none
	Title       string
	Description string
	Site        string // what the site calls itself
	Canonical   string // the address that the page says it has, or ""
	Captured    int64  // ms since 1970 UTC; 0: never
	Failed      string // why the last capture failed, a Web… or "status 404"; "" if it did not

	Picture Part
	Icon    Part
	Article Part // what can be read on it, Markdown
	Archive Part // all of it in one HTML file
}

// Part is one file of a card that has several.
type Part struct {
	Blob    string // hex SHA-256 of the bytes; "" if there is none
	Size    int64  // bytes
	Key     Secret // as in File
	Pieces  string // as in File
	MIME    string
	Width   int // pixels, of a picture
	Height  int
	Average string // mean colour #rrggbb of a picture
}

// URLCodec reads cards of web pages. Whatever it returns is safe to show: texts are
// cleaned and bounded, an address is an address.
type URLCodec struct{}

// Decode implements doc.Codec.
func (URLCodec) Decode(src doc.Source) URL {
	text := func(slot string, limit int) string {
		s, _ := readText(src, doc.At(slot))
		return oneLine(s, limit)
	}
	address := func(slot string) string {
		s, _ := readText(src, doc.At(slot))
		a, _ := WebAddress(s)
		return a
	}
	captured, _ := src.Value(doc.At(slotCaptured))
	return URL{
		Address: address(slotURL), Canonical: address(slotCanonical),
		Title: text(slotTitle, maxPageTitle), Description: text(slotDescription, maxDescription), Site: text(slotSite, maxSite),
		Failed: text(slotFailed, maxReason), Captured: intOf(captured, maxTime),
		Picture: partAt(src, slotPicture), Icon: partAt(src, slotIcon),
		Article: partAt(src, slotArticle), Archive: partAt(src, slotArchive),
	}
}

// Update implements doc.Codec.
func (c URLCodec) Update(prev URL, touched []doc.Path, src doc.Source) URL {
	if slices.ContainsFunc(touched, isNoComment) {
		return c.Decode(src)
	}
	return prev
}

// partAt reads a file of a page.
func partAt(src doc.Source, slot string) Part {
	get := func(name string) doc.Value {
		v, _ := src.Value(doc.At(slot, name))
		return v
	}
	p := Part{Blob: cleanHash(stringOf(get(slotBlob)))}
	if p.Blob == "" {
		return Part{}
	}
	p.Size = intOf(get(slotSize), maxBytes)
	p.Key, p.Pieces = Secret(cleanHash(stringOf(get(slotKey)))), cleanHash(stringOf(get(slotPieces)))
	p.MIME = cleanMIME(stringOf(get(slotMIME)))
	p.Width, p.Height = int(intOf(get(slotWidth), maxSide)), int(intOf(get(slotHeight), maxSide))
	p.Average = cleanColour(stringOf(get(slotAverage)))
	return p
}

// value is what is written of a part; unknown facts are left out.
func (p Part) value() doc.Map {
	m := doc.Map{slotBlob: p.Blob}
	put := func(slot string, v doc.Value, known bool) {
		if known {
			m[slot] = v
		}
	}
	put(slotSize, p.Size, p.Size > 0)
	put(slotKey, cleanHash(string(p.Key)), p.Key != "")
	put(slotPieces, cleanHash(p.Pieces), p.Pieces != "")
	put(slotMIME, cleanMIME(p.MIME), p.MIME != "")
	put(slotWidth, int64(p.Width), p.Width > 0)
	put(slotHeight, int64(p.Height), p.Height > 0)
	put(slotAverage, cleanColour(p.Average), p.Average != "")
	return m
}

// NewURL is the first change of a card of a web page, of which nothing but its address
// is known.
func NewURL(address string) []doc.Edit {
	a, _ := WebAddress(address)
	return []doc.Edit{doc.Put{Path: urlPath, Value: a}}
}

// NameURL is further edits of a first change, where a title is known before the page is
// captured.
func NameURL(title string) []doc.Edit {
	if title = oneLine(title, maxPageTitle); title == "" {
		return nil
	}
	return []doc.Edit{doc.Put{Path: doc.At(slotTitle), Value: title}}
}

// CardTitle implements Titled: the title of the page, else its address.
func (u URL) CardTitle() string {
	if u.Title != "" {
		return u.Title
	}
	return u.shortAddress()
}

// shortAddress is the address without what all of them have.
func (u URL) shortAddress() string {
	_, rest, _ := strings.Cut(u.Address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// CardWords implements Worded: what is known of the page, and its address.
func (u URL) CardWords() string {
	return strings.Join([]string{u.Description, u.Site, u.Address}, "\n")
}
