package host

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	ma "github.com/multiformats/go-multiaddr"

	"corkboard/net/wire"
)

// A relay that goes and comes back under the same name has its reservation again.
func TestStayReachable(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	everybody := &Relay{
		Reserve: func([]byte) bool { return true },
		Connect: func([]byte, []byte) bool { return true },
	}
	keeper := start(t, Options{Key: key, Public: true, Relay: everybody})
	at := address(t, keeper, "tcp")
	listen := keeper.ports(ma.P_IP4).TCP
	a := start(t, Options{})
	changed := make(chan struct{}, 64)
	ctx, cancel := context.WithCancel(context.Background())
	var staying sync.WaitGroup
	staying.Go(func() { a.StayReachable(ctx, at, func() { changed <- struct{}{} }) })
	reachable := func() bool {
		return slices.ContainsFunc(a.Addresses(), func(own wire.Address) bool { return strings.Contains(string(own), "p2p-circuit") })
	}
	<-changed
	if !reachable() {
		t.Errorf("told of a change, but not reachable: %v", a.Addresses())
	}
	keeper.Close()
	<-changed
	if reachable() {
		t.Errorf("the relay is gone, but its address is not: %v", a.Addresses())
	}
	start(t, Options{Key: key, Public: true, Relay: everybody, Listen: []string{"127.0.0.1:" + strconv.Itoa(listen)}})
	<-changed
	if !reachable() {
		t.Errorf("the relay is back, but not its address: %v", a.Addresses())
	}
	cancel()
	staying.Wait()
}

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
