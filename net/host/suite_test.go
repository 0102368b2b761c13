package host

import (
	"testing"

	"corkboard/net/wire"
	"corkboard/net/wire/wiretest"
)

// Over each of its ways a host keeps what package wire promises.
func TestHostIsATransport(t *testing.T) {
	for _, way := range []string{"tcp", "quic"} {
		t.Run(way, func(t *testing.T) {
			wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
				x, y := start(t, Options{}), start(t, Options{})
				return over{x, address(t, x, way)}, over{y, address(t, y, way)}
			})
		})
	}
}

// over is a host that says only one of its addresses.
type over struct {
	*Host
	address wire.Address
}

func (o over) Addresses() []wire.Address { return []wire.Address{o.address} }
