package clipper

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"corkboard/cards"
)

// Kind is what was clipped.
type Kind uint8

// The kinds.
const (
	Page      Kind = iota + 1 // of the web, by its address
	Selection                 // text of a page
	Image                     // by its bytes or its address
	Link                      // to a page
)

var kinds = map[string]Kind{"page": Page, "selection": Selection, "image": Image, "link": Link}

// Limits of what a clip may hold, in bytes.
const (
	MaxText  = 256 << 10 // of a selection
	MaxHTML  = 5 << 20   // of a page as it was shown
	MaxData  = 32 << 20  // of an image
	maxTitle = 4 << 10
)

// ErrMalformed says that something is no clip.
var ErrMalformed = errors.New("not a clip")

// Clip is one thing that was clipped. What there is none of is empty.
type Clip struct {
	Kind    Kind
	Address string // of the page, the link or the image; cards.WebAddress
	Source  string // of the page that an image was on
	Title   string // of the page
	Text    string // of a selection
	HTML    string // of a page, as it was shown
	Name    string // of the image's file
	Data    []byte // of an image
}

// checked is a clip whose parts are what they should be. Errors: ErrMalformed.
func (c Clip) checked() (Clip, error) {
	for what, part := range map[string]struct {
		text string
		most int
	}{
		"title": {c.Title, maxTitle}, "text": {c.Text, MaxText}, "html": {c.HTML, MaxHTML}, "name": {c.Name, maxTitle},
	} {
		if len(part.text) > part.most || !utf8.ValidString(part.text) {
			return Clip{}, fmt.Errorf("%w: %s of %d bytes", ErrMalformed, what, len(part.text))
		}
	}
	for _, at := range []*string{&c.Address, &c.Source} {
		clean, ok := cards.WebAddress(*at)
		if *at != "" && !ok {
			return Clip{}, fmt.Errorf("%w: no address of the web", ErrMalformed)
		}
		*at = clean
	}
	if len(c.Data) > MaxData {
		return Clip{}, fmt.Errorf("%w: data of %d bytes", ErrMalformed, len(c.Data))
	}
	return c, c.whole()
}

// whole says whether a clip has what its kind needs, and nothing else.
func (c Clip) whole() error {
	var ok bool
	switch c.Kind {
	case Page:
		ok = c.Address != "" && c.Text == "" && len(c.Data) == 0
	case Link:
		ok = c.Address != "" && c.Text == "" && c.HTML == "" && len(c.Data) == 0
	case Selection:
		ok = strings.TrimSpace(c.Text) != "" && c.HTML == "" && len(c.Data) == 0
	case Image:
		ok = (c.Address != "" || len(c.Data) > 0) && c.Text == "" && c.HTML == ""
	}
	if !ok {
		return fmt.Errorf("%w: parts do not fit its kind", ErrMalformed)
	}
	return nil
}
