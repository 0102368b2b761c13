package host

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"corkboard/net/wire"
)

func TestRelayPassesBytesOn(t *testing.T) {
	var tenant []byte
	keeper := start(t, Options{Public: true, Relay: &Relay{
		Reserve: func(name []byte) bool { return bytes.Equal(name, tenant) },
		Connect: func(_, to []byte) bool { return bytes.Equal(to, tenant) },
	}})
	a, b := start(t, Options{}), start(t, Options{})
	tenant = b.Self()
	at := address(t, keeper, "tcp")
	if _, err := a.Reserve(within(t), at); !errors.Is(err, ErrNoRelay) {
		t.Errorf("a stranger has reserved: %v", err)
	}
	r, err := b.Reserve(within(t), at)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Addresses) == 0 {
		t.Fatal("no address over the relay")
	}
	over := r.Addresses[0]
	told := false
	for _, own := range b.Addresses() {
		told = told || own == over
	}
	if !told {
		t.Errorf("%s is not among %v", over, b.Addresses())
	}
	ab, err := a.Dial(within(t), over)
	if err != nil {
		t.Fatal(err)
	}
	ba, err := b.Accept(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if ab.Step() != wire.StepRelayed || ba.Step() != wire.StepRelayed {
		t.Errorf("the steps are %v and %v", ab.Step(), ba.Step())
	}
	s, w := pair(t, ab, ba, "/corkboard/sync/1")
	go s.Write(bytes.Repeat([]byte("x"), 1<<20))
	carriesMany(t, w, 1<<20)

	// A direct way appears: it replaces the relayed one on both sides.
	direct, err := a.Dial(within(t), address(t, b, "tcp"))
	if err != nil {
		t.Fatal(err)
	}
	if direct.Step() != wire.StepLocal {
		t.Errorf("dialled directly, went %v", direct.Step())
	}
	<-ab.Done()
	<-ba.Done()

	keeper.Close()
	until(t, "addresses at a relay go with it", func() bool {
		for _, own := range b.Addresses() {
			if strings.Contains(string(own), "p2p-circuit") {
				return false
			}
		}
		return true
	})
}
