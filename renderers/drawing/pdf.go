package drawing

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"io"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

const (
	pointsPerUnit = 0.75  // a board unit is a pixel of 1/96 inch
	maxPoints     = 14400 // side of a page that every reader takes
	maxPages      = 2000
)

// PDF writes a board and those on it, a page each, with text as text and links that work:
// a card of a board leads to its page. tell is told how many pages of how many are done.
// Errors: as PNG, for the first board; others that are not here get no page.
func PDF(ctx context.Context, env *renderers.Env, id doc.ID, w io.Writer, tell func(done, total int)) error {
	p := &pdf{env: env, out: newObjects(w), pages: map[doc.ID]int{}, fonts: newFonts()}
	p.catalog, p.tree = p.out.next(), p.out.next()
	for i := range p.fonts.object {
		p.fonts.object[i] = p.out.next()
	}
	p.page(id)
	for n := 0; n < len(p.queue); n++ {
		tell(n, len(p.queue))
		if err := p.board(ctx, p.queue[n]); err != nil {
			if n == 0 || ctx.Err() != nil {
				return err
			}
			p.missing(p.queue[n])
		}
	}
	if err := p.end(); err != nil {
		return fmt.Errorf("writing the pages: %w", err)
	}
	return nil
}

type pdf struct {
	env           *renderers.Env
	out           *objects
	catalog, tree int
	fonts         *fonts
	pages         map[doc.ID]int // object of a board's page
	queue         []doc.ID
	title         string
}

// page is the object of a board's page, which is written later; 0 when there are too many.
func (p *pdf) page(id doc.ID) int {
	if n, ok := p.pages[id]; ok || len(p.queue) >= maxPages {
		return n
	}
	p.pages[id] = p.out.next()
	p.queue = append(p.queue, id)
	return p.pages[id]
}

// sheet is one page while it is written, in board units with y downwards.
type sheet struct {
	p       *pdf
	content bytes.Buffer
	images  map[string]int
	links   []string
	scale   float64
	area    board.Rect
}

// board writes the page of a board.
func (p *pdf) board(ctx context.Context, id doc.ID) error {
	d, err := renderers.NewDrawing(ctx, p.env, id)
	if err != nil {
		return err
	}
	defer d.Close()
	if p.title == "" {
		p.title = d.Title
	}
	s := &sheet{p: p, images: map[string]int{}, area: d.Area, scale: pointsPerUnit}
	if most := maxPoints / max(d.Area.W, d.Area.H); s.scale > most {
		s.scale = most
	}
	s.put("%s 0 0 %s %s %s cm", num(s.scale), num(-s.scale), num(-d.Area.X*s.scale), num((d.Area.Y+d.Area.H)*s.scale))
	s.fill(d.Ground)
	s.put("%s %s %s %s re f", num(d.Area.X), num(d.Area.Y), num(d.Area.W), num(d.Area.H))
	lined := false
	who := speaker(p.env)
	for i, c := range d.Cards {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !lined && !board.OnGround(c.Kind) {
			lined = true
			s.lines(d)
		}
		if page := pageOf(d, c, who); page != nil && drawable(page) {
			s.text(c, page)
		} else {
			s.picture(c, d.Card(i, usualScale))
		}
		if u, ok := c.Value.(cards.URL); ok && paint.SafeURL(u.Address) != "" {
			s.link(c.Rect, uri(u.Address))
		}
		if c.Kind == cards.KindBoard {
			if to := p.page(c.Doc); to != 0 {
				s.link(c.Rect, fmt.Sprintf("/Dest [%d 0 R /Fit]", to))
			}
		}
	}
	s.end(p.pages[id])
	return p.out.err
}

// missing writes an empty page for a board that is not here.
func (p *pdf) missing(id doc.ID) {
	s := &sheet{p: p, images: map[string]int{}, area: board.Rect{W: 400, H: 300}, scale: pointsPerUnit}
	s.end(p.pages[id])
}

func (s *sheet) put(format string, args ...any) { fmt.Fprintf(&s.content, format+"\n", args...) }

