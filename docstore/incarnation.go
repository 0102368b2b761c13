package docstore

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"corkboard/sqlite"
)

// incarnationName is a file that says how often this log has been counted. A log
// that was restored from a backup says another number.
const incarnationName = "incarnation"

// replicaBase names this log among all copies of it: drawn anew when the log is not
// the one that this device has gone on with. Otherwise others would believe that they
// have what is yet to come here.
func (s *Store) replicaBase() ([16]byte, error) {
	s.naming.Lock()
	defer s.naming.Unlock()
	if s.named {
		return s.base, nil
	}
	if s.readOnly != nil {
		return s.base, ErrReadOnly
	}
	var text, times string
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		err := tx.Row([]any{&text}, "SELECT value FROM meta WHERE name = 'replica'")
		if err == nil {
			err = tx.Row([]any{&times}, "SELECT value FROM meta WHERE name = 'incarnation'")
		}
		return err
	})
	if err != nil && !errors.Is(err, sqlite.ErrNoRows) {
		return s.base, err
	}
	beside, _ := os.ReadFile(s.profile.path(incarnationName))
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s.base) || strings.TrimSpace(string(beside)) != times {
		b = make([]byte, len(s.base))
		_, _ = rand.Read(b) // never fails
	}
	n, _ := strconv.ParseUint(times, 10, 62)
	next := strconv.FormatUint(n+1, 10)
	err = s.write(func(tx *sqlite.Tx) error {
		return tx.Exec("INSERT OR REPLACE INTO meta (name, value) VALUES ('replica', ?), ('incarnation', ?)", hex.EncodeToString(b), next)
	})
	if err == nil {
		err = ReplaceFile(s.profile.path(incarnationName), []byte(next+"\n"))
	}
	if err != nil {
		return s.base, fmt.Errorf("counting: %w", err)
	}
	s.base, s.named = [16]byte(b), true
	return s.base, nil
}
