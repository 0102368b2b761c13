package docstore

import (
	"corkboard/access"
	"corkboard/identity"
)

// SealForDevices seals a secret so that only the devices of this person open it, and
// only as that of the same id. Errors: ErrLocked, ErrNoKeys.
func (s *Store) SealForDevices(id [32]byte, secret []byte) ([]byte, error) {
	k, err := s.keys.wait()
	if err != nil {
		return nil, err
	}
	return sealSecret(k, access.RecordID(id), secret)
}

// OpenFromDevices opens what SealForDevices has made on any of them, of a length in
// bytes. Errors: identity.ErrCannotOpen, ErrLocked, ErrNoKeys.
func (s *Store) OpenFromDevices(id [32]byte, sealed []byte, length int) ([]byte, error) {
	if len(sealed) > length+identity.MasterOverhead {
		return nil, identity.ErrCannotOpen
	}
	k, err := s.keys.wait()
	if err != nil {
		return nil, err
	}
	return openSecret(k, access.RecordID(id), sealed, length)
}