func (s *sheet) fill(c color.RGBA) {
	s.put("%.3f %.3f %.3f rg", float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
}

// round puts a rectangle with round corners into the path.
func (s *sheet) round(x, y, w, h, r float64) {
	const k = 0.5523
	r = min(r, w/2, h/2)
	s.put("%s %s m %s %s l", num(x+r), num(y), num(x+w-r), num(y))
	s.put("%s %s %s %s %s %s c %s %s l", num(x+w-r+k*r), num(y), num(x+w), num(y+r-k*r), num(x+w), num(y+r), num(x+w), num(y+h-r))
	s.put("%s %s %s %s %s %s c %s %s l", num(x+w), num(y+h-r+k*r), num(x+w-r+k*r), num(y+h), num(x+w-r), num(y+h), num(x+r), num(y+h))
	s.put("%s %s %s %s %s %s c %s %s l", num(x+r-k*r), num(y+h), num(x), num(y+h-r+k*r), num(x), num(y+h-r), num(x), num(y+r))
	s.put("%s %s %s %s %s %s c h", num(x), num(y+r-k*r), num(x+r-k*r), num(y), num(x+r), num(y))
}

func (s *sheet) stroke(c color.RGBA) {
	s.put("%.3f %.3f %.3f RG 1 w", float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
}

// text draws a card of text, and its links.
func (s *sheet) text(c renderers.DrawnCard, page *paint.Page) {
	pal, r := paint.Light(), c.Rect
	s.fill(pal.Paper)
	s.stroke(opaque(pal.PaperEdge))
	s.round(r.X, r.Y, r.W, r.H, radius)
	s.put("B q")
	s.round(r.X, r.Y, r.W, r.H, radius)
	s.put("W n")
	x, y := r.X+padX, r.Y+padY
	for _, b := range page.Boxes() {
		s.fill(opaque(b.Fill))
		s.round(x+float64(b.Rect.X), y+float64(b.Rect.Y), float64(b.Rect.W), float64(b.Rect.H), float64(b.Radius))
		s.put("f")
	}
	for _, t := range page.Ticks() {
		s.fill(pal.Paper)
		if t.Done {
			s.fill(opaque(pal.Accent))
		}
		s.stroke(opaque(pal.InkMuted))
		s.round(x+float64(t.Rect.X), y+float64(t.Rect.Y), float64(t.Rect.W), float64(t.Rect.H), 3)
		s.put("B")
		if m := tick(t.Rect); t.Done {
			s.stroke(opaque(pal.OnAccent))
			s.put("1.6 w %s %s m %s %s l %s %s l S", num(x+float64(m[0])), num(y+float64(m[1])), num(x+float64(m[2])), num(y+float64(m[3])), num(x+float64(m[4])), num(y+float64(m[5])))
		}
	}
	for _, t := range page.Texts() {
		s.laid(x+float64(t.X), y+float64(t.Y), t.Laid)
	}
	s.put("Q")
	for _, l := range page.Links() {
		at := board.Rect{X: x + float64(l.Rect.X), Y: y + float64(l.Rect.Y), W: float64(l.Rect.W), H: float64(l.Rect.H)}
		if u := paint.SafeURL(l.URL); u != "" && at.Y < r.Max().Y {
			s.link(at, uri(u))
		}
	}
}

// uri is what leads to an address.
func uri(address string) string { return "/A << /S /URI /URI " + literal(address) + " >>" }

// picture draws a card's picture.
func (s *sheet) picture(c renderers.DrawnCard, img *image.RGBA) {
	name := fmt.Sprintf("I%d", len(s.images))
	s.images[name] = s.p.out.image(img)
	r := c.Rect
	s.put("q %s 0 0 %s %s %s cm /%s Do Q", num(r.W), num(-r.H), num(r.X), num(r.Y+r.H), name)
}

// link makes a place on the page answer a click.
func (s *sheet) link(r board.Rect, action string) {
	px := func(v float64) string { return num((v - s.area.X) * s.scale) }
	py := func(v float64) string { return num((s.area.Y + s.area.H - v) * s.scale) }
	s.links = append(s.links, fmt.Sprintf("<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%s %s %s %s] %s >>", px(r.X), py(r.Max().Y), px(r.Max().X), py(r.Y), action))
}

// end writes the page.
func (s *sheet) end(object int) {
	out := s.p.out
	content := out.stream("", s.content.Bytes())
	var xobjects, fonts bytes.Buffer
	for name, n := range s.images {
		fmt.Fprintf(&xobjects, "/%s %d 0 R ", name, n)
	}
	for i, n := range s.p.fonts.object {
		fmt.Fprintf(&fonts, "/F%d %d 0 R ", i, n)
	}
	var links bytes.Buffer
	for _, l := range s.links {
		links.WriteString(l + "\n")
	}
	out.object(object, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R /Resources << /Font << %s>> /XObject << %s>> >> /Annots [%s] >>",
		s.p.tree, num(s.area.W*s.scale), num(s.area.H*s.scale), content, fonts.String(), xobjects.String(), links.String())
}

// end writes what belongs to all pages.
func (p *pdf) end() error {
	p.fonts.write(p.out)
	var kids bytes.Buffer
	for _, id := range p.queue {
		fmt.Fprintf(&kids, "%d 0 R ", p.pages[id])
	}
	p.out.object(p.tree, "<< /Type /Pages /Count %d /Kids [%s] >>", len(p.queue), kids.String())
	p.out.object(p.catalog, "<< /Type /Catalog /Pages %d 0 R >>", p.tree)
	info := p.out.next()
	p.out.object(info, "<< /Title %s /Producer (Corkboard) >>", utf16Text(p.title))
	return p.out.end(p.catalog, info)
}
