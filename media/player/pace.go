package player

import "time"

// hasty is how far before its time a device may take or give sound. Those that are files
// take all there is at once, and are held back, so that time is time on them as well.
const hasty = 250 * time.Millisecond

// pace counts frames against the clock.
type pace struct {
	rate   int
	began  time.Time // when the first passed
	frames int64
}

// passed notes frames and tells how long to wait before more of them.
func (p *pace) passed(frames int, now time.Time) time.Duration {
	if p.began.IsZero() {
		p.began = now
	}
	p.frames += int64(frames)
	early := time.Duration(p.frames)*time.Second/time.Duration(p.rate) - now.Sub(p.began)
	return min(max(0, early-hasty), hasty)
}
