package blind

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"

	"corkboard/chunk"
	"corkboard/net/docsync"
	"corkboard/sqlite"
)

// overhead is what an item or piece counts against a quota beside its bytes.
const overhead = 128

// Item is one that came.
type Item struct {
	Key  docsync.Key
	Sort docsync.Sort
	Body []byte
}

// Put stores items that are not there. They are on the disk when Put returns nil,
// whole or not at all. Errors: ErrItem, ErrQuota, ErrFull, ErrGone, ErrStopped, those
// of package sqlite.
func (n *Namespace) Put(items []Item) error {
	if err := check(items); err != nil {
		return err
	}
	n.putting.Lock()
	defer n.putting.Unlock()
	news, last := n.news(items)
	if len(news) == 0 {
		return nil
	}
	size := int64(0)
	for _, i := range news {
		size += cost(len(i.Body))
	}
	if err := n.store.room(size); err != nil {
		return fmt.Errorf("storing items: %w", err)
	}
	err := n.store.write("storing items", func(tx *sqlite.Tx) error {
		if err := pay(tx, n.id, size); err != nil {
			return err
		}
		for at, i := range news {
			if err := n.insert(tx, last+int64(at)+1, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		n.came(news)
	}
	return err
}

// SetSeen notes up to which place of another's replica everything is here. Errors:
// those of Put. With more than 1024 replicas a new one is not noted.
func (n *Namespace) SetSeen(of docsync.ReplicaID, place uint64) error {
	n.putting.Lock()
	defer n.putting.Unlock()
	n.mu.Lock()
	seen, known := n.cursors[of]
	many := len(n.cursors) >= maxCursors
	n.mu.Unlock()
	if seen == place || !known && many || place > math.MaxInt64 {
		return nil
	}
	err := n.store.write("noting what was seen", func(tx *sqlite.Tx) error {
		if err := pay(tx, n.id, 0); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO cursors (namespace, replica, place) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET place = excluded.place`, n.id, of[:], int64(place))
	})
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cursors[of] = place
	return nil
}

func check(items []Item) error {
	for _, i := range items {
		if sha256.Sum256(i.Body) != i.Key {
			return fmt.Errorf("%w: its name is not its hash", ErrItem)
		}
		sealed, err := chunk.Parse(i.Body)
		if errors.Is(err, chunk.ErrNewer) {
			continue // it is kept for a later program
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrItem, err)
		}
		sort := docsync.Content
		if sealed.Kind.IsRecord() {
			sort = docsync.Record
		}
		if i.Sort != sort {
			return fmt.Errorf("%w: of another sort than it says", ErrItem)
		}
	}
	return nil
}

// news is the items that are not there, each once, and the last place.
func (n *Namespace) news(items []Item) (news []Item, last int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	doubled := map[docsync.Key]bool{}
	for _, i := range items {
		if _, ok := n.index.find(i.Key); !ok && !doubled[i.Key] {
			doubled[i.Key] = true
			news = append(news, i)
		}
	}
	return news, int64(len(n.index.rows))
}

// pay takes size from the quota of the tenant who pays for a namespace.
func pay(tx *sqlite.Tx, namespace, size int64) error {
	if err := mayPay(tx, namespace, size); err != nil || size == 0 {
		return err
	}
	return tx.Exec("UPDATE tenants SET used = used + ? WHERE id = (SELECT tenant FROM namespaces WHERE id = ?)", size, namespace)
}

// mayPay is ErrQuota if size is more than is left, and ErrGone if nobody pays.
func mayPay(tx *sqlite.Tx, namespace, size int64) error {
	var quota, used int64
	err := tx.Row([]any{&quota, &used}, `SELECT t.quota, t.used FROM namespaces n
		JOIN tenants t ON t.id = n.tenant WHERE n.id = ? AND n.secret IS NOT NULL`, namespace)
	if err == nil && size > 0 && quota > 0 && used+size > quota {
		err = ErrQuota
	}
	return gone(err)
}

// insert writes a body, and the item that has it.
func (n *Namespace) insert(tx *sqlite.Tx, place int64, i Item) error {
	if err := tx.Exec("INSERT INTO bodies (body) VALUES (?)", i.Body); err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO items (namespace, place, key, sort, size, body)
		VALUES (?, ?, ?, ?, ?, last_insert_rowid())`, n.id, place, i.Key[:], int64(i.Sort), len(i.Body))
}

// came puts into memory what is on the disk.
func (n *Namespace) came(news []Item) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, i := range news {
		n.index.add(row{key: i.Key, size: uint32(len(i.Body)), sort: i.Sort})
	}
	n.wake()
}

// cost is what bytes count against a quota.
func cost(size int) int64 { return int64(size) + overhead }
