package app

import (
	"context"
	"errors"
	"sync"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/web"
)

// errNoWeb says that no page is fetched.
var errNoWeb = errors.New("started offline")

// captures is how many pages are fetched at a time.
const captures = 3

// pages captures pages of the web for cards that are made here. Nothing is fetched for a
// card that came from elsewhere unless somebody asks for it.
type pages struct {
	a      *App
	client *web.Client
	free   chan struct{}

	mu   sync.Mutex
	jobs map[string][]doc.ID // documents that wait for an address
}

func newPages(a *App) *pages {
	return &pages{
		a: a, client: web.New(web.Options{Allow: a.opts.WebAllow}), free: make(chan struct{}, captures), jobs: map[string][]doc.ID{},
	}
}

// AddPages pins a card for each web address, the first at a place, and captures the
// pages behind; the cards are there before. All of them are one undo step. Errors:
// web.ErrAddress for what is no address; those of docstore. It blocks, but not for the
// pages.
func (a *App) AddPages(ctx context.Context, boardID doc.ID, at board.Point, addresses []string) ([]board.CardID, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	at = a.snapped(at)
	gesture := "pages " + string(a.NewCardID())
	var ids []board.CardID
	for _, s := range addresses {
		id, err := a.pinPage(ctx, boardID, at, gesture, s)
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
		at = at.Add(board.Point{X: nextTo, Y: nextTo})
	}
	return ids, nil
}

// pinPage pins the card of a page and begins to capture it.
func (a *App) pinPage(ctx context.Context, boardID doc.ID, at board.Point, gesture, address string) (board.CardID, error) {
	address, ok := cards.WebAddress(address)
	if !ok {
		return "", web.ErrAddress
	}
	link, err := a.put(ctx, boardID, cards.KindURL, cards.NewURL(address))
	if err != nil {
		return "", err
	}
	ids, err := a.pin(ctx, boardID, gesture, board.Pin{Link: link, At: at})
	if err != nil {
		return "", err
	}
	a.pages.begin(link.Document, address)
	return ids[0], nil
}

// CaptureAgain fetches the page of a card once more and puts it in the place of what was
// kept. Errors: web.ErrAddress, ErrAbsent, those of docstore. It blocks until it has
// begun.
func (a *App) CaptureAgain(ctx context.Context, id doc.ID) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if err := a.ReadOnly(); err != nil {
		return err
	}
	live := openURL(a, id)
	defer live.Close()
	u, err := loaded(ctx, live)
	if err != nil {
		return err
	}
	if u.Address == "" {
		return web.ErrAddress
	}
	a.pages.begin(id, u.Address)
	return nil
}

// Capturing reports whether the page of an address is being captured here. At once.
func (a *App) Capturing(address string) bool {
	p := a.pages
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.jobs[address]) > 0
}

func openURL(a *App, id doc.ID) *doc.Live[cards.URL] {
	return doc.Open[cards.URL](a.store, id, cards.KindURL, cards.URLCodec{})
}

// begin captures the page of a document, unless it is at that; the same address is
// fetched once for all documents that wait for it.
func (p *pages) begin(id doc.ID, address string) {
	p.mu.Lock()
	waiting := p.jobs[address]
	for _, other := range waiting {
		if other == id {
			p.mu.Unlock()
			return
		}
	}
	p.jobs[address] = append(waiting, id)
	p.mu.Unlock()
	if len(waiting) == 0 {
		p.a.company.begin(func() { p.run(p.a.ctx, address) })
	}
	p.a.company.Wake()
}

// run captures a page and writes what came of it into the documents that wait.
func (p *pages) run(ctx context.Context, address string) {
	select {
	case p.free <- struct{}{}:
		defer func() { <-p.free }()
	case <-ctx.Done():
		return
	}
	c, err := p.capture(ctx, address)
	p.mu.Lock()
	waiting := p.jobs[address]
	p.mu.Unlock()
	for _, id := range waiting {
		if ctx.Err() != nil {
			break
		}
		if e := p.write(ctx, id, c, err); e != nil && ctx.Err() == nil && !errors.Is(e, doc.ErrNothing) {
			p.a.opts.Log.Warn("a captured page cannot be kept", "err", e)
		}
	}
	p.mu.Lock()
	late := p.jobs[address][len(waiting):]
	delete(p.jobs, address)
	p.mu.Unlock()
	for _, id := range late {
		p.begin(id, address)
	}
	p.a.company.Wake()
}

// capture fetches a page and stores its files.
func (p *pages) capture(ctx context.Context, address string) (cards.Capture, error) {
	if p.a.opts.NoWeb {
		return cards.Capture{}, errNoWeb
	}
	found, err := p.client.Capture(ctx, address)
	if err != nil {
		return cards.Capture{}, err
	}
	return p.keep(ctx, found)
}

// write is one change of one document: what was found, or why nothing was.
func (p *pages) write(ctx context.Context, id doc.ID, c cards.Capture, failed error) error {
	live := openURL(p.a, id)
	defer live.Close()
	if _, err := loaded(ctx, live); err != nil {
		return err
	}
	if failed != nil {
		return live.Do(cards.CaptureFailed{Why: whyNot(failed)}).Applied(ctx)
	}
	if err := p.share(id, &c); err != nil {
		return err
	}
	err := live.Do(c).Applied(ctx)
	p.a.files.poke()
	return err
}

// share lets others fetch the files of a page, if there are others.
func (p *pages) share(id doc.ID, c *cards.Capture) error {
	_, shared, err := p.a.collectionOf(id)
	if err != nil || !shared && !p.a.several() {
		return err
	}
	for _, part := range []*cards.Part{&c.Picture, &c.Icon, &c.Article, &c.Archive} {
		if part.Blob == "" {
			continue
		}
		if part.Pieces, err = p.a.piecesOf(blobID(*part)); err != nil {
			return err
		}
		part.Key = newFileKey()
	}
	return nil
}
