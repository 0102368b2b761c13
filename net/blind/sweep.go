package blind

import (
	"context"
	"time"

	"corkboard/sqlite"
)

// sweepStep is how many rows go in one transaction, so that others get their turn.
const sweepStep = 64

// sweepPause is how long a sweep that failed waits.
const sweepPause = time.Minute

// bury takes namespaces that are nobody's out of memory, and has them swept.
func (s *Store) bury(dead []int64) {
	s.remove(dead)
	select {
	case s.dead <- struct{}{}:
	default:
	}
}

// sweep removes the rows of dead namespaces, on a goroutine of its own until the
// store is closed. What is left is found at the next start.
func (s *Store) sweep(ctx context.Context) {
	defer close(s.swept)
	for {
		select {
		case <-s.dead:
		case <-ctx.Done():
			return
		}
		for ctx.Err() == nil {
			done, err := s.sweepStep()
			if err != nil {
				select {
				case <-time.After(sweepPause):
				case <-s.stop:
					return
				case <-ctx.Done():
				}
			} else if done {
				break
			}
		}
	}
}

func (s *Store) sweepStep() (done bool, err error) {
	var dead []int64
	err = s.db.Read(context.Background(), func(tx *sqlite.Tx) error {
		dead, err = column(tx, "SELECT id FROM namespaces WHERE secret IS NULL LIMIT 1")
		return err
	})
	if err != nil || len(dead) == 0 {
		return true, err
	}
	return false, s.write("removing a namespace", func(tx *sqlite.Tx) error { return sweepRows(tx, dead[0]) })
}

// sweepRows removes some rows of a namespace, and at last the namespace.
func sweepRows(tx *sqlite.Tx, id int64) error {
	for _, table := range []struct{ name, key string }{{"items", "place"}, {"pieces", "handle, number"}} {
		some := " FROM " + table.name + " WHERE namespace = ? ORDER BY " + table.key + " LIMIT ?"
		bodies, err := column(tx, "SELECT body"+some, id, sweepStep)
		if err != nil {
			return err
		}
		if len(bodies) == 0 {
			continue
		}
		if err := tx.Exec("DELETE FROM bodies WHERE id IN (SELECT body"+some+")", id, sweepStep); err != nil {
			return err
		}
		return tx.Exec("DELETE FROM "+table.name+" WHERE namespace = ? AND ("+table.key+") IN (SELECT "+table.key+some+")", id, id, sweepStep)
	}
	if err := tx.Exec("DELETE FROM cursors WHERE namespace = ?", id); err != nil {
		return err
	}
	return tx.Exec("DELETE FROM namespaces WHERE id = ?", id)
}
