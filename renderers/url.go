package renderers

import (
	"image"
	"image/color"
	"math"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Shape of cards of web pages, in board units.
const (
	urlPad       = 14
	urlIcon      = 16
	urlGap       = 6
	urlMaxAspect = 0.75 // a picture is at most so many times as high as wide
	urlMinBand   = 36   // a lower picture is left out
	urlNoBand    = 0.5  // height of what stands for a picture that may come, for a width of one
)

// PageFetcher is a Known that can tell which pages are being fetched on this device. It
// answers at once, on any goroutine.
type PageFetcher interface{ Fetching(address string) bool }

func urlFace() Typed[cards.URL] {
	info, _ := cards.Lookup(cards.KindURL)
	return Typed[cards.URL]{
		Info: info, Codec: cards.URLCodec{}, Paint: paintURL, Full: newURLFull,
		Natural: func(sh *paint.Shaper, v cards.URL, width float32) (w, h float32) {
			if width <= 0 {
				width = float32(info.Size.W)
			}
			b := urlBody{sh: sh, view: v.View(), width: width, pal: paint.Light()}
			b.lay(math.MaxFloat32)
			return width, max(float32(info.Min.H), float32(math.Ceil(float64(b.band+b.high))))
		},
		Summary: func(v cards.URL) Summary {
			return Summary{Icon: paint.IconLink, Title: cards.TitleOf(cards.KindURL, v), Detail: cards.HostOf(v.Address)}
		},
		Block: func(v cards.URL, pal paint.Palette) color.RGBA {
			if c, ok := colourOf(v.Picture.Average); ok {
				return c
			}
			return pal.Paper
		},
		Alive: func(k Known, _ doc.ID, v cards.URL) any {
			if f, ok := k.(PageFetcher); ok && f.Fetching(v.Address) {
				return true
			}
			return nil
		},
	}
}

// urlBody is what a card of a page says, laid out for a width.
type urlBody struct {
	sh       *paint.Shaper
	view     cards.URLView
	fetching bool
	width    float32
	pal      paint.Palette

	band   float32 // height of the picture
	high   float32 // of all below it
	host   *paint.Laid
	title  *paint.Laid
	said   *paint.Laid // the description, or nil
	state  *paint.Laid // what is the matter, or nil
	wrong  bool        // that is a trouble
	action *paint.Laid // what can be done about it
}

// lay lays out what there is room for in a height: the description goes first, then the
// picture becomes lower and goes, then the title becomes shorter.
func (b *urlBody) lay(room float32) {
	b.texts(3, 3)
	b.band = b.wanted()
	if b.band+b.high <= room+0.5 {
		return
	}
	if least := min(b.band, 0.35*room); b.high+least > room {
		b.texts(2, 1)
	}
	if least := min(b.band, 0.35*room); b.high+least > room {
		b.texts(2, 0)
	}
	if b.high > room {
		b.texts(1, 0)
	}
	if b.band = min(b.band, room-b.high); b.band < urlMinBand {
		b.band = 0
	}
	if b.band == 0 && b.high < room { // there is room for more words
		b.texts(2, max(0, min(6, int((room-b.high)/18))))
		if b.high > room {
			b.texts(1, 0)
		}
	}
}

// wanted is the height of the picture as it is, or of the place of one that may come.
func (b *urlBody) wanted() float32 {
	if p := b.view.Picture; p.Width > 0 && p.Height > 0 {
		return float32(math.Round(float64(b.width * min(urlMaxAspect, float32(p.Height)/float32(p.Width)))))
	}
	if !b.view.Kept && b.view.Trouble == "" {
		return b.width * urlNoBand
	}
	return 0
}

// texts lays out the words, with so many lines for title and description.
func (b *urlBody) texts(lines, more int) {
	room := max(1, b.width-2*urlPad)
	plain := func(words string, st paint.Style, most int) *paint.Laid {
		return b.sh.Plain(words, st, room, paint.Options{MaxLines: most, LineHeight: 1.3})
	}
	b.host = b.sh.Plain(b.view.Host, paint.Style{Size: 12, Color: b.pal.InkMuted}, max(1, room-urlIcon-urlGap), paint.Options{MaxLines: 1})
	b.title = plain(b.view.Title, paint.Style{Bold: true, Color: b.pal.Ink}, lines)
	b.said, b.state, b.action, b.wrong = nil, nil, nil, false
	if b.view.Description != "" && more > 0 {
		b.said = plain(b.view.Description, paint.Style{Size: 13, Color: b.pal.InkMuted}, more)
	}
	small := paint.Style{Size: 12, Color: b.pal.InkMuted}
	switch {
	case b.fetching:
		b.state = plain(lang.T("Fetching the page…"), small, 1)
	case b.view.Trouble != "":
		small.Color, b.wrong = b.pal.Ink, true
		b.state = b.sh.Plain(lang.Below(b.view.Trouble), small, max(1, room-urlIcon-urlGap), paint.Options{MaxLines: 3, LineHeight: 1.3})
	case !b.view.Kept:
		b.state = plain(lang.T("Nothing of this page is kept yet."), small, 1)
	}
	if b.state != nil && !b.fetching && b.view.Host != "" {
		words := lang.T("Capture again")
		if !b.view.Kept {
			words = lang.T("Capture now")
			if b.wrong {
				words = lang.T("Try again")
			}
		}
		b.action = plain(words, paint.Style{Size: 12, Color: b.pal.Link}, 1)
	}
	b.high = 2*urlPad - 2 + max(urlIcon, b.host.Height) + urlGap + b.title.Height
	for _, t := range []*paint.Laid{b.said, b.state, b.action} {
		if t != nil {
			b.high += urlGap + t.Height
		}
	}
}

func paintURL(s *Sheet, v cards.URL) []Hot {
	if s.H*s.Scale < barsBelow {
		paintBars(s, len([]rune(v.CardTitle())))
		return nil
	}
	fetching, _ := s.Alive.(bool)
	b := urlBody{sh: s.Shaper, view: v.View(), fetching: fetching, width: s.W, pal: s.Pal}
	b.lay(s.H)
	if b.band > 0 {
		b.paintPicture(s)
	}
	clip := clipped(s.Dst, s.Rect(0, 0, s.W, s.H))
	y := b.band + urlPad - 2
	b.paintIcon(s, y)
	b.host.Draw(clip, s.X+(urlPad+urlIcon+urlGap)*s.Scale, s.Y+(y+(urlIcon-b.host.Height)/2)*s.Scale, s.Scale)
	y += max(urlIcon, b.host.Height) + urlGap
	b.title.Draw(clip, s.X+urlPad*s.Scale, s.Y+y*s.Scale, s.Scale)
	y += b.title.Height
	left := float32(urlPad)
	if b.said != nil {
		b.said.Draw(clip, s.X+left*s.Scale, s.Y+(y+urlGap)*s.Scale, s.Scale)
		y += urlGap + b.said.Height
	}
	if b.state == nil {
		return nil
	}
	y += urlGap
	if b.wrong {
		paint.DrawIcon(clip, paint.IconWarning, s.Rect(urlPad, y, urlIcon, urlIcon), s.Pal.Warning)
		left += urlIcon + urlGap
	}
	b.state.Draw(clip, s.X+left*s.Scale, s.Y+y*s.Scale, s.Scale)
	if b.action == nil {
		return nil
	}
	y += b.state.Height + urlGap
	b.action.Draw(clip, s.X+left*s.Scale, s.Y+y*s.Scale, s.Scale)
	if y+b.action.Height/2 > s.H {
		return nil
	}
	at := paint.Rect{X: left - hotAllowance, Y: y - hotAllowance, W: b.action.Width + 2*hotAllowance, H: b.action.Height + 2*hotAllowance}
	return []Hot{{Rect: at, Hand: true, Do: func(env *Env, h doc.Handle) { env.capture(h) }}}
}

// paintPicture fills the head of the card with the middle of the picture.
func (b *urlBody) paintPicture(s *Sheet) {
	area := s.Rect(0, 0, s.W, b.band)
	ground := s.Pal.PaperSunk
	if c, ok := colourOf(b.view.Picture.Average); ok {
		ground = c
	}
	banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) { paint.FillRoundRect(dst, area, radius, ground) })
	img, _ := pictureOf(s, partPicture(b.view.Picture, area.W, area.H))
	if img == nil || img.Rect.Empty() {
		if b.view.Picture.Blob == "" {
			paint.DrawIcon(s.Dst, paint.IconLink, centred(area, 28*s.Scale), s.Pal.InkFaint)
		}
		return
	}
	img = cover(img, area.W, area.H)
	banded(s.Dst, area, cardRadius*s.Scale, func(dst *image.RGBA, radius float32) { paint.DrawImage(dst, area, img, radius) })
}

