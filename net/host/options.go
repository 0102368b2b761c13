package host

import (
	"crypto/ed25519"
	"time"
)

// Options say how a Host is reached. The zero value is a desktop's: a name of its
// own at each start, any free port, no help for others.
type Options struct {
	// Key is the name that others dial. nil makes one for this start.
	Key ed25519.PrivateKey
	// Listen are the IP addresses and ports to listen on, as "192.0.2.1:4001" or
	// "[::]:0", each with TCP and QUIC. nil is every address with a free port. A
	// port that is given must be free.
	Listen []string
	// Public says that others reach this host from the internet without help.
	Public bool
	// Punch lets a relayed connection be replaced by a direct one through both
	// sides' routers.
	Punch bool
	// Relay passes bytes on for others. nil does not.
	Relay *Relay

	pulse time.Duration // between pings; 0 is pingEvery
}

// Relay says for whom bytes are passed on. The functions are called on any
// goroutine and must not block. Names are those of Transport.Self.
type Relay struct {
	// Reserve says whether someone may be reached through this host.
	Reserve func(name []byte) bool
	// Connect says whether one may be connected to another, who has reserved.
	Connect func(from, to []byte) bool
}
