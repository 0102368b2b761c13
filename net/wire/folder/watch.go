package folder

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"sync/atomic"
	"time"
)

// watch looks at the folder for who is there and who calls. All of it belongs to its
// goroutine.
type watch struct {
	t     *Transport
	peers map[string]*peer
	beats uint64
	due   time.Time // of the next sign of life
	look  time.Time // when others' signs are looked at next
}

// peer is another end whose folder is there.
type peer struct {
	name  string
	pulse *atomic.Pointer[time.Time] // when it last showed life; nil: not since it was first seen
	since time.Time                  // when it was first seen, or showed life
	sign  uint64
	known bool      // sign was read
	old   bool      // what was seen first was written long ago
	heard connID    // the last call that was answered, or that they have taken back
	again time.Time // when the next may be
}

func newWatch(t *Transport) *watch { return &watch{t: t, peers: map[string]*peer{}} }

// run looks until the transport is closed.
func (w *watch) run() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for wait := w.t.pace.fast; ; {
		busy := false
		select {
		case <-w.t.done:
			return
		case <-w.t.kick:
			busy = true
		case <-timer.C:
		}
		if w.pass() {
			busy = true
		}
		wait = w.t.pace.next(wait, busy)
		timer.Reset(wait)
	}
}

// pass does one look.
func (w *watch) pass() (busy bool) {
	err := w.t.enter(func(root *os.Root) error {
		now := time.Now()
		if !now.Before(w.due) {
			if err := w.show(root); err != nil {
				return err
			}
		}
		w.removeLeft(root)
		if err := w.scan(root, now); err != nil {
			return err
		}
		for _, p := range w.peers {
			busy = w.listen(root, p, now) || busy
		}
		for _, d := range w.dials() {
			busy = w.pursue(root, d, now) || busy
		}
		w.sweep(root, now)
		return nil
	})
	w.note(err)
	return busy
}

// note tells who dials that the folder cannot be used, and the log, once.
func (w *watch) note(err error) {
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	if (err != nil) != (w.t.broken != nil) {
		if err != nil {
			w.t.log.Warn("the shared folder cannot be used", "folder", string(w.t.disk), "reason", err)
		} else {
			w.t.log.Info("the shared folder can be used again", "folder", string(w.t.disk))
		}
	}
	w.t.broken = err
	if err != nil {
		for _, d := range w.t.dials {
			w.t.resolve(d, nil, err)
		}
	}
}

// show gives a sign of life.
func (w *watch) show(root *os.Root) error {
	if err := makeFolder(root, w.t.self); err != nil {
		return err
	}
	w.beats++
	if err := write(root, w.t.self+"/"+aliveName, encodeCount(w.beats)); err != nil {
		return err
	}
	w.due = time.Now().Add(w.t.pace.beat)
	return nil
}

func (w *watch) dials() []*dial {
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	var list []*dial
	for _, d := range w.t.dials {
		list = append(list, d)
	}
	return list
}

// engaged says whether there is a connection with an end, or there will be.
func (w *watch) engaged(name string) bool {
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	return w.t.conns[name] != nil || w.t.half[name] != nil || w.t.dials[name] != nil
}

// scan learns who is there.
func (w *watch) scan(root *os.Root, now time.Time) error {
	entries, err := list(root, ".")
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && isName(e.Name()) && e.Name() != w.t.self {
			names = append(names, e.Name())
		}
	}
	looks := !now.Before(w.look)
	if looks {
		w.look = now.Add(w.t.pace.beat / 4)
		for name := range w.peers {
			if !slices.Contains(names, name) && !w.engaged(name) {
				delete(w.peers, name)
			}
		}
	}
	// A crowd cannot keep others out for long: who comes first is chance.
	rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for came, i := 0, 0; i < len(names); i++ {
		p := w.peers[names[i]]
		if p == nil && (len(w.peers) < maxPeers || came < maxPeers/4 && w.promises(root, names[i], now) && w.makeRoom()) {
			came++
			p = w.peer(names[i])
		}
		if p != nil && (looks || !p.known) {
			w.feel(root, p, now)
		}
	}
	return nil
}

// promises says whether an end has shown life lately, or written for this one.
func (w *watch) promises(root *os.Root, name string, now time.Time) bool {
	if isFolder(root, forOther(name, w.t.self)) {
		return true
	}
	info, err := root.Lstat(name + "/" + aliveName)
	return err == nil && now.Sub(info.ModTime()) < w.t.pace.silence
}

// peer is what is known of an end; new if it is nothing.
func (w *watch) peer(name string) *peer {
	p := w.peers[name]
	if p == nil {
		p = &peer{name: name, pulse: new(atomic.Pointer[time.Time]), since: time.Now()}
		w.peers[name] = p
	}
	return p
}

// makeRoom forgets who has shown no life, or none for longest.
func (w *watch) makeRoom() bool {
	var least *peer
	for _, p := range w.peers {
		if !w.engaged(p.name) && (least == nil || p.rank().Before(least.rank())) {
			least = p
		}
	}
	if least == nil {
		return false
	}
	delete(w.peers, least.name)
	return true
}

// rank is the later the more worth it is to know an end.
func (p *peer) rank() time.Time {
	if p.pulse.Load() == nil {
		return time.Time{}
	}
	return p.since
}

// feel looks for a sign of life.
func (w *watch) feel(root *os.Root, p *peer, now time.Time) {
	file := p.name + "/" + aliveName
	b, err := read(root, file, maxAlive)
	var sign uint64
	if err == nil {
		sign, err = decodeCount(b)
	}
	if err != nil {
		p.old = p.old || !p.known && age(root, p.name, now) > w.t.pace.dead
		return
	}
	first := !p.known
	if !first && sign == p.sign {
		return
	}
	written := age(root, file, now)
	quiet := first || now.Sub(p.since) > w.t.pace.silence || p.pulse.Load() == nil
	p.sign, p.known = sign, true
	if first && written > w.t.pace.silence {
		p.old = written > w.t.pace.dead
		return // it may have been left behind: the next sign says
	}
	p.since, p.old = now, false
	p.pulse.Store(&now)
	if quiet {
		w.t.found(addressOf(p.name))
	}
}

// age is how long ago something was written, as its time says.
func age(root *os.Root, name string, now time.Time) time.Duration {
	var info fs.FileInfo
	info, err := root.Lstat(name)
	if err != nil {
		return 0
	}
	return now.Sub(info.ModTime())
}

// sweep clears what ends have left that are long gone.
func (w *watch) sweep(root *os.Root, now time.Time) {
	swept := 0
	for name, p := range w.peers {
		if swept < maxSwept && p.old && now.Sub(p.since) >= w.t.pace.watch && !w.engaged(name) {
			clearEnd(root, name)
			delete(w.peers, name)
			swept++
		}
	}
}

// line makes a line to another end, whose pump does not run yet.
func (w *watch) line(with *peer, id connID, k keys) *line {
	p := &pump{
		pace:   w.t.pace,
		tally:  &w.t.tally,
		disk:   w.t.disk,
		mine:   forOther(w.t.self, with.name) + "/" + id.String(),
		theirs: forOther(with.name, w.t.self) + "/" + id.String(),
		keys:   k,
		pulse:  with.pulse,
	}
	p.line = newLine(p)
	return p.line
}
