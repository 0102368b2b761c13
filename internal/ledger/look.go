package ledger

import (
	"context"
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

// Store is what a ledger is compared with.
type Store interface {
	doc.Store
	History(ctx context.Context, id doc.ID) ([]docstore.Version, error)
}

// Lost opens all documents of which something was said and lists, in words, what was
// acknowledged and is not so. read is how long it took until all could be read.
func (l *Ledger) Lost(ctx context.Context, s Store) (lost []string, read time.Duration, err error) {
	began := time.Now()
	ids := l.Documents()
	looks := make([]func() *sight, len(ids))
	for i, id := range ids {
		looks[i] = look(s, id, l.pages[id])
	}
	sights := make([]*sight, len(ids))
	for i, look := range looks {
		sights[i] = look()
	}
	read = time.Since(began)
	for i, id := range ids {
		if sights[i] != nil {
			versions, err := s.History(ctx, id)
			if err != nil {
				return lost, read, err
			}
			sights[i].changes = len(versions)
		}
		lost = append(lost, l.lost(id, sights[i])...)
	}
	return lost, read, nil
}

// look begins to open a document; the result waits for it and reads it.
func look(s doc.Store, id doc.ID, p *page) func() *sight {
	switch {
	case p.holds(IsCard):
		return reader(doc.Open(s, id, "board", board.Codec{}), seeBoard)
	case p.holds(IsItem), p.holds(IsDone):
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
		s.marks[mark{IsLine, strings.TrimSuffix(line, "\n")}] = true
	}
}

func seeTodo(t cards.Todo, s *sight) {
	for _, it := range t.Items {
		s.marks[mark{IsItem, it.ID}] = true
		s.marks[mark{IsDone, it.ID}] = it.Done
	}
}

func seeBoard(b *board.Board, s *sight) {
	for _, c := range b.Cards {
		s.marks[mark{IsCard, string(c.ID)}] = true
		s.moves[string(c.ID)] = int(math.Round(c.At.X / step))
	}
}
