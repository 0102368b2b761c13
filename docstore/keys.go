package docstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"sync"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

const keysName = "identity" // folder of the vault

// keys is who this profile belongs to, and the member that writes for them as
// soon as the vault is unlocked.
type keys struct {
	home   access.RecordID
	person identity.PersonID
	device identity.DeviceID

	guard sync.Mutex   // one uses the vault or copies its folder
	vault *vault.Vault // nil if there is none to read

	mu     sync.Mutex
	tried  chan struct{} // closed when it is known whether they open
	member *member.Member
	err    error      // why there is no member
	held   vault.Keys // what the vault holds, once there is a member
	state  KeyState   // without Known and Err
}

// openKeys reads the vault and begins to unlock it. A vault that cannot be read
// does not keep a profile shut: what the cache has can be seen and exported.
func (s *Store) openKeys() error {
	k := &keys{tried: make(chan struct{})}
	s.keys = k
	err := s.read(context.Background(), func(tx *sqlite.Tx) (err error) {
		k.home, err = readHome(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("reading whose profile it is: %w", err)
	}
	if k.vault, err = s.openVault(); err != nil {
		s.opt.Log.Error("the profile's keys cannot be read", "err", err)
		k.finish(nil, fmt.Errorf("%w: %w", ErrNoKeys, err))
		return nil
	}
	k.person, k.device, k.state.Protection = k.vault.Person(), k.vault.Device(), k.vault.Protection()
	s.works.Add(1)
	go func() {
		defer s.works.Done()
		s.tryKeys()
	}()
	return nil
}

// tryKeys unlocks with what the system holds.
func (s *Store) tryKeys() {
	k := s.keys
	k.guard.Lock()
	defer k.guard.Unlock()
	held, err := k.vault.Unlock()
	if err != nil && k.vault.Protection() == vault.UnderFile && s.readOnly == nil {
		held, err = s.keysOfCopy(err)
	}
	if err != nil {
		s.opt.Log.Warn("the profile's keys are locked", "err", err)
		k.finish(nil, fmt.Errorf("%w: %w", ErrLocked, err))
		s.board.wake()
		return
	}
	if err := s.take(held); err != nil {
		s.opt.Log.Error("the profile's keys do not open its documents", "err", err)
	}
}

// take makes the member of the keys that the vault has given, and mends their copy
// if a crash came between a change and it. Under guard.
func (s *Store) take(held vault.Keys) error {
	m, err := s.openMember(held)
	k := s.keys
	if err == nil {
		k.mu.Lock()
		k.held, k.state.WordsKept = held, held.Words != nil
		k.mu.Unlock()
	}
	k.finish(m, err)
	s.board.wake()
	if err != nil || s.readOnly != nil || s.vaultIsCopied() {
		return err
	}
	if err := s.backupVault(); err != nil {
		s.opt.Log.Error("the keys cannot be copied", "err", err)
	}
	return nil
}

// openMember makes the member of the records in the log.
func (s *Store) openMember(k vault.Keys) (*member.Member, error) {
	var list []replica.Item
	var bad []badRow
	err := s.read(context.Background(), func(tx *sqlite.Tx) (err error) {
		list, bad, err = readRecords(tx, homeCollection)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading records: %w", err)
	}
	s.quarantine("", bad)
	m, err := member.Open(rand.Reader, k, s.keys.home, list)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeys, err)
	}
	return m, nil
}

func (k *keys) finish(m *member.Member, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.member, k.err = m, err
	select {
	case <-k.tried:
	default:
		close(k.tried)
	}
}

// wait gives the member once it is known whether there is one.
func (k *keys) wait() (*member.Member, error) {
	<-k.tried
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.member, k.err
}

// failed tells at once why nothing can be written: nil while it is not known.
func (k *keys) failed() error {
	select {
	case <-k.tried:
		_, err := k.wait()
		return err
	default:
		return nil
	}
}

// found makes the person, the device and the collection of a fresh profile. The
// log comes first and the vault second: if a crash comes between, nothing was ever
// written with these keys.
func (s *Store) found() error {
	f, err := member.Found(rand.Reader, s.opt.Device, s.now())
	if err != nil {
		return err
	}
	err = s.write(func(tx *sqlite.Tx) error {
		if err := writeHome(tx, f.Collection); err != nil {
			return err
		}
		return writeRecords(tx, homeCollection, f.Records, s.now())
	})
	if err != nil {
		return err
	}
	return s.createVault(f)
}

// NewID mints the id of a document that will be created. It is the hash of how
// the document begins, so nobody else can make one of the same name.
func (s *Store) NewID() doc.ID {
	b := member.Beginning{Time: uint64(max(s.now(), 0))}
	_, _ = rand.Read(b.Nonce[:]) // never fails
	id := s.keys.genesis(b).Doc()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.minted[id] = b
	return id
}

// beginning is that of a document about to be created. An id that was not
// minted stays what the document is called here; the hash stands for it outside.
func (s *Store) beginning(id doc.ID) (chunk.DocumentID, member.Beginning) {
	s.mu.Lock()
	b, minted := s.minted[id]
	delete(s.minted, id)
	s.mu.Unlock()
	if !minted {
		b = member.Beginning{Nonce: nonceOf(id), Time: uint64(max(s.now(), 0))}
	}
	return s.keys.genesis(b), b
}

// nonceOf makes an older or chosen id part of the new one, for life.
func nonceOf(id doc.ID) [32]byte {
	if d, err := chunk.ParseDocumentID(id); err == nil {
		return d
	}
	return sha256.Sum256([]byte(id))
}

func (k *keys) genesis(b member.Beginning) chunk.DocumentID {
	g := chunk.Genesis{Collection: chunk.CollectionID(k.home), Person: k.person, Device: k.device, Nonce: b.Nonce, Time: b.Time}
	return g.ID()
}
