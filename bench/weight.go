package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// ticksPerSecond is in what the kernel tells processor time.
const ticksPerSecond = 100

// watchWeight looks at the memory of a process every tenth of a second; the function
// ends that and tells by how many MB it has grown at most.
func watchWeight(pid int) func() float64 {
	first, _ := resident(pid)
	most, done, over := first, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
				now, _ := resident(pid)
				most = max(most, now)
			}
		}
	}()
	return func() float64 {
		close(done)
		<-over
		return most - first
	}
}

// processorTime is what a process has had so far, in seconds; 0 if it is gone.
func processorTime(pid int) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticksPerSecond
}
