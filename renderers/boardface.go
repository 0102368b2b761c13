package renderers

import (
	"image/color"
	"slices"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// boardFooter is the strip with title and number of cards, in board units.
const boardFooter = 44

// boardIcon is where the icon in it ends, from the left; the title follows after some space.
const boardIcon = 32

// miniatureLeast is the width in pixels below which a nested board shows its
// colour and title only.
const miniatureLeast = 96

// maxMiniatures bounds the cards drawn inside a nested board.
const maxMiniatures = 120

// boardFace shows a nested board: its cards in small, its title and how many
// cards it has.
func boardFace() Typed[*board.Board] {
	info, _ := cards.Lookup(cards.KindBoard)
	return Typed[*board.Board]{
		Info: info, Codec: board.Codec{}, Named: true,
		Paint: paintBoard,
		Natural: func(_ *paint.Shaper, _ *board.Board, width float32) (w, h float32) {
			if width == 0 {
				width = float32(info.Size.W)
			}
			return width, width * float32(info.Size.H/info.Size.W)
		},
		Summary: func(b *board.Board) Summary {
			return Summary{Icon: paint.IconBoard, Title: boardTitle(b), Detail: cardCount(b)}
		},
		Block: BoardColor,
	}
}

func boardTitle(b *board.Board) string {
	if b == nil || b.Title == "" {
		return lang.T("Untitled board")
	}
	return b.Title
}

func cardCount(b *board.Board) string {
	n := 0
	if b != nil {
		n = len(b.Cards)
	}
	if n == 0 {
		return lang.T("Empty")
	}
	return lang.N(n, "1 card", "%d cards")
}

func paintBoard(s *Sheet, b *board.Board) []Hot {
	if b == nil {
		b = &board.Board{}
	}
	if s.W*s.Scale < miniatureLeast {
		paintNestedBoard(s, b)
		return nil
	}
	paint.FillRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), cardRadius*s.Scale, BoardColor(b, s.Pal))
	if s.H > boardFooter+20 {
		paintMiniature(s, b, paint.Rect{X: 8, Y: 8, W: s.W - 16, H: s.H - boardFooter - 12})
	}
	foot := s.H - min(boardFooter, s.H)
	paint.FillRoundRect(s.Dst, s.Rect(0, foot, s.W, s.H-foot), cardRadius*s.Scale, s.Pal.Paper)
	paint.FillRect(s.Dst, s.Rect(0, foot, s.W, min(8, s.H-foot)), s.Pal.Paper)
	paint.DrawIcon(s.Dst, paint.IconBoard, s.Rect(boardIcon-20, foot+12, 20, 20), s.Pal.InkMuted)
	title := s.Shaper.Plain(boardTitle(b), paint.Style{Bold: true, Color: s.Pal.Ink}, s.W-boardIcon-20, paint.Options{MaxLines: 1})
	title.Draw(s.Dst, s.X+(boardIcon+8)*s.Scale, s.Y+(foot+4)*s.Scale, s.Scale)
	detail := s.Shaper.Plain(cardCount(b), paint.Style{Size: 12, Color: s.Pal.InkMuted}, s.W-boardIcon-20, paint.Options{MaxLines: 1})
	detail.Draw(s.Dst, s.X+(boardIcon+8)*s.Scale, s.Y+(foot+22)*s.Scale, s.Scale)
	return nil
}

// paintMiniature draws the cards of a board so that all fit into area.
func paintMiniature(s *Sheet, b *board.Board, area paint.Rect) {
	small := placeMiniatures(s, b)
	if len(small) == 0 {
		return
	}
	bounds := small[0].rect
	for _, m := range small[1:] {
		bounds = union(bounds, m.rect)
	}
	k := min(area.W/bounds.W, area.H/bounds.H, 0.6)
	left := area.X + (area.W-bounds.W*k)/2 - bounds.X*k
	top := area.Y + (area.H-bounds.H*k)/2 - bounds.Y*k
	for _, m := range small {
		at := s.Rect(left+m.rect.X*k, top+m.rect.Y*k, m.rect.W*k, m.rect.H*k)
		if !m.ok {
			paint.FillRoundRect(s.Dst, at, 2, s.Pal.PaperSunk)
			continue
		}
		sub := *s
		sub.X, sub.Y, sub.Scale, sub.W, sub.H = at.X, at.Y, s.Scale*k, m.rect.W, m.rect.H
		sub.Doc = m.doc
		if m.face.Info.Kind == cards.KindBoard {
			paintNestedBoard(&sub, m.value)
			continue
		}
		if !m.face.Bare {
			paint.FillRoundRect(s.Dst, at, cardRadius*sub.Scale, s.Pal.Paper)
		}
		sub.Holds = m.holds
		m.face.Paint(&sub, m.value)
		paint.StrokeRoundRect(s.Dst, at, cardRadius*sub.Scale, 1, edgeOf(s.Pal))
	}
}

