package blobs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Walk calls fn for each blob with its size in bytes, in the order of ids, until fn returns
// an error, which Walk returns. Foreign files are passed over. Blobs that come or go
// meanwhile may or may not be seen.
func (s *Store) Walk(ctx context.Context, fn func(id ID, size int64) error) error {
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return fmt.Errorf("walking the blobs: %w", ctxErr)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("walking the blobs: %w", err)
		}
		id, bad := ParseID(d.Name())
		if bad != nil || !d.Type().IsRegular() || path != filepath.Join(s.dir, id.place()) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("walking the blobs: %w", err)
		}
		return fn(id, info.Size())
	})
}
