package ui

import (
	"context"
	"strings"
	"sync"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/search/fold"
)

// What a search reads at most.
const (
	shelfBatch     = 256              // documents open at once
	shelfDocuments = 50_000           // of which each
	shelfText      = 1 << 20          // gives this many bytes
	shelfBytes     = 64 << 20         // and all together this many
	shelfPatience  = 10 * time.Second // for a batch
)

// volume is a document that can be found.
type volume struct {
	place
	on    doc.ID       // the board that it was met on, "" for none
	card  board.CardID // there
	icon  paint.Icon
	title string
	text  string // besides the title

	foldedTitle, foldedText string
}

// shelf is what was read of documents for a search. One goroutine reads and
// adds, others search at the same time. What is here does not follow changes:
// a shelf lives as long as a search does.
type shelf struct {
	docs  doc.Store
	faces *renderers.Registry

	mu     sync.Mutex
	grown  chan struct{} // closed at the next change
	list   []volume
	seen   map[doc.ID]bool
	bytes  int
	unread int  // documents that are not here or cannot be read
	cut    bool // there is more than a search reads
	whole  bool // all is read
}

func newShelf(env *renderers.Env) *shelf {
	return &shelf{docs: env.Docs, faces: env.Registry, grown: make(chan struct{}), seen: map[doc.ID]bool{}}
}

// from is what there is from an index on, whether that is all, and what closes
// when there is more. The slice must not be changed.
func (s *shelf) from(i int) (list []volume, whole bool, grown <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list[i:len(s.list):len(s.list)], s.whole, s.grown
}

// state tells whether something is missing.
func (s *shelf) state() (unread int, cut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unread, s.cut
}

func (s *shelf) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	close(s.grown)
	s.grown = make(chan struct{})
}

// full reports whether nothing more may be read.
func (s *shelf) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cut
}

// readBoard reads what is pinned to a board, in this order. It blocks.
func (s *shelf) readBoard(ctx context.Context, on doc.ID, pinned []*board.Card) {
	s.readCards(ctx, on, pinned)
	s.change(func() { s.whole = true })
}

func (s *shelf) readCards(ctx context.Context, on doc.ID, pinned []*board.Card) {
	var batch []volume
	for _, c := range pinned {
		if c.LinkErr == nil {
			batch = append(batch, volume{place: place{c.Link.Document, c.Link.Kind}, on: on, card: c.ID})
		}
	}
	for len(batch) > 0 && ctx.Err() == nil && !s.full() {
		n := min(len(batch), shelfBatch)
		s.open(ctx, batch[:n])
		batch = batch[n:]
	}
}

// open reads documents that were not met before and puts them on the shelf.
func (s *shelf) open(ctx context.Context, batch []volume) {
	ctx, cancel := context.WithTimeout(ctx, shelfPatience)
	defer cancel()
	var fresh []volume
	var handles []doc.Handle
	for _, v := range batch {
		if !s.seen[v.id] {
			s.seen[v.id] = true
			fresh = append(fresh, v)
			handles = append(handles, s.docs.Open(v.id, s.faces.Face(v.kind).View))
		}
	}
	values := make([]any, len(fresh))
	read := make([]bool, len(fresh))
	for i, h := range handles {
		values[i], read[i] = await(ctx, h)
		h.Close()
	}
	s.put(fresh, values, read)
}

// await waits until a document is read.
func await(ctx context.Context, h doc.Handle) (value any, ok bool) {
	s, err := doc.Await[any](ctx, h, doc.Snapshot[any].Settled)
	if err != nil || s.State != doc.Ready {
		return nil, false
	}
	return s.Value, true
}

// put describes documents and adds them.
func (s *shelf) put(fresh []volume, values []any, read []bool) {
	var done []volume
	unread, bytes := 0, 0
	for i, v := range fresh {
		if !read[i] {
			unread++
			continue
		}
		face := s.faces.Face(v.kind)
		sum := face.Summary(values[i])
		v.icon, v.title, v.text = sum.Icon, sum.Title, clipText(withoutTitle(wordsOf(values[i]), sum.Title))
		v.foldedTitle, v.foldedText = fold.String(v.title), fold.String(v.text)
		bytes += len(v.foldedTitle) + len(v.foldedText)
		done = append(done, v)
	}
	s.change(func() {
		s.list, s.unread, s.bytes = append(s.list, done...), s.unread+unread, s.bytes+bytes
		s.cut = s.cut || s.bytes >= shelfBytes || len(s.list) >= shelfDocuments
	})
}

// clipText keeps the beginning of a text that is longer than a search reads.
func clipText(s string) string {
	if len(s) <= shelfText {
		return s
	}
	return strings.ToValidUTF8(s[:shelfText], "")
}

// withoutTitle leaves out a first line that is the title: it was looked at
// already.
func withoutTitle(text, title string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if strings.TrimSpace(strings.TrimLeft(first, "# ")) == title {
		return rest
	}
	return text
}

// wordsOf is all that a document says besides its title.
func wordsOf(value any) string {
	if v, ok := value.(cards.Worded); ok {
		return v.CardWords()
	}
	return ""
}
