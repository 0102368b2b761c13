package cards

import (
	"fmt"
	"strconv"
	"strings"
)

// Why a page could not be captured, as documents say it. WebStatus with a number is an
// answer of the site.
const (
	WebAddressWrong = "address"
	WebPrivate      = "private"
	WebNoHost       = "no host"
	WebNoAnswer     = "no answer"
	WebInsecure     = "insecure"
	WebSlow         = "slow"
	WebRedirects    = "redirects"
	WebLarge        = "large"
	WebNoPage       = "no page"
	WebOffline      = "offline"
	WebStatus       = "status"
)

var webReasons = map[string]string{
	WebAddressWrong: "This is not an address that a page can be fetched from.",
	WebPrivate:      "This address is inside a private network. Corkboard fetches pages from the internet only.",
	WebNoHost:       "There is no site of this name, or this device has no network.",
	WebNoAnswer:     "The site does not answer. Try again later.",
	WebInsecure:     "The site cannot prove that it is the one it says it is.",
	WebSlow:         "The site took too long. Try again later.",
	WebRedirects:    "The site sent us on from one address to the next without end.",
	WebLarge:        "The page is too large to keep.",
	WebOffline:      "Corkboard was started offline and fetched nothing.",
	WebNoPage:       "This address leads to a file and not to a page. Open it in the browser.",
}

// WhyFailed says in a sentence why the last capture failed; "" if it did not.
func (u URL) WhyFailed() string {
	if words, ok := webReasons[u.Failed]; ok || u.Failed == "" {
		return words
	}
	code, ok := strings.CutPrefix(u.Failed, WebStatus+" ")
	switch n, err := strconv.Atoi(code); {
	case !ok || err != nil || n < 100 || n > 999:
		return "The page could not be fetched."
	case n == 404, n == 410:
		return "There is no page at this address any more."
	case n == 401, n == 403, n == 451:
		return fmt.Sprintf("The site does not show this page to everybody (%d).", n)
	case n == 429:
		return "The site gets too many questions at the moment. Try again later."
	case n >= 500:
		return fmt.Sprintf("The site has trouble of its own (%d). Try again later.", n)
	default:
		return fmt.Sprintf("The site answered with an error (%d).", n)
	}
}

// URLView is what a painter draws of a web page.
type URLView struct {
	Title       string // never empty
	Description string
	Host        string // "example.org", or "" without an address
	Picture     Part
	Icon        Part
	Trouble     string // a sentence, or ""
	Kept        bool   // it was captured once
}

// View makes the view of the page.
func (u URL) View() URLView {
	v := URLView{
		Title: TitleOf(KindURL, u), Description: u.Description, Host: HostOf(u.Address),
		Picture: u.Picture, Icon: u.Icon, Trouble: u.WhyFailed(), Kept: u.Captured > 0,
	}
	if u.Address == "" {
		v.Trouble = "This card has no web address."
	}
	return v
}

// ArchiveFile is the file that holds all of the page; it names no blob if there is none.
func (u URL) ArchiveFile() File {
	return File{Title: CleanName(u.CardTitle()), Extension: "html", MIME: u.Archive.MIME, Blob: u.Archive.Blob, Size: u.Archive.Size}
}

// SaveName proposes a name for the file that holds all of the page.
func (u URL) SaveName() string { return u.ArchiveFile().SaveName() }
