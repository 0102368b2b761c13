package model

import (
	"testing"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/company"
)

// onStores is tables at which each has a store of their own, with real Automerge, and sees
// what the other did when they meet.
func onStores(t *testing.T) func() table {
	t.Helper()
	c, err := company.Found(t.TempDir(), 2, docstore.Options{Idle: time.Millisecond})
	t.Cleanup(c.Abandon)
	if err != nil {
		t.Fatal(err)
	}
	var before []*doc.Live[*board.Board]
	return func() (now table) {
		for _, l := range before {
			l.Close()
		}
		id, err := c.Create(board.Create("board", "")...)
		if err == nil {
			err = c.Meet()
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range c.Stores {
			now.desks[i] = doc.Open(s, id, "board", board.Codec{})
		}
		now.meet = func() error {
			if err := c.Meet(); err != nil {
				return err
			}
			return company.Same(now.desks[:]...)
		}
		if err := company.Same(now.desks[:]...); err != nil {
			t.Fatal(err)
		}
		before = now.desks[:]
		return now
	}
}
