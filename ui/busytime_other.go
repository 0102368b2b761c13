//go:build !linux

package ui

import "time"

var started = time.Now()

// busyTime is the time of the clock: frames seem as long as the wait between
// them.
func busyTime() time.Duration { return time.Since(started) }
