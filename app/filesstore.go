package app

import (
	"cmp"
	"context"
	"slices"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/blobsync"
	"corkboard/net/node"
)

// store brings files to the storage peers that are connected and lack them, one at a
// time.
func (f *files) store(ctx context.Context, n *node.Node) {
	defer func() {
		f.mu.Lock()
		f.storing = false
		f.mu.Unlock()
	}()
	for _, c := range f.a.syncedCircles() {
		if len(c.State.Stores) == 0 {
			continue
		}
		for _, client := range n.Clients(c.ID) {
			if device, err := identity.ParseDeviceID(client.Name()); err != nil || c.State.Stores[device] == "" {
				continue
			}
			for _, k := range f.lacking(c.ID, client.Name()) {
				err := blobsync.Upload(ctx, client, k.file, f.member, nil)
				if err != nil {
					if ctx.Err() == nil {
						f.a.opts.Log.Warn("a file cannot be stored", "err", err)
					}
					break
				}
				f.mu.Lock()
				f.stored[storedAt{k.file.Handle(), client.Name()}] = true
				f.mu.Unlock()
				f.a.company.Wake()
			}
		}
	}
}

// keptAt reports whether the files of a document are at a storage peer, or those of all
// documents for the board that was shared. last is the newest place of its collection.
func (f *files) keptAt(peer string, c docstore.Collection, id doc.ID, last uint64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if id == c.Root && f.looked[c.ID] < last {
		return false
	}
	for h, k := range f.known {
		if k.in == c.ID && (id == c.Root || slices.Contains(f.blobs[id], k.blob)) && !f.stored[storedAt{h, peer}] {
			return false
		}
	}
	return true
}

// lacking is the files that are here and not known to be at a storage peer.
func (f *files) lacking(in access.RecordID, peer string) (out []known) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for h, k := range f.known {
		if k.in == in && !f.stored[storedAt{h, peer}] && f.a.blobs.Has(k.blob) {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(x, y known) int { return cmp.Compare(x.file.Size, y.file.Size) })
	return out
}
