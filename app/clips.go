package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"corkboard/app/clipper"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// ErrNoBrowser says that there is no browser to clip with.
var ErrNoBrowser = errors.New("no browser was found")

// takeAgain is after how long clips are tried again that could not be taken in.
const takeAgain = 10 * time.Second

// clips takes what a browser has left in the profile's spool to the Inbox. A clip is taken
// away there only when its card is on disk; the card has an id made of the clip's name, so
// that one that is taken twice is there once.
type clips struct {
	a     *App
	spool clipper.Spool
	due   chan struct{} // something may wait

	taken map[string]bool // names that are on the board already; of the goroutine of run
}

func newClips(a *App) *clips {
	return &clips{a: a, spool: clipper.SpoolOf(a.Profile()), due: make(chan struct{}, 1), taken: map[string]bool{}}
}

// start begins to take clips in, on a goroutine that Close waits for; not in a profile of which
// nothing can be written.
func (c *clips) start() {
	if c.a.ReadOnly() == nil {
		c.rouse()
		c.a.company.begin(c.run)
	}
}

// rouse has the spool looked at soon. At once.
func (c *clips) rouse() {
	select {
	case c.due <- struct{}{}:
	default:
	}
}

// run takes in whatever waits until the App closes. While the keys are locked, and where the
// disk takes nothing, it is tried again.
func (c *clips) run() {
	ctx := c.a.ctx
	c.spool.Tidy()
	c.a.store.AwaitKeys(ctx)
	again := time.NewTimer(takeAgain)
	defer again.Stop()
	for {
		select {
		case <-c.due:
		case <-again.C:
		case <-ctx.Done():
			return
		}
		if err := c.takeAll(ctx); err != nil && ctx.Err() == nil {
			c.a.opts.Log.Warn("clips wait, and cannot be taken in", "err", err)
			again.Reset(takeAgain)
		}
	}
}

func (c *clips) takeAll(ctx context.Context) error {
	list, err := c.spool.List()
	for _, name := range list {
		if err == nil && !c.taken[name] {
			err = c.take(ctx, name)
		}
	}
	return err
}

// take makes a card of a clip. A page that came with what it shows is captured from that
// afterwards, and its clip is kept until then.
func (c *clips) take(ctx context.Context, name string) error {
	clip, err := c.spool.Read(name)
	if errors.Is(err, clipper.ErrMalformed) {
		c.a.opts.Log.Warn("a broken clip was put aside", "name", name, "err", err)
		return c.spool.SetAside(name)
	}
	if err != nil {
		return err
	}
	id, fresh, err := c.pin(ctx, name, clip)
	if err != nil {
		return err
	}
	c.taken[name] = true
	if clip.HTML != "" {
		c.a.company.begin(func() { c.capture(ctx, name, id, clip) })
		return nil
	}
	if address := addressOf(clip); fresh && address != "" {
		c.a.pages.begin(id, address)
	}
	return c.spool.Remove(name)
}

// addressOf is the page that is captured for a clip.
func addressOf(c clipper.Clip) string {
	if c.Kind == clipper.Selection || len(c.Data) > 0 {
		return ""
	}
	return c.Address
}

// pin puts the card of a clip on the Inbox, unless it was there before, and gives its document.
func (c *clips) pin(ctx context.Context, name string, clip clipper.Clip) (id doc.ID, fresh bool, err error) {
	inbox, err := c.a.inbox(ctx)
	if err != nil {
		return "", false, err
	}
	b, err := c.a.readBoard(ctx, inbox)
	if err != nil {
		return "", false, err
	}
	cardID := clipCard(name)
	if there := b.Card(cardID); there != nil {
		return there.Link.Document, false, nil
	}
	kind, edits, size, err := c.a.cardOf(ctx, clip)
	if err != nil {
		return "", false, err
	}
	link, err := c.a.put(ctx, inbox, kind, edits)
	if err != nil {
		return "", false, err
	}
	return link.Document, true, c.a.pinQuietly(ctx, inbox, board.Pin{ID: cardID, Link: link, At: inboxPlace(b), Size: size})
}

// clipCard is the id of the card of a clip.
func clipCard(name string) board.CardID {
	sum := sha256.Sum256([]byte("clip|" + name))
	return board.CardID(hex.EncodeToString(sum[:10]))
}

// capture writes down what a page showed to the person who clipped it. What cannot be used of
// that is fetched as for every other page.
func (c *clips) capture(ctx context.Context, name string, id doc.ID, clip clipper.Clip) {
	p := c.a.pages
	select {
	case p.free <- struct{}{}:
		defer func() { <-p.free }()
	case <-ctx.Done():
		return
	}
	found, err := p.rendered(ctx, clip)
	if err == nil {
		err = p.write(ctx, id, found, nil)
	}
	switch {
	case ctx.Err() != nil:
		return
	case err != nil && !errors.Is(err, doc.ErrNothing):
		c.a.opts.Log.Info("a page cannot be captured as it was shown", "err", err)
		p.begin(id, clip.Address)
	}
	if err = c.a.store.Flush(ctx); err == nil {
		err = c.spool.Remove(name)
	}
	if err != nil && ctx.Err() == nil {
		c.a.opts.Log.Warn("a clip stays where it waited", "err", err)
	}
}

// rendered stores the files of a page that came with what it shows.
func (p *pages) rendered(ctx context.Context, clip clipper.Clip) (cards.Capture, error) {
	found, err := p.client.Rendered(ctx, clip.Address, clip.HTML, !p.a.opts.NoWeb)
	if err != nil {
		return cards.Capture{}, err
	}
	return p.keep(ctx, found)
}
