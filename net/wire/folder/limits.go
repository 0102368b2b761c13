package folder

import "time"

// The limits of one transport.
const (
	maxEntries  = 4096 // names that are looked at in one folder
	maxPeers    = 256  // others that are listened to
	maxConns    = 32   // with those that are half open
	maxHalfOpen = 16   // called by somebody who has not shown that they are there
	maxUnheard  = 32   // connections that wait for Accept
	maxStreams  = 32   // of one connection, of each direction
	maxSwept    = 4    // folders of the long gone that are cleared in one pass

	maxPieces  = 4                                    // of a segment
	maxSealed  = 65535                                // bytes of a piece, as Noise says
	sealedMore = 16                                   // bytes that sealing adds
	maxPlain   = maxPieces * (maxSealed - sealedMore) // bytes that a segment carries
	maxBuffer  = maxPlain                             // bytes written that wait for a segment
	maxUnseen  = 4 << 20                              // bytes of segments that nobody has taken
	maxFiles   = 64                                   // such segments
	atOnce     = 4                                    // segments of each way in one turn

	maxWindow = 4 << 20  // of a stream, bytes
	maxGrowth = 64 << 20 // by which all windows together may have grown
)

// pace is how often is looked and how long is waited.
type pace struct {
	fast, slow time.Duration // between looks, when something has happened and when not
	beat       time.Duration // between two signs of life
	silence    time.Duration // without a sign, or with nothing taken: the other end is gone
	wrong      time.Duration // that a wrong file may last
	gone       time.Duration // that the other end's count may be missing
	late       time.Duration // that it may take to come
	yield      time.Duration // that a dial waits for an end that calls itself
	again      time.Duration // between two calls of one end that are answered
	watch      time.Duration // without a sign, until a folder counts as left behind
	dead       time.Duration // age of the last sign, of a folder left behind
}

var usual = pace{
	fast:    2 * time.Millisecond,
	slow:    time.Second,
	beat:    20 * time.Second,
	silence: 3 * time.Minute,
	wrong:   30 * time.Second,
	gone:    time.Second,
	late:    time.Minute,
	yield:   15 * time.Second,
	again:   250 * time.Millisecond,
	watch:   time.Minute,
	dead:    24 * time.Hour,
}

// next is how long to wait after a look: longer each time that nothing happened.
func (p pace) next(last time.Duration, busy bool) time.Duration {
	if busy {
		return p.fast
	}
	return min(max(last+last/4, p.fast), p.slow)
}
