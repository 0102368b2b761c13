//go:build linux

package lan

import (
	"fmt"
	"os"
	"testing"
	"time"

	"corkboard/internal/lab"
)

// The budget of six hosts together.
const (
	hostsOfBudget = 6
	maxAtStart    = 120 // multicast packets of the first 30 s
	maxIdleRate   = 0.2 // a second, after the first minute
)

// Six hosts start at once and find all others within two seconds, with few multicast
// packets. With CORKBOARD_LONG=1 it also watches them being idle.
func TestMulticastBudget(t *testing.T) {
	t.Parallel()
	watch := 15 * time.Second
	if os.Getenv("CORKBOARD_LONG") != "" {
		watch = 90 * time.Second
	}
	net := lab.New(t, lab.Options{IPv6: true})
	var hosts []*lab.Host
	for i := range hostsOfBudget {
		hosts = append(hosts, net.Host(fmt.Sprint("h", i)))
	}
	capture := net.Capture("")
	began := time.Now()
	var all []*lab.Process
	for i, h := range hosts {
		all = append(all, h.Role("idle", fmt.Sprint("peer", i)))
	}
	for i, p := range all {
		for j := range all {
			if i != j {
				p.Expect(fmt.Sprint("found peer", j), bound)
			}
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("all have found all after %v", took)
	}
	time.Sleep(time.Until(began.Add(watch)))
	start := capture.Multicast(began, began.Add(30*time.Second))
	t.Logf("%d multicast packets of %d hosts in the first %v", start, hostsOfBudget, min(watch, 30*time.Second))
	if start > maxAtStart {
		t.Errorf("%d multicast packets at the start, at most %d are allowed", start, maxAtStart)
	}
	if start < 2*hostsOfBudget {
		t.Errorf("%d multicast packets: the capture does not see them", start)
	}
	if watch < time.Minute {
		return
	}
	idle := capture.Multicast(began.Add(time.Minute), began.Add(watch))
	rate := float64(idle) / (watch - time.Minute).Seconds()
	t.Logf("%.2f multicast packets a second when idle", rate)
	if rate > maxIdleRate {
		t.Errorf("%.2f multicast packets a second when idle, at most %v are allowed", rate, maxIdleRate)
	}
}
