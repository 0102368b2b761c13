package docstore

import (
	"bytes"
	"fmt"

	"corkboard/access"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
)

// writeRecords keeps persons' and access records of a collection that begins.
func writeRecords(tx *sqlite.Tx, collection int64, list []replica.Item, time int64, next *int64) error {
	for _, i := range list {
		*next++
		if err := writeRecord(tx, collection, *next, i, time); err != nil {
			return err
		}
	}
	return nil
}

func writeRecord(tx *sqlite.Tx, collection, place int64, i replica.Item, time int64) error {
	err := tx.Exec(`INSERT INTO records (id, collection, sort, body, body_hash, time) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (collection, body_hash) DO UPDATE SET id = excluded.id, body = excluded.body WHERE body <> excluded.body`,
		place, collection, int64(i.Sort), i.Raw, i.Key[:], time)
	if err != nil {
		return fmt.Errorf("writing a record: %w", err)
	}
	return nil
}

// readLastRow is the newest place: chunks and records are counted together, so that
// what comes later has a larger number.
func readLastRow(tx *sqlite.Tx, last *int64) error {
	return tx.Row([]any{last}, "SELECT max((SELECT coalesce(max(id), 0) FROM chunks), (SELECT coalesce(max(id), 0) FROM records))")
}

// readRecords reads those of a collection, oldest first. Damaged rows are handed
// back apart.
func readRecords(tx *sqlite.Tx, collection int64) (list []replica.Item, bad []badRow, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var row, sort int64
		var body, hash []byte
		if err := scan(&row, &sort, &body, &hash); err != nil {
			return err
		}
		if !bytes.Equal(hash, bodyHash(body)) {
			bad = append(bad, badRow{"records", row, "", body, hash, wrongHash})
			return nil
		}
		list = append(list, replica.Item{Sort: replica.Sort(sort), Key: replica.Key(hash), Raw: body})
		return nil
	}, "SELECT id, sort, body, body_hash FROM records WHERE collection = ? ORDER BY id", collection)
	return list, bad, err
}

// readHome is the id of the profile's own collection; sqlite.ErrNoRows if there
// is none yet.
func readHome(tx *sqlite.Tx) (id access.RecordID, err error) {
	var genesis []byte
	if err := tx.Row([]any{&genesis}, "SELECT genesis FROM collections WHERE id = ?", homeCollection); err != nil {
		return id, err
	}
	if len(genesis) != len(id) {
		return id, fmt.Errorf("%w: no id of a collection", ErrDamaged)
	}
	return access.RecordID(genesis), nil
}

func writeHome(tx *sqlite.Tx, id access.RecordID) error {
	return tx.Exec("INSERT INTO collections (id, genesis) VALUES (?, ?)", homeCollection, id[:])
}
