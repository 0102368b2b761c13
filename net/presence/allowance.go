package presence

import "time"

// What one stream may send us. An honest one stays below plenty; after a pause
// of its connection a few seconds' worth come at once.
const (
	plenty      = 40 // messages a second
	plentyBurst = 60
	absurd      = 500
	absurdBurst = 2000
)

// bucket counts what comes; it runs dry at a rate.
type bucket struct {
	level float64
	at    time.Time
}

// add counts one more and reports whether that is more than burst above rate
// a second.
func (b *bucket) add(now time.Time, rate, burst float64) (over bool) {
	if past := now.Sub(b.at).Seconds(); past > 0 {
		b.level = max(0, b.level-past*rate)
	}
	b.at = now
	if b.level+1 > burst {
		return true
	}
	b.level++
	return false
}
