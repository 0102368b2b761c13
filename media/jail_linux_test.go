package media

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// The planted worker: it tries one way out, and says how that went.
func init() {
	operations["test-escape"] = func(_ *desk, r request) (*reply, error) {
		i := slices.IndexFunc(escapes, func(e escape) bool { return e.name == r.Name })
		switch err := escapes[i].try(groundOf(r.Path)); {
		case err == nil:
			return &reply{body: []byte("nothing")}, nil
		case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES), errors.Is(err, unix.ENOSYS):
			return &reply{body: []byte(jailed)}, nil
		default: // the attempt was wrong, or something else than the jail is in its way
			return &reply{body: []byte(err.Error())}, nil
		}
	}
}

const jailed = "the jail"

// testGround has what the escapes need, so that only the jail can stop them.
func testGround(t *testing.T) ground {
	t.Helper()
	folder := t.TempDir()
	g := ground{socket: filepath.Join(folder, "socket"), folder: folder}
	for _, l := range []struct{ network, address string }{{"tcp", "127.0.0.1:0"}, {"unix", g.socket}} {
		listener, err := net.Listen(l.network, l.address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		if l.network == "tcp" {
			g.address = listener.Addr().String()
		}
	}
	for _, name := range []string{"old", "spare"} {
		if err := os.WriteFile(g.file(name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// Each way out is tried by a worker of its own, as the program starts them.
func TestJail(t *testing.T) {
	g, input := testGround(t), write(t, "x", []byte("x"))
	for _, e := range escapes {
		t.Run(e.name, func(t *testing.T) {
			closed := make(chan struct{})
			child, err := startChild(Options{}.withDefaults(), closed)
			if err != nil {
				t.Fatal(err)
			}
			defer child.kill()
			// Landlock alone leaves some ways; seccomp, which nearly every kernel has, takes all.
			if len(child.jail) == 0 || e.by == "seccomp" && !slices.Contains(child.jail, "seccomp") {
				t.Skipf("this kernel has nothing to hold it: %v", child.jail)
			}
			f, err := os.Open(input)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			j := &job{
				ctx: testContext(t), may: allowance{body: 10_000},
				req: request{Op: "test-escape", Name: e.name, Path: g.String()},
			}
			out, err := child.exchange(j, f, defaultWall, closed)
			if err != nil {
				t.Fatalf("no answer: %v", err)
			}
			if by := string(out.body); by != jailed {
				t.Errorf("what keeps the worker from it: %s", by)
			}
		})
	}
}

// Without the jail the attempts succeed: else the test above would prove nothing.
func TestEscapesWorkOutside(t *testing.T) {
	g := testGround(t)
	for _, e := range escapes {
		if !e.safe {
			continue
		}
		if err := e.try(g); err != nil && !strings.Contains(e.name, "ring") { // which some kernels forbid
			t.Errorf("cannot %s even here: %v", e.name, err)
		}
	}
}
