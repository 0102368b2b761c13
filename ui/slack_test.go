package ui

import (
	"runtime"
	"testing"
	"time"
)

func TestWhatLiesAroundIsGivenBack(t *testing.T) {
	stop := giveBack()
	defer stop()
	rubbish := make([][]byte, 0, 256)
	for range cap(rubbish) {
		rubbish = append(rubbish, make([]byte, 1<<20))
	}
	runtime.KeepAlive(rubbish)
	rubbish = nil
	for end := time.Now().Add(20 * time.Second); readHeap().slack() > slackMost; time.Sleep(slackPace / 4) {
		if time.Now().After(end) {
			t.Fatalf("%d bytes still lie around", readHeap().slack())
		}
	}
}