// partPicture asks for enough pixels to cover w×h, but not for more than there are.
func partPicture(p cards.Part, w, h float32) Picture {
	if p.Width > 0 && p.Height > 0 {
		f := max(w/float32(p.Width), h/float32(p.Height))
		if f > 1 && p.MIME != "image/svg+xml" {
			f = 1
		}
		w, h = f*float32(p.Width), f*float32(p.Height)
	}
	return Picture{Blob: p.Blob, W: Level(w), H: Level(h)}
}

// cover is the part in the middle of a picture that has the ratio w:h.
func cover(img *image.RGBA, w, h float32) *image.RGBA {
	r := img.Rect
	have, want := float32(r.Dx())/float32(r.Dy()), w/h
	switch {
	case have > want*1.01:
		keep := max(1, int(float32(r.Dy())*want))
		r.Min.X += (r.Dx() - keep) / 2
		r.Max.X = r.Min.X + keep
	case have < want*0.99:
		keep := max(1, int(float32(r.Dx())/want))
		r.Min.Y += (r.Dy() - keep) / 3 // what matters is rather above the middle
		r.Max.Y = r.Min.Y + keep
	}
	sub, _ := img.SubImage(r).(*image.RGBA)
	return sub
}

// paintIcon draws the icon of the site, or a sign for any.
func (b *urlBody) paintIcon(s *Sheet, y float32) {
	at := s.Rect(urlPad, y, urlIcon, urlIcon)
	img, err := pictureOf(s, partPicture(b.view.Icon, at.W, at.H))
	if img == nil || err != nil || img.Rect.Empty() {
		paint.DrawIcon(s.Dst, paint.IconLink, at, s.Pal.InkMuted)
		return
	}
	paint.DrawImage(s.Dst, contain(at, float32(img.Rect.Dx()), float32(img.Rect.Dy())), img, 2*s.Scale)
}

// capture has the page of a document fetched on this device, if somebody can.
func (e *Env) capture(h doc.Handle) {
	if e.Capture != nil {
		e.Capture(h.Snapshot().ID)
	}
}
