package main

import (
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The clock of a thread goes on while that thread works, seen from another.
func TestThreadTime(t *testing.T) {
	thread, stop := make(chan int), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		thread <- unix.Gettid()
		for {
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	id := <-thread
	defer close(stop)
	before, deadline := threadTime(id), time.Now().Add(10*time.Second)
	for threadTime(id)-before < time.Millisecond {
		if time.Now().After(deadline) {
			t.Fatal("the clock of a busy thread stands still")
		}
		time.Sleep(time.Millisecond)
	}
}
