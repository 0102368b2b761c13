//go:build linux

package lab

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// linger is how long a capture that is asked to end reads on while frames still come.
const linger = 2 * time.Second

// Capture records every frame that enters the bridge, once.
type Capture struct {
	socket int
	ports  map[int]bool // interfaces of hosts
	file   *os.File
	stop   atomic.Int64 // when it was asked to end, Unix nanoseconds; 0: not yet
	ended  chan struct{}

	mu     sync.Mutex
	frames []Frame
	err    error
}

// Frame is what one frame was, without its bytes.
type Frame struct {
	At        time.Time
	Bytes     int
	Multicast bool // a UDP datagram to a multicast address
	Port      int  // the UDP port it goes to, 0 for other protocols
}

// Capture begins to record into a file in the form of pcap, which holds the bytes as
// they were on the wire. path may be "". Add hosts before. It ends with the test, or
// with Stop.
func (l *Lab) Capture(path string) *Capture {
	l.t.Helper()
	c := &Capture{ports: map[int]bool{}, ended: make(chan struct{})}
	if err := c.open(l, path); err != nil {
		l.t.Fatalf("lab: capture: %v", err)
	}
	go c.run()
	l.t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			l.t.Errorf("lab: capture: %v", err)
		}
	})
	return c
}

// open opens a raw socket inside the namespace of the bridges.
func (c *Capture) open(l *Lab, path string) error {
	runtime.LockOSThread()
	own, err := os.Open(fmt.Sprintf("/proc/self/task/%d/ns/net", unix.Gettid()))
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer own.Close()
	there, err := os.Open("/var/run/netns/" + l.bridges)
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer there.Close()
	if err := unix.Setns(int(there.Fd()), unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	err = c.openHere(l)
	if back := unix.Setns(int(own.Fd()), unix.CLONE_NEWNET); back != nil {
		return back // the thread stays locked, and ends with its goroutine
	}
	runtime.UnlockOSThread()
	if err != nil || path == "" {
		return err
	}
	if c.file, err = os.Create(path); err != nil {
		return err
	}
	_, err = c.file.Write(pcapStart())
	return err
}

func (c *Capture) openHere(l *Lab) error {
	for _, h := range l.hosts {
		i, err := net.InterfaceByName(h.port)
		if err != nil {
			return err
		}
		c.ports[i.Index] = true
	}
	all := int(binary.BigEndian.Uint16(binary.NativeEndian.AppendUint16(nil, unix.ETH_P_ALL)))
	var err error
	if c.socket, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, all); err != nil {
		return err
	}
	unix.SetsockoptInt(c.socket, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 64<<20)
	wait := unix.NsecToTimeval(int64(50 * time.Millisecond))
	return unix.SetsockoptTimeval(c.socket, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &wait)
}

// run reads frames until Stop.
func (c *Capture) run() {
	defer close(c.ended)
	buf := make([]byte, 1<<17)
	for {
		n, from, err := unix.Recvfrom(c.socket, buf, 0)
		switch err {
		case nil:
		case unix.EAGAIN, unix.EINTR:
			if c.stop.Load() != 0 {
				return
			}
			continue
		default:
			c.mu.Lock()
			c.err = err
			c.mu.Unlock()
			return
		}
		if asked := c.stop.Load(); asked != 0 && time.Since(time.Unix(0, asked)) > linger {
			return
		}
		at, ok := from.(*unix.SockaddrLinklayer)
		if !ok || !c.ports[at.Ifindex] || at.Pkttype == unix.PACKET_OUTGOING {
			continue
		}
		c.keep(buf[:n])
	}
}

func (c *Capture) keep(frame []byte) {
	now := time.Now()
	f := classify(frame)
	f.At = now
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frames = append(c.frames, f)
	if c.file != nil && c.err == nil {
		_, c.err = c.file.Write(pcapFrame(now, frame))
	}
}

// Frames are those seen so far.
func (c *Capture) Frames() []Frame {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Frame(nil), c.frames...)
}

// Multicast counts the multicast datagrams between two moments.
func (c *Capture) Multicast(from, to time.Time) int {
	n := 0
	for _, f := range c.Frames() {
		if f.Multicast && !f.At.Before(from) && f.At.Before(to) {
			n++
		}
	}
	return n
}

// Stop ends the recording when what has come so far is in the file, and says whether
// frames were lost.
func (c *Capture) Stop() error {
	if !c.stop.CompareAndSwap(0, time.Now().UnixNano()) {
		<-c.ended
		return nil
	}
	<-c.ended
	stats, err := unix.GetsockoptTpacketStats(c.socket, unix.SOL_PACKET, unix.PACKET_STATISTICS)
	unix.Close(c.socket)
	if c.file != nil {
		c.file.Close()
	}
	if c.err != nil {
		return c.err
	}
	if err == nil && stats.Drops > 0 {
		return fmt.Errorf("%d frames were lost", stats.Drops)
	}
	return err
}
