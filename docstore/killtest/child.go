package killtest

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"sync"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore"
)

const (
	documents = 4    // each with an editor of its own
	rounds    = 5000 // per editor, then the child ends by itself
)

// name of the n-th document.
func name(n int) doc.ID { return doctest.ID("kill-" + strconv.Itoa(n)) }

// note counts on from what is there: number n goes into slot n of a map, and a
// character into a text, in one plan.
type note struct{}

func (note) Plan(m doc.Map) (doc.Plan, error) {
	n := next(m)
	return doc.Plan{Label: "note", Edits: []doc.Edit{
		doc.Put{Path: doc.At("notes", strconv.Itoa(n)), Value: int64(n)},
		doc.Put{Path: doc.At("next"), Value: int64(n + 1)},
		doc.Splice{Path: doc.At("text"), Insert: "é"},
	}}, nil
}

func next(m doc.Map) int {
	n, _ := m["next"].(int64)
	return int(n)
}

// Child edits the profile in dir until it is killed, and writes "number slot"
// lines to out as edits are acknowledged.
func Child(dir string, o docstore.Options, out io.Writer) error {
	s, err := docstore.Open(dir, o)
	if err != nil {
		return err
	}
	ctx := context.Background()
	var mu sync.Mutex
	var g sync.WaitGroup
	errs := make(chan error, documents)
	for n := range documents {
		exists, err := s.Exists(name(n))
		if err != nil {
			return err
		}
		if !exists {
			start := []doc.Edit{doc.Put{Path: doc.At("notes"), Value: doc.Map{}}, doc.Put{Path: doc.At("text"), Value: doc.Text("")}}
			if err := s.Create(name(n), start).Wait(ctx); err != nil {
				return err
			}
		}
		g.Add(1)
		go func() {
			defer g.Done()
			errs <- edit(ctx, doc.Open(s, name(n), "raw", doctest.Raw{}), func(slot int) {
				mu.Lock()
				defer mu.Unlock()
				fmt.Fprintf(out, "%d %d\n", n, slot)
			})
		}()
	}
	g.Wait()
	for range documents {
		if err := <-errs; err != nil {
			return err
		}
	}
	return s.Close(ctx)
}

func edit(ctx context.Context, l *doc.Live[doc.Map], acknowledged func(slot int)) error {
	for range rounds {
		slot := -1
		r := l.Do(seen{&slot})
		if err := r.Wait(ctx); err != nil {
			return err
		}
		acknowledged(slot)
	}
	return nil
}

// seen is a note that tells which slot it took.
type seen struct{ slot *int }

func (s seen) Plan(m doc.Map) (doc.Plan, error) {
	*s.slot = next(m)
	return note{}.Plan(m)
}
