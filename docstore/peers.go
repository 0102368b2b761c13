package docstore

import (
	"context"
	"fmt"

	"corkboard/identity"
	"corkboard/sqlite"
)

// PeerReplica is another device's copy of a collection.
type PeerReplica struct {
	Replica [16]byte
	Person  identity.PersonID // zero: it does not say, such as a storage peer
	Device  identity.DeviceID
	Seen    uint64 // up to which of its places everything is here
	Acked   uint64 // up to which of ours it has said that everything is there
	Time    int64  // of the newest word, ms since 1970 UTC
}

// maxPeers is how many other copies of a collection are remembered: those that were
// heard of last. Anybody who knows the collection can make up more. With one that is
// forgotten everything is compared when it comes again.
const maxPeers = 1024

// oldest is whoever was not heard of for longest.
func oldest(peers map[[16]byte]PeerReplica) (replica [16]byte) {
	first := true
	for id, p := range peers {
		if first || p.Time < peers[replica].Time {
			replica, first = id, false
		}
	}
	return replica
}

// peer is a word of another replica on its way to the disk.
type peer struct{ PeerReplica }

func writePeers(tx *sqlite.Tx, batch []*item) error {
	in := map[int64]bool{}
	for _, i := range batch {
		if i.peer == nil {
			continue
		}
		p := i.peer
		in[i.in.row] = true
		err := tx.Exec(`INSERT INTO peers (collection, replica, person, device, seen, acked, time) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (collection, replica) DO UPDATE SET person = excluded.person, device = excluded.device,
			seen = max(seen, excluded.seen), acked = max(acked, excluded.acked), time = excluded.time`,
			i.in.row, p.Replica[:], p.Person[:], p.Device[:], int64(p.Seen), int64(p.Acked), p.Time)
		if err != nil {
			return fmt.Errorf("writing what another has: %w", err)
		}
	}
	for row := range in {
		err := tx.Exec(`DELETE FROM peers WHERE collection = ?1 AND replica NOT IN
			(SELECT replica FROM peers WHERE collection = ?1 ORDER BY time DESC LIMIT ?2)`, row, maxPeers)
		if err != nil {
			return fmt.Errorf("forgetting what others had: %w", err)
		}
	}
	return nil
}

// readPeers is all that others have said in a collection.
func (c *collection) readPeers() (map[[16]byte]PeerReplica, error) {
	out := map[[16]byte]PeerReplica{}
	err := c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var p PeerReplica
			var replica, person, device []byte
			var seen, acked int64
			if err := scan(&replica, &person, &device, &seen, &acked, &p.Time); err != nil {
				return err
			}
			copy(p.Replica[:], replica)
			copy(p.Person[:], person)
			copy(p.Device[:], device)
			p.Seen, p.Acked = uint64(seen), uint64(acked)
			out[p.Replica] = p
			return nil
		}, "SELECT replica, person, device, seen, acked, time FROM peers WHERE collection = ?", c.row)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what others have: %w", err)
	}
	return out, nil
}
