//go:build linux

package lab

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// Options say what kind of network it is.
type Options struct {
	IPv6   bool // hosts have link-local and fd00: addresses too
	NoIPv4 bool // and nothing else
}

// Lab is one bridge and the hosts on it. Its methods end the test when something
// fails, and are for the goroutine of the test.
type Lab struct {
	t       testing.TB
	options Options
	prefix  string
	bridges string // the namespace of the bridges
	extra   int    // bridges besides br0
	hosts   []*Host
}

// Host is a machine of its own: a namespace with one interface, eth0.
type Host struct {
	Name string
	IP   string // of eth0
	lab  *Lab
	ns   string
	port string // its end at the bridge
}

const bridge = "br0"

var labs atomic.Int64

// New makes a network without hosts, which is gone with the test.
func New(t testing.TB, o Options) *Lab {
	t.Helper()
	Need(t)
	sweep()
	l := &Lab{t: t, options: o, prefix: fmt.Sprintf("cblab-%d-%d-", os.Getpid(), labs.Add(1))}
	t.Cleanup(func() { remove(l.prefix) })
	l.bridges = l.namespace("net")
	l.addBridge(bridge)
	return l
}

// Host adds a machine to the bridge.
func (l *Lab) Host(name string) *Host {
	l.t.Helper()
	n := len(l.hosts) + 1
	h := &Host{Name: name, IP: fmt.Sprintf("10.77.0.%d", n), lab: l, port: "p" + strconv.Itoa(n)}
	h.ns = l.namespace(name)
	l.ip("-n", l.bridges, "link", "add", h.port, "type", "veth", "peer", "name", "eth0", "netns", h.ns)
	l.ip("-n", l.bridges, "link", "set", h.port, "master", bridge, "up")
	l.ip("-n", h.ns, "link", "set", "eth0", "up")
	if l.options.IPv6 {
		six := fmt.Sprintf("fd00:77::%d", n)
		l.ip("-n", h.ns, "addr", "add", six+"/64", "dev", "eth0", "nodad")
		if l.options.NoIPv4 {
			h.IP = six
		}
	}
	if !l.options.NoIPv4 {
		l.ip("-n", h.ns, "addr", "add", h.IP+"/24", "dev", "eth0")
		l.ip("-n", h.ns, "route", "add", "default", "dev", "eth0")
	}
	l.hosts = append(l.hosts, h)
	return h
}

// Readdress gives a host another IPv4 address, as a router does that has restarted.
func (h *Host) Readdress(ip string) {
	h.lab.t.Helper()
	h.lab.ip("-n", h.ns, "addr", "flush", "dev", "eth0", "scope", "global")
	h.lab.ip("-n", h.ns, "addr", "add", ip+"/24", "dev", "eth0")
	h.lab.ip("-n", h.ns, "route", "replace", "default", "dev", "eth0")
	h.IP = ip
}

// Partition lets hosts reach those of their own group only. Who is in no group
// reaches nobody. No host sees its link go down: frames are lost in silence.
func (l *Lab) Partition(groups ...[]*Host) {
	l.t.Helper()
	for _, h := range l.hosts {
		l.ip("-n", l.bridges, "link", "set", h.port, "nomaster")
	}
	for i, group := range groups {
		name := "br" + strconv.Itoa(i)
		if i > l.extra {
			l.addBridge(name)
			l.extra = i
		}
		for _, h := range group {
			l.ip("-n", l.bridges, "link", "set", h.port, "master", name)
		}
	}
}

// Heal joins all hosts again.
func (l *Lab) Heal() {
	l.t.Helper()
	l.Partition(l.hosts)
}

// namespace makes one and gives its full name.
func (l *Lab) namespace(name string) string {
	l.t.Helper()
	full := l.prefix + name
	l.ip("netns", "add", full)
	l.ip("-n", full, "link", "set", "lo", "up")
	if !l.options.IPv6 {
		l.in(full, "sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6; echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6")
	}
	return full
}

func (l *Lab) addBridge(name string) {
	l.t.Helper()
	l.ip("-n", l.bridges, "link", "add", name, "type", "bridge")
	l.ip("-n", l.bridges, "link", "set", name, "type", "bridge", "mcast_snooping", "0")
	l.ip("-n", l.bridges, "link", "set", name, "up")
}

// in runs a short program inside a namespace.
func (l *Lab) in(ns string, args ...string) {
	l.t.Helper()
	l.ip(append([]string{"netns", "exec", ns}, args...)...)
}

// ip runs the program of that name.
func (l *Lab) ip(args ...string) {
	l.t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		l.t.Fatalf("lab: ip %s: %v: %s", strings.Join(args, " "), err, out)
	}
}
