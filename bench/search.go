package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/search"
)

// The profile in which is searched: boards on Home, with cards in the usual mixture.
const (
	manyBoards   = 50
	manyPerBoard = 199 // with the board itself 200
	manyDocs     = manyBoards * (manyPerBoard + 1)
)

const (
	opens       = 5
	typedWords  = 400 // each letter of which is a search
	followSaves = 200
)

// fillMany makes 10,000 documents of a language of its own, and waits until they can be
// found.
func fillMany(ctx context.Context, a *app.App) error {
	w := newLanguage()
	home, err := newMaker(ctx, a, a.Home(), 0)
	if err != nil {
		return err
	}
	defer home.close()
	for n := range manyBoards {
		id, made := a.NewDocument(cards.KindBoard, board.Create(w.say(2), ""))
		if err := made.Wait(ctx); err != nil {
			return fmt.Errorf("making a board: %w", err)
		}
		home.pins = append(home.pins, pinAt(a, id, cards.KindBoard, n))
		m, err := newMaker(ctx, a, id, 0)
		if err != nil {
			return err
		}
		for _, s := range layOut(manyPerBoard, 20) {
			m.pin(s.kind, w.edits(s), s.at, board.Size{})
		}
		if err := errors.Join(m.fill(nil), m.close()); err != nil {
			return err
		}
	}
	if err := home.fill(nil); err != nil {
		return err
	}
	return found(ctx, a)
}

// found waits until everything can be found.
func found(ctx context.Context, a *app.App) error {
	woken := make(chan struct{}, 1)
	defer a.SubscribeIndex(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for !a.IndexState().Whole() {
		select {
		case <-woken:
		case <-ctx.Done():
			return fmt.Errorf("waiting for the index: %w", ctx.Err())
		}
	}
	return nil
}

// searching measures a profile of 10,000 documents: opening it, listing and searching.
func searching(ctx context.Context, dir string, r results) error {
	var opened, listed []float64
	for range opens {
		open, list, err := openAndList(ctx, dir)
		if err != nil {
			return err
		}
		opened, listed = append(opened, millis(open)), append(listed, millis(list))
	}
	r["open_profile_10000_docs_ms"], r["list_10000_titles_ms"] = quantile(opened, 0.5), quantile(listed, 0.5)
	a, err := app.Open(ctx, app.Options{Profile: dir})
	if err != nil {
		return err
	}
	defer a.Close(ctx)
	if err := found(ctx, a); err != nil {
		return err
	}
	took, err := typeQueries(ctx, a)
	if err != nil {
		return err
	}
	r["search_10000_ms_p50"], r["search_10000_ms_p99"] = quantile(took, 0.5), quantile(took, 0.99)
	saved, err := saveTexts(ctx, a.Docs(), a)
	if err != nil {
		return err
	}
	r["save_ack_followed_ms_p50"], r["save_ack_followed_ms_p99"] = quantile(saved, 0.5), quantile(saved, 0.99)
	if err := a.Close(ctx); err != nil {
		return err
	}
	s, err := docstore.Open(dir, docstore.Options{App: "bench"})
	if err != nil {
		return err
	}
	alone, err := saveTexts(ctx, s, nil)
	r["save_ack_alone_ms_p50"], r["save_ack_alone_ms_p99"] = quantile(alone, 0.5), quantile(alone, 0.99)
	return errors.Join(err, s.Close(ctx))
}

var errList = errors.New("the list is not what it says")

// openAndList opens the profile until Home can be drawn and a search has answered, and
// then lists all titles, without a document in memory but that of the workspace, which
// is no card.
func openAndList(ctx context.Context, dir string) (open, list time.Duration, err error) {
	began := time.Now()
	a, err := app.Open(ctx, app.Options{Profile: dir})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	if _, err := a.Search(ctx, search.Query{Text: "a"}); err != nil {
		return 0, 0, err
	}
	open = time.Since(began)
	began = time.Now()
	items, err := a.Listed(ctx, search.List{})
	list = time.Since(began)
	if err != nil {
		return 0, 0, err
	}
	if n := a.Docs().(*docstore.Store).Loaded(); n > 1 || len(items) < manyDocs {
		return 0, 0, fmt.Errorf("%w: %d titles with %d documents loaded", errList, len(items), n)
	}
	began = time.Now()
	live := doc.Open(a.Docs(), a.Home(), cards.KindBoard, board.Codec{})
	defer live.Close()
	_, err = ready(ctx, live)
	return open + time.Since(began), list, err
}

// typeQueries types words that stand in documents, letter by letter; each letter is a
// search, of up to three words.
func typeQueries(ctx context.Context, a *app.App) (took []float64, err error) {
	items, err := a.Listed(ctx, search.List{})
	if err != nil {
		return nil, err
	}
	w, r := newLanguage(), rand.New(rand.NewPCG(5, 5))
	for n := range typedWords {
		query := ""
		if n%3 > 0 { // somebody remembers a title and goes on
			if title := strings.Fields(items[r.IntN(len(items))].Title); len(title) > 0 {
				query = strings.Join(title[:min(len(title), n%3)], " ") + " "
			}
		}
		for _, letter := range w.word() {
			query += string(letter)
			began := time.Now()
			if _, err := a.Search(ctx, search.Query{Text: query}); err != nil {
				return nil, err
			}
			took = append(took, millis(time.Since(began)))
		}
	}
	return took, nil
}

// saveTexts edits texts and waits each time until that is on disk; if the index follows,
// it has work all the while.
func saveTexts(ctx context.Context, s doc.Store, a *app.App) (took []float64, err error) {
	var texts []doc.ID
	list, err := s.(*docstore.Store).Documents(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		if len(texts) == followSaves {
			break
		}
		live := doc.Open(s, i.ID, cards.KindText, cards.TextCodec{})
		t, err := ready(ctx, live)
		live.Close()
		if err != nil {
			return nil, err
		}
		if t.Text != "" {
			texts = append(texts, i.ID)
		}
	}
	for _, id := range texts {
		live := doc.Open(s, id, cards.KindText, cards.TextCodec{})
		if _, err := ready(ctx, live); err != nil {
			return nil, err
		}
		began := time.Now()
		err := live.Do(cards.SpliceText{Change: []doc.Splice{{Insert: "more "}}}).Wait(ctx)
		took = append(took, millis(time.Since(began)))
		live.Close()
		if err != nil {
			return nil, err
		}
	}
	if a == nil {
		return took, nil
	}
	return took, found(ctx, a)
}

// indexing measures how long it takes until 1,000 cards with their files can be found
// again after the index was lost.
func indexing(ctx context.Context, dir string, r results) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.RemoveAll(filepath.Join(dir, "search.db"+suffix)); err != nil {
			return err
		}
	}
	began := time.Now()
	a, err := app.Open(ctx, app.Options{Profile: dir})
	if err != nil {
		return err
	}
	err = found(ctx, a)
	r["index_1000_docs_s"] = time.Since(began).Seconds()
	return errors.Join(err, a.Close(ctx))
}
