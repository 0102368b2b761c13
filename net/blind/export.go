package blind

import (
	"context"
	"errors"
	"fmt"
	"io"

	"corkboard/chunk"
	"corkboard/net/blobsync"
	"corkboard/sqlite"
)

// Space is a namespace in an operator's eyes.
type Space struct {
	ID      int64
	Tenant  int64 // who pays
	Items   int
	Pieces  int
	Size    int64 // bytes, as they count against the quota
	Created int64 // seconds since 1970, to the hour
}

// Spaces is all namespaces, the oldest first.
func (s *Store) Spaces(ctx context.Context) (all []Space, err error) {
	err = s.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var n Space
			if err := scan(&n.ID, &n.Tenant, &n.Created, &n.Items, &n.Pieces); err != nil {
				return err
			}
			if n.Size, err = sizeOf(tx, n.ID); err != nil {
				return err
			}
			all = append(all, n)
			return nil
		}, `SELECT n.id, n.tenant, n.created,
			(SELECT count(*) FROM items i WHERE i.namespace = n.id),
			(SELECT count(*) FROM pieces p WHERE p.namespace = n.id)
			FROM namespaces n WHERE n.secret IS NOT NULL ORDER BY n.id`)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the namespaces: %w", err)
	}
	return all, nil
}

// Exported is what an export has written.
type Exported struct {
	Items, Pieces int
	Newer         int // items of a later program, which a .corkbundle file cannot hold
}

// Export writes the items of a namespace and the pieces of its files as a .corkbundle file.
// ErrGone.
func (s *Store) Export(ctx context.Context, namespace int64, w io.Writer) (out Exported, err error) {
	f, err := chunk.NewFileWriter(w)
	if err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *sqlite.Tx) error {
		var id int64
		if err := gone(tx.Row([]any{&id}, "SELECT id FROM namespaces WHERE id = ? AND secret IS NOT NULL", namespace)); err != nil {
			return err
		}
		err := tx.Each(func(scan func(...any) error) error {
			var body []byte
			if err := scan(&body); err != nil {
				return err
			}
			err := f.Add(body)
			if errors.Is(err, chunk.ErrNewer) {
				out.Newer++
				return nil
			}
			out.Items++
			return err
		}, `SELECT b.body FROM items i JOIN bodies b ON b.id = i.body WHERE i.namespace = ? ORDER BY i.place`, namespace)
		if err != nil {
			return err
		}
		return tx.Each(func(scan func(...any) error) error {
			var handle, body []byte
			var number int64
			if err := scan(&handle, &number, &body); err != nil {
				return err
			}
			var h blobsync.Handle
			copy(h[:], handle)
			out.Pieces++
			return f.AddPiece(h, uint32(number), body)
		}, `SELECT p.handle, p.number, b.body FROM pieces p JOIN bodies b ON b.id = p.body
			WHERE p.namespace = ? ORDER BY p.handle, p.number`, namespace)
	})
	if err != nil {
		return out, fmt.Errorf("exporting a namespace: %w", err)
	}
	return out, f.Close()
}
