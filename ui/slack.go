package ui

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The runtime keeps what was freed for a while, and takes a heap of the size of the last
// great picture for the usual. After the whole of a large board was painted that is
// a fifth of all the program holds, until something is painted again.
const (
	slackPace = time.Second
	slackMost = 32 << 20 // bytes that may lie around
	slackCalm = 4 << 20  // bytes allocated within slackPace while nothing happens
)

// giveBack gives memory that lies around back to the system whenever the program comes to rest,
// until it is stopped. It does its work on a goroutine of its own.
func giveBack() (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(slackPace)
		defer tick.Stop()
		for was := readHeap(); ; {
			select {
			case <-tick.C:
			case <-done:
				return
			}
			now := readHeap()
			if now.allocated-was.allocated < slackCalm && now.slack() > slackMost {
				debug.FreeOSMemory()
			}
			was = now
		}
	}()
	return func() { close(done) }
}

// heap is what the runtime says of the memory it manages, in bytes.
type heap struct {
	allocated uint64 // since the start
	objects   uint64 // in use, or not collected yet
	live      uint64 // was in use at the last collection
	free      uint64 // neither in use nor given back
}

// slack is about how many bytes could be given back.
func (h heap) slack() uint64 {
	if h.objects < h.live {
		return h.free
	}
	return h.free + h.objects - h.live
}

func readHeap() heap {
	s := []metrics.Sample{
		{Name: "/gc/heap/allocs:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(s)
	return heap{s[0].Value.Uint64(), s[1].Value.Uint64(), s[2].Value.Uint64(), s[3].Value.Uint64()}
}
