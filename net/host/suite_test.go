package host

import (
	"slices"
	"strings"
	"testing"

	"corkboard/net/wire"
	"corkboard/net/wire/wiretest"
)

func TestSuiteOverTCP(t *testing.T)  { suite(t, "/tcp/") }
func TestSuiteOverQUIC(t *testing.T) { suite(t, "/quic-v1/") }

// suite is the one of all transports, where only one of the ways is told.
func suite(t *testing.T, way string) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		return oneWay{start(t, Options{}), way}, oneWay{start(t, Options{}), way}
	})
}

// oneWay tells the addresses of one way only.
type oneWay struct {
	*Host
	way string
}

func (o oneWay) Addresses() []wire.Address {
	return slices.DeleteFunc(o.Host.Addresses(), func(a wire.Address) bool { return !strings.Contains(string(a), o.way) })
}
