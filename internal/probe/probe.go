package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"

	"corkboard/internal/plant"
)

// Variable names the socket where a program answers that has the probe.
const Variable = "CORKBOARD_PROBE"

// Reading is what a process holds.
type Reading struct {
	Heap       uint64 // bytes that Go code can reach, after two collections
	Goroutines int
	Stacks     string // of goroutines, alike ones counted
}

// Into are the changes that give a program the probe: its main file is at a path of the
// module and has a line of main before which nothing is to be watched.
func Into(file, line string) []plant.Fault {
	return []plant.Fault{
		{File: file, Old: "import (\n", New: "import (\n\t\"corkboard/internal/probe\"\n"},
		{File: file, Old: line, New: line + "\n\tprobe.Begin()"},
	}
}

// Begin answers at the socket that the environment names, until the process ends. A
// second process with the same environment stays silent.
func Begin() {
	path := os.Getenv(Variable)
	if path == "" {
		return
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			answer(c)
		}
	}()
}

// answer gives one reading, or the profile of the heap.
func answer(c net.Conn) {
	defer c.Close()
	question := make([]byte, 1)
	if _, err := c.Read(question); err != nil {
		return
	}
	r := read()
	if question[0] == askHeap {
		_ = pprof.Lookup("heap").WriteTo(c, 0)
		return
	}
	_ = json.NewEncoder(c).Encode(r)
}

const (
	askReading = 'r'
	askHeap    = 'h'
)

func read() (r Reading) {
	runtime.GC() // the first lets finalizers run, the second takes what they held
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	r.Heap, r.Goroutines = m.HeapAlloc, runtime.NumGoroutine()
	var stacks strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
	r.Stacks = stacks.String()
	return r
}

// Ask reads the probe of a process. It blocks for two collections there.
func Ask(ctx context.Context, path string) (r Reading, err error) {
	b, err := ask(ctx, path, askReading)
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		return r, fmt.Errorf("asking a probe: %w", err)
	}
	return r, nil
}

// Heap is a profile of what a process holds, for `go tool pprof`.
func Heap(ctx context.Context, path string) ([]byte, error) {
	b, err := ask(ctx, path, askHeap)
	if err != nil {
		return nil, fmt.Errorf("asking a probe for its heap: %w", err)
	}
	return b, nil
}

func ask(ctx context.Context, path string, what byte) ([]byte, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := c.SetDeadline(end); err != nil {
			return nil, err
		}
	}
	if _, err := c.Write([]byte{what}); err != nil {
		return nil, err
	}
	return io.ReadAll(c)
}
