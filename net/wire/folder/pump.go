package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"corkboard/net/wire"
)

// pump moves what a line carries between its buffers and the folder. All but line
// and pulse belongs to its goroutine.
type pump struct {
	pace         pace
	disk         disk
	mine, theirs string // how the files of both ends begin
	keys         keys
	pulse        *atomic.Pointer[time.Time] // of the other end's last sign of life
	line         *line
	tally        *tally

	greet   bool      // the other end waits for a segment, be it empty
	next    uint64    // segment that is to come
	said    uint64    // count that the other end can read
	seen    uint64    // segments that the other end has taken
	unseen  []int     // bytes of those that follow, which stand in the folder
	bytes   int       // their sum
	stirred time.Time // when something came
	owed    time.Time // since when the other end has taken nothing of what is there
	wrong   time.Time // since when the next segment is wrong
	there   bool      // the other end's count has been read
	missing time.Time // since when it is not there
}

// Network and String make it an address for the multiplexer.
func (p *pump) Network() string { return "folder" }
func (p *pump) String() string  { return p.theirs }

// run works until the line is over, and removes its files.
func (p *pump) run() {
	now := time.Now()
	p.stirred, p.owed, p.missing = now, now, now
	timer := time.NewTimer(0)
	defer timer.Stop()
	for wait := p.pace.fast; ; {
		select {
		case <-p.line.done:
			p.clean()
			return
		case <-p.line.kick:
		case <-timer.C:
		}
		busy, err := p.turn()
		if err != nil {
			p.line.fail(err)
		}
		wait = p.pace.next(wait, busy)
		timer.Reset(wait)
	}
}

// turn does all that can be done now, up to a bound; busy says that it was something.
func (p *pump) turn() (busy bool, err error) {
	root, err := p.disk.open()
	if err != nil {
		return false, err
	}
	defer root.Close()
	now := time.Now()
	for _, step := range []func(*os.Root, time.Time) (bool, error){p.count, p.receive, p.say, p.send} {
		did, err := step(root, now)
		if err != nil {
			return true, err
		}
		busy = busy || did
	}
	return busy, p.lasts(now)
}

// count learns what the other end has taken, and removes it.
func (p *pump) count(root *os.Root, now time.Time) (busy bool, err error) {
	b, err := read(root, seenFile(p.theirs), maxSeen)
	if errors.Is(err, fs.ErrNotExist) {
		return false, p.misses(root, now)
	}
	p.missing = now
	n, bad := decodeCount(b)
	if err != nil || bad != nil || n > p.seen+uint64(len(p.unseen)) {
		return false, nil // it may be copied by half: lasts knows how long
	}
	p.there = true
	for ; p.seen < n; p.seen++ {
		root.Remove(segmentFile(p.mine, p.seen))
		p.tally.gone(p.unseen[0])
		p.bytes -= p.unseen[0]
		p.unseen = p.unseen[1:]
		p.owed, busy = now, true
	}
	return busy, nil
}

// misses says whether the other end has gone, or this end's files have.
func (p *pump) misses(root *os.Root, now time.Time) error {
	bound := p.pace.late
	if p.there {
		bound = p.pace.gone
	}
	if now.Sub(p.missing) < bound {
		return nil
	}
	if _, err := root.Lstat(seenFile(p.mine)); err != nil {
		return fmt.Errorf("%w: what was written is gone: %w", ErrFolder, err)
	}
	return wire.ErrClosed
}

func (p *pump) isHeard() bool {
	select {
	case <-p.line.heard:
		return true
	default:
		return false
	}
}

// receive takes segments while there is room.
func (p *pump) receive(root *os.Root, now time.Time) (busy bool, err error) {
	for range atOnce {
		if _, room := p.line.state(); !room {
			return busy, nil
		}
		b, err := read(root, segmentFile(p.theirs, p.next), maxSegment)
		if errors.Is(err, fs.ErrNotExist) {
			p.wrong = time.Time{}
			return busy, nil
		}
		var plain []byte
		if err == nil {
			plain, err = p.keys.open(b)
		}
		if err != nil {
			return busy, p.bears(err, now)
		}
		p.next++
		p.stirred, p.wrong, busy = now, time.Time{}, true
		p.tally.took(now)
		p.line.put(plain)
		if !p.isHeard() {
			close(p.line.heard)
		}
	}
	return busy, nil
}

// bears is nil while a wrong file may still become a right one.
func (p *pump) bears(err error, now time.Time) error {
	if p.wrong.IsZero() {
		p.wrong = now
	}
	if now.Sub(p.wrong) < p.pace.wrong {
		return nil
	}
	return fmt.Errorf("read segment %d: %w", p.next, err)
}

// say tells the other end what has been taken.
func (p *pump) say(root *os.Root, _ time.Time) (busy bool, err error) {
	if p.said == p.next {
		return false, nil
	}
	if err := jot(root, seenFile(p.mine), encodeCount(p.next)); err != nil {
		return false, err
	}
	p.said = p.next
	return true, nil
}

// send writes segments while the other end has not too many to take.
func (p *pump) send(root *os.Root, now time.Time) (busy bool, err error) {
	for range atOnce {
		waiting, _ := p.line.state()
		if waiting == 0 && !p.greet || len(p.unseen) >= maxFiles || p.bytes+maxSegment > maxUnseen {
			return busy, nil
		}
		b, err := p.keys.seal(p.line.take())
		if err != nil {
			return busy, err
		}
		if err := write(root, segmentFile(p.mine, p.seen+uint64(len(p.unseen))), b); err != nil {
			return busy, err
		}
		if len(p.unseen) == 0 {
			p.owed = now
		}
		p.unseen, p.bytes = append(p.unseen, len(b)), p.bytes+len(b)
		p.tally.wrote(now, len(b))
		p.greet, busy = false, true
	}
	return busy, nil
}

// lasts is ErrSilent once the other end has shown nothing for too long.
func (p *pump) lasts(now time.Time) error {
	last := p.stirred
	if pulse := p.pulse.Load(); pulse != nil && pulse.After(last) {
		last = *pulse
	}
	if now.Sub(last) > p.pace.silence || len(p.unseen) > 0 && now.Sub(p.owed) > p.pace.silence {
		return ErrSilent
	}
	return nil
}

// clean removes this end's files, its count first: that ends the connection for the
// other end.
func (p *pump) clean() {
	p.tally.gone(p.bytes)
	root, err := p.disk.open()
	if err != nil {
		return
	}
	defer root.Close()
	root.Remove(seenFile(p.mine))
	for i := range p.unseen {
		root.Remove(segmentFile(p.mine, p.seen+uint64(i)))
	}
}