type miniature struct {
	rect  paint.Rect
	doc   doc.ID
	face  *Face
	value any
	ok    bool
	holds int
}

// placeMiniatures finds where the topmost cards of a board lie and what they
// show. Natural sizes are those of the content.
func placeMiniatures(s *Sheet, b *board.Board) []miniature {
	shown := slices.Clone(b.Cards[max(0, len(b.Cards)-maxMiniatures):])
	slices.SortStableFunc(shown, func(x, y *board.Card) int { return ground(y) - ground(x) })
	laid := layMiniatures(s, b, shown)
	out := make([]miniature, 0, len(shown))
	for _, c := range shown {
		if c.LinkErr != nil {
			continue
		}
		m := miniature{rect: paint.Rect{X: float32(c.At.X), Y: float32(c.At.Y), W: float32(c.Size.W), H: float32(c.Size.H)}, doc: c.Link.Document}
		m.face, m.value, m.ok = s.Nested(c.Link.Document, c.Link.Kind)
		if laid != nil {
			r, _ := laid.Rect(c.ID)
			m.rect = paint.Rect{X: float32(r.X), Y: float32(r.Y), W: float32(r.W), H: float32(r.H)}
			m.holds = laid.Card(c.ID).Holds
			out = append(out, m)
			continue
		}
		w, h := float32(240), float32(80)
		if m.ok {
			w, h = m.face.Natural(s.Shaper, m.value, m.rect.W)
		}
		if m.rect.W == 0 {
			m.rect.W = w
		}
		if m.rect.H == 0 {
			m.rect.H = h
		}
		out = append(out, m)
	}
	return out
}

// ground is 1 for what lies behind other cards.
func ground(c *board.Card) int {
	if board.OnGround(c.Link.Kind) {
		return 1
	}
	return 0
}

// layMiniatures lays out a board that has columns; nil for any other.
func layMiniatures(s *Sheet, b *board.Board, shown []*board.Card) *board.Layout {
	if !slices.ContainsFunc(b.Cards, func(c *board.Card) bool { return b.Column(c) != nil }) {
		return nil
	}
	l := board.NewLayout(func(kind string) board.Size {
		info, _ := cards.Lookup(kind)
		return board.Size{W: info.Size.W, H: info.Size.H}
	})
	l.Set(b)
	for _, c := range shown {
		face, value, ok := s.Nested(c.Link.Document, c.Link.Kind)
		if size := l.Card(c.ID).Size; ok && c.LinkErr == nil && size.H == 0 {
			w, h := face.Natural(s.Shaper, value, float32(size.W))
			l.SetNatural(c.ID, board.Size{W: float64(w), H: float64(h)})
		}
	}
	return l
}

// paintNestedBoard draws a board inside a miniature: colour and title only,
// so that boards which contain each other end.
func paintNestedBoard(s *Sheet, value any) {
	b, _ := value.(*board.Board)
	r := s.Rect(0, 0, s.W, s.H)
	paint.FillRoundRect(s.Dst, r, cardRadius*s.Scale, BoardColor(b, s.Pal))
	paint.StrokeRoundRect(s.Dst, r, cardRadius*s.Scale, 1, edgeOf(s.Pal))
	title := s.Shaper.Plain(boardTitle(b), paint.Style{Bold: true, Color: s.Pal.Ink}, s.W-24, paint.Options{MaxLines: 1})
	title.Draw(s.Dst, s.X+12*s.Scale, s.Y+(s.H-34)*s.Scale, s.Scale)
}

func edgeOf(p paint.Palette) color.RGBA { return p.PaperEdge }

func union(a, b paint.Rect) paint.Rect {
	x, y := min(a.X, b.X), min(a.Y, b.Y)
	return paint.Rect{X: x, Y: y, W: max(a.X+a.W, b.X+b.W) - x, H: max(a.Y+a.H, b.Y+b.H) - y}
}
