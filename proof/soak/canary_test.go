//go:build linux

package soak

import (
	"strings"
	"testing"

	"corkboard/internal/plant"
)

// leaks are a goroutine that stays for each connection of a device, and bytes that stay
// for each of a storage peer.
var leaks = []plant.Fault{
	{
		File: "net/node/link.go",
		Old:  "\tl.ctx, l.cancel = context.WithCancelCause(n.ctx)\n",
		New:  "\tl.ctx, l.cancel = context.WithCancelCause(n.ctx)\n\tfor range 4 {\n\t\tgo func() { select {} }()\n\t}\n",
	},
	{
		File: "net/blind/link.go",
		Old:  "func newLink(ctx context.Context, s *Server, conn wire.Conn) *link {\n",
		New:  "var leaked = map[int][]byte{}\n\nfunc newLink(ctx context.Context, s *Server, conn wire.Conn) *link {\n\tleaked[len(leaked)] = make([]byte, 64<<10)\n",
	},
}

const canaryRounds = 8

// canary is a short soak of programs that leak. It says what was noticed.
func canary(t *testing.T, seed uint64) string {
	t.Helper()
	o := newOffice(t, probed(t, leaks...), seed, 0)
	faults, _ := o.soaked(0, canaryRounds, 0, false)
	said := strings.Join(faults, "; ")
	for _, want := range []string{"more goroutines", "storage-peer: what it holds grows"} {
		if !strings.Contains(said, want) {
			t.Errorf("the planted leaks were not noticed: no %q in %q", want, said)
		}
	}
	return said
}
