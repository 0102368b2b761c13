package identity

// State is what a person's log says. It is a value of its own: nobody changes
// it, any goroutine may read it.
type State struct {
	Person   PersonID
	Devices  map[DeviceID]DeviceInfo // all that ever belonged to the person
	Recovery []RecoveryKey           // those whose words count now; one, but for concurrent SetRecovery
	Profile  Profile
}

// DeviceInfo is what the log says of a device.
type DeviceInfo struct {
	KEM     []byte // public sealing key, not to be changed
	Name    string // as given when it was added
	Added   int64  // ms since 1970 UTC, as the adding device's clock had it
	Removed bool   // for good
}

// RecoveryKey is the public part of the recovery words.
type RecoveryKey struct {
	ID  DeviceID // signs
	KEM []byte   // to seal to
}

// Profile is how a person shows themselves to others.
type Profile struct {
	Name    string // at most MaxName bytes
	Colour  [3]byte
	Picture string // of portrait.Size bytes, or none
}

// Has says whether the device ever belonged to the person, even if it has been
// removed since.
func (s State) Has(id DeviceID) bool {
	_, ok := s.Devices[id]
	return ok
}

// Active says whether the device belongs to the person now.
func (s State) Active(id DeviceID) bool {
	info, ok := s.Devices[id]
	return ok && !info.Removed
}
