//go:build linux

package lan

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grandcat/zeroconf"

	"corkboard/internal/lab"
)

const bound = 20 * time.Second

func TestMain(m *testing.M) {
	lab.Main(m, map[string]func([]string){"idle": idle, "browse": browse, "register": register})
}

// idle is there until it is asked to end. Its argument is its peer's name.
func idle(args []string) {
	began := time.Now()
	l := Start(Service{Peer: args[0], IPv4: Ports{TCP: 4001, UDP: 4002}, IPv6: Ports{TCP: 6001, UDP: 6002}}, func(f Found) {
		fmt.Println("found", f.Peer, f.IPs, "after", time.Since(began).Milliseconds())
	})
	fmt.Println("started", l.Instance())
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
	l.Close()
	fmt.Println("closed")
}

// browse looks with another program's implementation.
func browse([]string) {
	r, err := zeroconf.NewResolver(zeroconf.SelectIPTraffic(zeroconf.IPv4))
	if err != nil {
		fmt.Println("error", err)
		return
	}
	entries := make(chan *zeroconf.ServiceEntry)
	if err := r.Browse(context.Background(), "_corkboard._udp", "local.", entries); err != nil {
		fmt.Println("error", err)
		return
	}
	for e := range entries {
		fmt.Println("found", e.Instance, e.Port, e.AddrIPv4, e.Text)
	}
}

// register announces with another program's implementation.
func register(args []string) {
	s, err := zeroconf.RegisterProxy("0123456789abcdef", "_corkboard._udp", "local.", 4002, "0123456789abcdef",
		[]string{args[0]}, []string{"v=1", "p=other", "t=4001"}, nil)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	defer s.Shutdown()
	fmt.Println("started")
	select {}
}

// quiet starts a host that has said all it says by itself when this returns.
func quiet(t *testing.T, net *lab.Lab, h *lab.Host, name string) *lab.Process {
	t.Helper()
	capture := net.Capture("")
	began := time.Now()
	p := h.Role("idle", name)
	for capture.Multicast(began, time.Now()) < len(announceAt)+len(queryAt) {
		if time.Since(began) > bound {
			t.Fatalf("said too little: %v", capture.Frames())
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := capture.Stop(); err != nil {
		t.Fatal(err)
	}
	return p
}

// Two find each other: who comes is found by who is there, and finds them.
func TestTwoFindEachOther(t *testing.T) {
	for name, options := range map[string]lab.Options{
		"IPv4": {}, "both": {IPv6: true}, "IPv6": {IPv6: true, NoIPv4: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			net := lab.New(t, options)
			ha, hb := net.Host("a"), net.Host("b")
			a := quiet(t, net, ha, "peer-a")
			began := time.Now()
			b := hb.Role("idle", "peer-b")
			if said := a.Expect("found ", bound); !strings.HasPrefix(said, "peer-b [") || !strings.Contains(said, hb.IP) {
				t.Errorf("a found %s", said)
			}
			if said := b.Expect("found ", bound); !strings.HasPrefix(said, "peer-a [") || !strings.Contains(said, ha.IP) {
				t.Errorf("b found %s", said)
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("found each other after %v", took)
			}
			a.Stop()
			a.Expect("closed", bound)
		})
	}
}

// Cut off while both start, they find each other after the network is back: the
// addresses change with it.
func TestFoundAfterAChange(t *testing.T) {
	t.Parallel()
	net := lab.New(t, lab.Options{})
	ha, hb := net.Host("a"), net.Host("b")
	net.Partition([]*lab.Host{ha}, []*lab.Host{hb})
	a, b := quiet(t, net, ha, "peer-a"), quiet(t, net, hb, "peer-b")
	net.Heal()
	hb.Readdress("10.77.0.9")
	if said := a.Expect("found ", bound); !strings.HasPrefix(said, "peer-b [10.77.0.9") {
		t.Errorf("a found %s", said)
	}
	b.Expect("found peer-a", bound)
}

// Another implementation of multicast DNS finds this one, and is found.
func TestOthersUnderstand(t *testing.T) {
	t.Parallel()
	net := lab.New(t, lab.Options{})
	ha, hb := net.Host("a"), net.Host("b")
	a := quiet(t, net, ha, "peer-a")
	id := strings.TrimSpace(a.Expect("started", bound))
	b := hb.Role("browse")
	if said, want := b.Expect("found ", bound), id+" 4002 ["+ha.IP+"] [v=1 p=peer-a t=4001]"; said != want {
		t.Errorf("found %s, want %s", said, want)
	}
	other := net.Host("c")
	other.Role("register", other.IP).Expect("started", bound)
	if said := a.Expect("found ", bound); !strings.HasPrefix(said, "other ["+other.IP) {
		t.Errorf("a found %s", said)
	}
}
