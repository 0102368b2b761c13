package identity

// The limits of a person's log. No honest person comes near them.
const (
	MaxRecord    = 16 << 10 // bytes of a record with its signature
	MaxName      = 200      // bytes of a name
	MaxParents   = 64       // parents of a record, and heads in a frontier
	MaxDevices   = 64       // active devices, beyond which only the recovery key adds one
	MaxByDevice  = 1024     // records of one device
	MaxByDevices = 4096     // records of all devices
	MaxByWords   = 256      // records of recovery keys
	MaxWaiting   = 256      // records that wait for their parents
)

const (
	// Domain is what the records of a person's log are hashed and signed under.
	Domain = "corkboard/person/1"

	deviceProofDomain   = "corkboard/person/device/1"
	recoveryProofDomain = "corkboard/person/recovery/1"

	recordVersion = 1
	maxTime       = 1 << 53 // ms
)

type kind uint8

const (
	genesis kind = iota + 1
	addDevice
	removeDevice
	setKEM
	setProfile
	setRecovery
)

// role says which kind of key signed.
type role uint8

const (
	byDevice role = iota
	byRecovery
)

// A fact is a decoded record. Its byte slices are parts of the raw record.
type fact struct {
	id      RecordID
	role    role
	author  DeviceID
	kind    kind
	person  PersonID // of a genesis: its id
	parents []RecordID
	at      int64 // ms, claimed

	nonce    [16]byte    // genesis
	device   DeviceID    // genesis (the author), addDevice, removeDevice
	kem      []byte      // genesis, addDevice, setKEM
	name     string      // genesis, addDevice
	proof    []byte      // addDevice, setRecovery
	frontier []RecordID  // removeDevice by a recovery key; none: the parents
	profile  Profile     // setProfile
	recovery RecoveryKey // genesis, setRecovery
}
