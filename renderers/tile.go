package renderers

import (
	"image"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
)

// tile is one square of the board as a picture. UI goroutine only.
type tile struct {
	key     tileKey
	area    board.Rect
	im      *canvas.Image
	img     *image.RGBA                // what im shows; nil before the first
	next    *tilePainted               // painted, waiting to be uploaded
	drawn   map[board.CardID]drawnCard // what img shows
	lineSum uint64                     // of the connectors that it shows
	asked   bool                       // a painter has it
	stale   bool                       // img does not show what is there
	painted time.Time
	seen    atomic.Uint64 // frame in which it was in view
}

// drawnCard is a card as a tile shows it.
type drawnCard struct {
	rect    board.Rect
	version version
}

func newTile(k tileKey) *tile {
	return &tile{key: k, area: k.area(), im: newPicture(nil), stale: true}
}

// fresh reports whether the tile shows everything as it is.
func (t *tile) fresh() bool { return t.img != nil && !t.stale && !t.asked && t.next == nil }

// concerns reports whether a card that is now at a rectangle, if it is there,
// is not drawn like that.
func (t *tile) concerns(id board.CardID, now board.Rect, there bool, v version) bool {
	was, drawn := t.drawn[id]
	there = there && onTile(now, t.area)
	return drawn != there || drawn && (was.version != v || !sameRect(was.rect, now))
}

// onTile reports whether a card with its shadow reaches into an area.
func onTile(r, area board.Rect) bool { return r.Inset(-shadowMargin).Intersects(area) }

// sameRect allows for the rounding of natural sizes.
func sameRect(a, b board.Rect) bool {
	const slack = 1
	return math.Abs(a.X-b.X) < slack && math.Abs(a.Y-b.Y) < slack && math.Abs(a.W-b.W) < slack && math.Abs(a.H-b.H) < slack
}

// adopt puts the newest picture on the screen, an upload, and gives back the
// one that was there.
func (t *tile) adopt() (before *image.RGBA) {
	before = t.img
	t.img, t.drawn, t.lineSum = t.next.img, t.next.drawn, t.next.lineSum
	t.next = nil
	t.im.Image = t.img
	canvas.Refresh(t.im)
	return before
}

// release frees the texture and gives the picture back.
func (t *tile) release() (before *image.RGBA) {
	before = t.img
	if t.img != nil {
		t.img, t.im.Image = nil, nil
		canvas.Refresh(t.im)
	}
	return before
}

// bytes of the pictures that the tile keeps.
func (t *tile) bytes() int {
	n := bytesOf(t.img)
	if t.next != nil {
		n += bytesOf(t.next.img)
	}
	return n
}

// spareTiles are pictures of tiles that nobody shows any more. Safe on any
// goroutine.
type spareTiles struct {
	mu   sync.Mutex
	list []*image.RGBA
}

// maxSpare bounds the spare pictures: a megabyte each.
const maxSpare = 6

func (s *spareTiles) give(img *image.RGBA) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if img != nil && len(s.list) < maxSpare {
		s.list = append(s.list, img)
	}
}

// take is a picture of a tile's size with anything in it. A nil receiver has
// none to spare.
func (s *spareTiles) take(w, h int) *image.RGBA {
	if s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if n := len(s.list); n > 0 {
			img := s.list[n-1]
			s.list = s.list[:n-1]
			return img
		}
	}
	return image.NewRGBA(image.Rect(0, 0, w, h))
}
