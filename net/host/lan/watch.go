package lan

import (
	"context"
	"net"
	"strings"
	"time"
)

// slept is how much further the clock on the wall may be than the time this process
// has lived through before the device counts as having slept.
const slept = 15 * time.Second

// Watch calls changed when the addresses of this device have changed, or when it has
// slept. It looks every so often and runs until the context ends.
func Watch(ctx context.Context, every time.Duration, changed func()) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	was, at := addresses(), time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		is, now := addresses(), time.Now()
		gap := now.Round(0).Sub(at.Round(0)) - now.Sub(at)
		if is != was || gap > slept {
			changed()
		}
		was, at = is, now
	}
}

// addresses are those of all interfaces, in the order of the system.
func addresses() string {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, a := range list {
		b.WriteString(a.String())
		b.WriteByte(' ')
	}
	return b.String()
}
