//go:build !linux

package lean

import "time"

var start = time.Now()

// spent is the time of the clock: other systems do not tell a thread's own.
func spent() time.Duration { return time.Since(start) }
