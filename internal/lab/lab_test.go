//go:build linux

package lab

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const bound = 20 * time.Second

func TestMain(m *testing.M) {
	Main(m, map[string]func([]string){"listen": listen, "say": say})
}

// listen prints every datagram that comes, until it is killed.
func listen([]string) {
	c, err := net.ListenPacket("udp4", ":7777")
	if err != nil {
		fmt.Println("error", err)
		return
	}
	fmt.Println("ready")
	b := make([]byte, 2000)
	for {
		n, _, err := c.ReadFrom(b)
		if err != nil {
			return
		}
		fmt.Println("heard", string(b[:n]))
	}
}

// say sends a word to an address.
func say(args []string) {
	c, err := net.Dial("udp4", args[0]+":7777")
	if err == nil {
		_, err = c.Write([]byte(args[1]))
	}
	fmt.Println("said", err)
}

func TestPartitionAndHeal(t *testing.T) {
	l := New(t, Options{})
	a, b, c := l.Host("a"), l.Host("b"), l.Host("c")
	file := filepath.Join(t.TempDir(), "capture.pcap")
	capture := l.Capture(file)
	heard := b.Role("listen")
	heard.Expect("ready", bound)

	tell := func(from *Host, word string) {
		from.Role("say", b.IP, word).Expect("said", bound)
	}
	tell(a, "before")
	heard.Expect("heard before", bound)
	l.Partition([]*Host{a}, []*Host{b, c})
	tell(a, "through-the-gap")
	tell(c, "from-the-same-side")
	heard.Expect("heard from-the-same-side", bound)
	l.Heal()
	tell(a, "after")
	heard.Expect("heard after", bound)
	if all := strings.Join(heard.Lines(), " "); strings.Contains(all, "gap") {
		t.Errorf("a partition lets through: %s", all)
	}

	if err := capture.Stop(); err != nil {
		t.Fatal(err)
	}
	bytesOf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"before", "from-the-same-side", "after"} {
		if n := bytes.Count(bytesOf, []byte(word)); n != 1 {
			t.Errorf("%q is %d times in the capture", word, n)
		}
	}
	if frames := capture.Frames(); len(frames) < 3 {
		t.Errorf("%d frames", len(frames))
	}
}

func TestEverythingIsRemoved(t *testing.T) {
	Need(t)
	var l *Lab
	var pid int
	t.Run("within", func(t *testing.T) {
		l = New(t, Options{IPv6: true})
		p := l.Host("a").Role("listen")
		p.Expect("ready", bound)
		pid = p.Pid()
	})
	if left := namespaces(l.prefix); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil {
		t.Errorf("process %d runs on", pid)
	}
}

func TestMulticastIsCounted(t *testing.T) {
	l := New(t, Options{})
	a := l.Host("a")
	capture := l.Capture("")
	began := time.Now()
	a.Role("say", "224.0.0.251", "x").Expect("said", bound)
	a.Role("say", "10.77.0.255", "x").Expect("said", bound)
	for end := time.Now().Add(bound); capture.Multicast(began, time.Now()) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no multicast among %v", capture.Frames())
		}
	}
	if err := capture.Stop(); err != nil {
		t.Fatal(err)
	}
	if n := capture.Multicast(began, time.Now()); n != 1 {
		t.Errorf("%d multicast datagrams", n)
	}
}
