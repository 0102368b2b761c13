package renderers

import (
	"errors"
	"image"
	"sync"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// comingPace is the time between two looks at files that are coming.
const comingPace = 500 * time.Millisecond

// comings are the cards of a board that show files which are not all here.
type comings struct {
	v *BoardView

	mu    sync.Mutex // painters note what they find
	cards map[board.CardID]map[string]bool
	live  bool // one of them is coming, not only missing

	looked time.Time // UI goroutine
	timer  *time.Timer
}

// note keeps that a card shows a file that is not here. Any goroutine.
func (c *comings) note(id board.CardID, blob string, live bool) {
	c.mu.Lock()
	if c.cards == nil {
		c.cards = map[board.CardID]map[string]bool{}
	}
	if c.cards[id] == nil {
		c.cards[id] = map[string]bool{}
	}
	c.cards[id][blob] = true
	first := live && !c.live
	c.live = c.live || live
	c.mu.Unlock()
	if first {
		c.v.frames.Add(c.later)
	}
}

// later looks again when it is time for that.
func (c *comings) later() {
	if c.timer != nil || c.v.closed {
		return
	}
	c.timer = time.AfterFunc(c.v.pauseLeft(c.looked, comingPace), func() { c.v.frames.Add(c.look) })
}

// look paints the cards again whose files were not here: those that still are not
// note it anew.
func (c *comings) look() {
	c.timer = nil
	c.looked = c.v.env.Now()
	c.mu.Lock()
	list := c.cards
	c.cards, c.live = nil, false
	c.mu.Unlock()
	for id, blobs := range list {
		for blob := range blobs {
			c.v.env.Pictures.Forget(blob)
		}
		c.v.repaint(id)
	}
	c.begun(list)
}

// begun paints cards again whose files were not known to be coming: a card that
// shows no more than a name does not miss its file. known are painted already.
func (c *comings) begun(known map[board.CardID]map[string]bool) {
	if c.v.env.Arriving == nil {
		return
	}
	for id, p := range c.v.pins {
		if _, isFile := p.snapshot().Value.(cards.File); !isFile || known[id] != nil {
			continue
		}
		if _, ok := c.v.env.Arriving(p.card.Link.Document); ok {
			c.v.repaint(id)
		}
	}
}

// FilesMoved says that files may have come, or begun to. UI goroutine; as often as
// one likes.
func (v *BoardView) FilesMoved() { v.coming.later() }

// arriving asks for a painter how far a file of a card has come.
func (v *BoardView) arriving(card board.CardID) func(doc.ID, string) (Arriving, bool) {
	if v.env.Arriving == nil {
		return nil
	}
	return func(id doc.ID, blob string) (Arriving, bool) {
		a, ok := v.env.Arriving(id)
		if ok {
			v.coming.note(card, blob, true)
		}
		return a, ok
	}
}

// missed notes for a painter that a card lacks a file, and hands on what it got.
func (v *BoardView) missed(card board.CardID, key Picture, img *image.RGBA, err error) (*image.RGBA, error) {
	if err != nil && errors.Is(err, ErrAbsent) {
		v.coming.note(card, key.Blob, false)
	}
	return img, err
}
