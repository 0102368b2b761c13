package docstore

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"sync"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/member"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

const keysName = "identity" // folder of the vault

// keys is who this profile belongs to, and what the vault holds as soon as it is
// unlocked.
type keys struct {
	person identity.PersonID
	device identity.DeviceID

	guard sync.Mutex   // one uses the vault or copies its folder
	vault *vault.Vault // nil if there is none to read

	mu    sync.Mutex
	tried chan struct{} // closed when it is known whether they open
	err   error         // why they do not
	held  vault.Keys    // what the vault holds, if err is nil
	state KeyState      // without Known and Err
}

// openKeys reads the vault and begins to unlock it. A vault that cannot be read
// does not keep a profile shut: what the cache has can be seen and exported.
func (s *Store) openKeys() error {
	k := &keys{tried: make(chan struct{})}
	s.keys = k
	err := s.readCollections()
	if err != nil {
		return fmt.Errorf("reading whose profile it is: %w", err)
	}
	if k.vault, err = s.openVault(); err != nil {
		s.opt.Log.Error("the profile's keys cannot be read", "err", err)
		k.finish(vault.Keys{}, fmt.Errorf("%w: %w", ErrNoKeys, err))
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
		k.finish(vault.Keys{}, fmt.Errorf("%w: %w", ErrLocked, err))
		s.board.wake()
		return
	}
	if err := s.take(held); err != nil {
		s.opt.Log.Error("the profile's keys do not open its documents", "err", err)
	}
}

// take takes the keys that the vault has given if they are those of the profile's
// own collection, and mends their copy if a crash came between a change and it.
// Under guard.
func (s *Store) take(held vault.Keys) error {
	home, k := s.home(), s.keys
	m, err := home.open(held)
	home.mu.Lock()
	home.member = m
	home.mu.Unlock()
	if err == nil {
		home.look(m)
	}
	k.finish(held, err)
	s.board.wake()
	s.collections.subs.Wake()
	if err != nil || s.readOnly != nil || s.vaultIsCopied() {
		return err
	}
	if err := s.backupVault(); err != nil {
		s.opt.Log.Error("the keys cannot be copied", "err", err)
	}
	return nil
}

func (k *keys) finish(held vault.Keys, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err = err; err == nil {
		k.held, k.state.WordsKept = held, held.Words != nil
	}
	select {
	case <-k.tried:
	default:
		close(k.tried)
	}
}

// wait gives the keys once it is known whether they open.
func (k *keys) wait() (vault.Keys, error) {
	<-k.tried
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held, k.err
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
		var none int64
		return writeRecords(tx, homeCollection, f.Records, s.now(), &none)
	})
	if err != nil {
		return err
	}
	return s.createVault(f)
}

// mint is how a document will begin, and where.
type mint struct {
	member.Beginning
	in *collection
}

// NewID mints the id of a document that will be created in the profile's own
// collection. It is the hash of how the document begins, so nobody else can make
// one of the same name.
func (s *Store) NewID() doc.ID { return s.mint(s.home()) }

// NewIDIn is NewID for another collection. ErrNoCollection.
func (s *Store) NewIDIn(collection access.RecordID) (doc.ID, error) {
	c, err := s.collections.get(collection)
	if err != nil {
		return "", err
	}
	return s.mint(c), nil
}

func (s *Store) mint(c *collection) doc.ID {
	b := member.Beginning{Time: uint64(max(s.now(), 0))}
	_, _ = rand.Read(b.Nonce[:]) // never fails
	id := c.genesis(b).Doc()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.minted[id] = mint{b, c}
	return id
}

// beginning is that of a document about to be created. An id that was not
// minted stays what the document is called here; the hash stands for it outside.
func (s *Store) beginning(id doc.ID) (chunk.DocumentID, mint) {
	s.mu.Lock()
	b, minted := s.minted[id]
	delete(s.minted, id)
	s.mu.Unlock()
	if !minted {
		b = mint{member.Beginning{Nonce: nonceOf(id), Time: uint64(max(s.now(), 0))}, s.home()}
	}
	return b.in.genesis(b.Beginning), b
}

// nonceOf makes an older or chosen id part of the new one, for life.
func nonceOf(id doc.ID) [32]byte {
	if d, err := chunk.ParseDocumentID(id); err == nil {
		return d
	}
	return sha256.Sum256([]byte(id))
}
