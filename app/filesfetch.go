package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"corkboard/identity"
	"corkboard/net/blobsync"
	"corkboard/net/node"
)

// fetch begins with what can be fetched, small files first.
func (f *files) fetch(ctx context.Context, n *node.Node, work *sync.WaitGroup) {
	now := f.a.opts.Now()
	f.mu.Lock()
	var list []*wanted
	busy := 0
	for _, w := range f.wants {
		switch {
		case w.fetching:
			busy++
		case !now.Before(w.after):
			list = append(list, w)
		}
	}
	f.mu.Unlock()
	slices.SortFunc(list, func(x, y *wanted) int {
		return cmp.Or(cmp.Compare(x.file.Size, y.file.Size), cmp.Compare(x.blob, y.blob))
	})
	for _, w := range list {
		if busy == fetchers {
			break
		}
		clients := n.Clients(w.in)
		from := f.a.nameOfFirst(clients)
		f.mu.Lock()
		w.fetching, w.from = len(clients) > 0, from
		f.mu.Unlock()
		if len(clients) == 0 {
			continue
		}
		busy++
		work.Go(func() { f.get(ctx, w, clients) })
	}
}

// again has all that is missing asked for anew: somebody has come.
func (f *files) again() {
	f.mu.Lock()
	for _, w := range f.wants {
		w.tries, w.after = 0, time.Time{}
	}
	f.mu.Unlock()
	f.poke()
}

// get fetches one file.
func (f *files) get(ctx context.Context, w *wanted, clients []*blobsync.Client) {
	err := f.download(ctx, w, w.file, clients)
	f.fetched(w, err)
	if err != nil && ctx.Err() == nil && !errors.Is(err, blobsync.ErrNoSource) {
		f.a.opts.Log.Warn("a file cannot be fetched", "err", err)
	}
}

// fetched notes how it went to fetch a file.
func (f *files) fetched(w *wanted, err error) {
	f.mu.Lock()
	w.fetching = false
	w.after = f.a.opts.Now().Add(min(fetchAgain, fetchSoon<<min(w.tries, 10)))
	w.tries++
	if err == nil {
		delete(f.wants, w.blob)
		f.member.Forget(w.file.Handle())
	}
	f.mu.Unlock()
	if err == nil {
		f.a.finder.fileCame()
	}
	f.a.company.Wake()
	f.poke()
}

// download fetches a file as one of the documents that name it says.
func (f *files) download(ctx context.Context, w *wanted, file blobsync.File, clients []*blobsync.Client) error {
	part, err := f.a.blobs.Partial(w.blob, file.Size, blobsync.PiecesOf(file.Size))
	if err != nil {
		return err
	}
	defer part.Close()
	d, err := blobsync.NewDownload(file, part, func(done, _ int64) {
		f.mu.Lock()
		w.done = done
		f.mu.Unlock()
		f.a.company.Wake()
	})
	if err != nil {
		return err
	}
	for _, c := range clients {
		d.Add(c)
	}
	return d.Run(ctx)
}

// nameOfFirst is who the first of those is that are asked, "" if nobody knows.
func (a *App) nameOfFirst(clients []*blobsync.Client) string {
	if len(clients) == 0 {
		return ""
	}
	device, err := identity.ParseDeviceID(clients[0].Name())
	if err != nil {
		return ""
	}
	a.company.mu.Lock()
	who := a.company.devices[device].Who.Person
	a.company.mu.Unlock()
	if who == (identity.PersonID{}) {
		return "a storage peer"
	}
	return a.memberAnywhere(who).Name
}
