package joint

import (
	"errors"
	"strings"
	"testing"
	"time"

	"corkboard/net/wire"
	"corkboard/net/wire/folder"
	"corkboard/net/wire/memory"
	"corkboard/net/wire/wiretest"
)

func join(t *testing.T, n *memory.Network, name string) wire.Transport {
	t.Helper()
	at, err := n.Join(name)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func inFolder(t *testing.T, dir string) *folder.Transport {
	t.Helper()
	at, err := folder.New(folder.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func isFolder(a wire.Address) bool { return strings.HasPrefix(string(a), "folder:") }

func TestOneAloneIsATransport(t *testing.T) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		n := memory.New(1, nil)
		a, b = New(join(t, n, "a")), New(join(t, n, "b"))
		t.Cleanup(func() { a.Close(); b.Close() })
		return a, b
	})
}

// byFolder is a joint transport that is known by its name in a folder.
type byFolder struct {
	*Transport
	in *folder.Transport
}

func (b byFolder) Self() []byte              { return b.in.Self() }
func (b byFolder) Addresses() []wire.Address { return b.in.Addresses() }

func TestAFolderBesideAnotherIsATransport(t *testing.T) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		dir := t.TempDir()
		end := func() wire.Transport { // on networks that do not meet
			in := inFolder(t, dir)
			at := New(join(t, memory.New(1, nil), "alone"))
			at.Add(in, isFolder)
			t.Cleanup(func() { at.Close() })
			return byFolder{at, in}
		}
		return end(), end()
	})
}

func TestWhatIsClosedIsForgotten(t *testing.T) {
	n, dir := memory.New(1, nil), t.TempDir()
	a := New(join(t, n, "a"))
	defer a.Close()
	in, other := inFolder(t, dir), inFolder(t, dir)
	defer other.Close()
	a.Add(in, isFolder)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		a.mu.Lock()
		left := len(a.others)
		a.mu.Unlock()
		if left == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it stays")
		}
	}
	if _, err := a.Dial(t.Context(), other.Addresses()[0]); err == nil {
		t.Error("it is dialled")
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if _, err := a.Accept(t.Context()); !errors.Is(err, wire.ErrClosed) {
		t.Errorf("got %v", err)
	}
	late := inFolder(t, dir)
	a.Add(late, isFolder)
	if len(a.others) != 0 {
		t.Error("something is added after the end")
	}
	if err := late.Close(); err != nil {
		t.Error(err)
	}
}
