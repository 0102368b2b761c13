package kill9

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
)

// patience bounds how long a document may take to open.
const patience = 20 * time.Second

// findings are what a reopened profile showed.
type findings struct {
	reopen   time.Duration // until every document was readable
	lost     []string
	problems []string // of Store.Check
}

// inspect opens a profile and compares it with what was said.
func inspect(profile string, l *ledger) (f findings, err error) {
	began := time.Now()
	s, err := docstore.Open(profile, storeOptions())
	if err != nil {
		return f, fmt.Errorf("opening again: %w", err)
	}
	defer func() {
		if e := s.Abandon(); err == nil && e != nil {
			err = fmt.Errorf("closing again: %w", e)
		}
	}()
	ids := l.documents()
	looks := make([]func() *sight, len(ids))
	for i, id := range ids {
		looks[i] = look(s, id, l.pages[id])
	}
	sights := make([]*sight, len(ids))
	for i, look := range looks {
		sights[i] = look()
	}
	f.reopen = time.Since(began)
	for i, id := range ids {
		if sights[i] != nil {
			versions, err := s.History(context.Background(), id)
			if err != nil {
				return f, err
			}
			sights[i].changes = len(versions)
		}
		f.lost = append(f.lost, l.lost(id, sights[i])...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	report, err := s.Check(ctx)
	for _, p := range report.Problems {
		f.problems = append(f.problems, fmt.Sprintf("%s: %s", p.Document, p.What))
	}
	return f, err
}

// look begins to open a document; the result waits for it and reads it.
func look(s doc.Store, id doc.ID, p *page) func() *sight {
	switch {
	case p.holds(isCard):
		return reader(doc.Open(s, id, "board", board.Codec{}), seeBoard)
	case p.holds(isItem), p.holds(isDone):
		return reader(doc.Open(s, id, "todo", cards.TodoCodec{}), seeTodo)
	}
	return reader(doc.Open(s, id, "text", cards.TextCodec{}), seeText)
}

func reader[T any](live *doc.Live[T], see func(T, *sight)) func() *sight {
	wake := make(chan struct{}, 1)
	cancel := live.Subscribe(func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	})
	return func() *sight {
		defer live.Close()
		defer cancel()
		limit := time.NewTimer(patience)
		defer limit.Stop()
		for live.Snapshot().State == doc.Loading {
			select {
			case <-wake:
			case <-limit.C:
				return nil
			}
		}
		now := live.Snapshot()
		if now.State != doc.Ready || now.Err != nil {
			return nil
		}
		s := &sight{marks: map[mark]bool{}, moves: map[string]int{}}
		see(now.Value, s)
		return s
	}
}

func seeText(t cards.Text, s *sight) {
	for line := range strings.Lines(t.Text) {
		s.marks[mark{isLine, strings.TrimSuffix(line, "\n")}] = true
	}
}

func seeTodo(t cards.Todo, s *sight) {
	for _, it := range t.Items {
		s.marks[mark{isItem, it.ID}] = true
		s.marks[mark{isDone, it.ID}] = it.Done
	}
}

func seeBoard(b *board.Board, s *sight) {
	for _, c := range b.Cards {
		s.marks[mark{isCard, string(c.ID)}] = true
		s.moves[string(c.ID)] = int(math.Round(c.At.X / step))
	}
}
