// Package company is stores of several people in one collection, for tests: what one has on
// disk is carried to the others by hand, without a network.
package company

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/docstore/replica"
)

// patience bounds what is waited for.
const patience = 2 * time.Minute

// ErrApart says that two stores do not come to show the same version.
var ErrApart = errors.New("stores do not show the same version")

// Company is people with a store each, the first of whom has founded the collection.
type Company struct {
	Stores     []*docstore.Store
	Dirs       []string
	Collection access.RecordID
	options    docstore.Options
}

// Options are what its stores have but for what is set: quiet, and never busy by themselves.
func Options(o docstore.Options) docstore.Options {
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	o.App, o.Retry = "company", time.Hour
	return o
}

// Found makes profiles under dir, for so many people who may all write.
func Found(dir string, people int, o docstore.Options) (*Company, error) {
	c := &Company{options: Options(o)}
	for n := range people {
		c.Dirs = append(c.Dirs, filepath.Join(dir, fmt.Sprint(n)))
		c.Stores = append(c.Stores, nil)
		if err := c.Reopen(n, c.options); err != nil {
			return c, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var err error
	if c.Collection, err = c.Stores[0].Found(ctx); err != nil {
		return c, err
	}
	root, err := c.Create(doc.Put{Path: doc.At("title"), Value: "root"})
	if err == nil {
		err = c.Stores[0].SetRoot(ctx, c.Collection, root, "board")
	}
	for n := 1; n < people && err == nil; n++ {
		err = c.join(ctx, n, root)
	}
	return c, err
}

// join brings one in by a link.
func (c *Company) join(ctx context.Context, n int, root doc.ID) error {
	var secret [16]byte
	now := time.Now().UnixMilli()
	err := c.Stores[0].Govern(ctx, c.Collection, func(r *replica.Replica) (items []replica.Item, err error) {
		secret, items, err = r.InviteByLink(access.Write, true, 0, now)
		return items, err
	})
	if err == nil {
		err = c.Stores[n].Join(ctx, docstore.Invited{Collection: c.Collection, Root: root, Kind: "board", Secret: &secret})
	}
	if err == nil {
		err = c.Carry(0, n)
	}
	if err == nil {
		err = c.Stores[n].Govern(ctx, c.Collection, func(r *replica.Replica) ([]replica.Item, error) { return r.Join(secret, now) })
	}
	if err == nil {
		err = c.Carry(n, 0)
	}
	return err
}

// Create makes a document of the first person, safe on their disk.
func (c *Company) Create(edits ...doc.Edit) (doc.ID, error) {
	id, err := c.Stores[0].NewIDIn(c.Collection)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return id, c.Stores[0].Create(id, edits).Wait(ctx)
}

// Carry brings to one store what another has and it lacks, in batches, once it is on disk.
func (c *Company) Carry(from, to int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := c.Stores[from].Flush(ctx); err != nil {
		return err
	}
	a, err := c.Stores[from].Shelf(c.Collection)
	if err != nil {
		return err
	}
	b, err := c.Stores[to].Shelf(c.Collection)
	if err != nil {
		return err
	}
	for place := b.Seen(a.Replica()); ; {
		list := a.After(place, 64)
		if len(list) == 0 {
			return nil
		}
		var raws [][]byte
		for _, e := range list {
			place = e.Place
			if _, here := b.Find(e.Key); here {
				continue
			}
			raw, err := a.Bytes(e.Key)
			if err != nil {
				return err
			}
			raws = append(raws, raw)
		}
		if err := errors.Join(b.Put(ctx, raws)...); err != nil {
			return err
		}
		b.SetPeer(a.Replica(), c.Stores[from].Person(), c.Stores[from].Device(), place, 0)
	}
}

// Meet brings everybody what all have.
func (c *Company) Meet() error {
	for n := 1; n < len(c.Stores); n++ {
		if err := c.Carry(n, 0); err != nil {
			return err
		}
	}
	for n := 1; n < len(c.Stores); n++ {
		if err := c.Carry(0, n); err != nil {
			return err
		}
	}
	return nil
}

// Reopen opens a store, which is not open, with the given options.
func (c *Company) Reopen(n int, o docstore.Options) error {
	s, err := docstore.Open(c.Dirs[n], Options(o))
	if err != nil {
		return err
	}
	c.Stores[n] = s
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.AwaitKeys(ctx)
	return nil
}

// Close closes a store as a program that quits.
func (c *Company) Close(n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.Stores[n].Close(ctx)
}

// Abandon ends all stores.
func (c *Company) Abandon() {
	for _, s := range c.Stores {
		if s != nil {
			_ = s.Abandon()
		}
	}
}

// Same waits until documents that are open under any view show one version.
func Same[T any](open ...*doc.Live[T]) error {
	deadline := time.Now().Add(patience)
	for _, l := range open[1:] {
		for {
			a, b := open[0].Snapshot(), l.Snapshot()
			if a.State == doc.Ready && b.State == doc.Ready && slices.Equal(a.Heads, b.Heads) {
				break
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("%w: %s: %v %v, %v %v", ErrApart, l.ID(), a.State, a.Heads, b.State, b.Heads)
			}
			time.Sleep(time.Millisecond)
		}
	}
	return nil
}
