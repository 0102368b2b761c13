package blind

import "sync"

// maxInbox is how many bytes of frames wait for a course; then no more are read.
const maxInbox = 512 << 10

// inbox holds frames between the goroutine that reads them and the one that works.
type inbox struct {
	some chan struct{} // there is something, or it has ended
	room chan struct{} // there is room again

	mu     sync.Mutex
	frames [][]byte
	bytes  int
	end    error
}

func newInbox() *inbox {
	return &inbox{some: make(chan struct{}, 1), room: make(chan struct{}, 1)}
}

// put takes a frame, and says whether there is room for another.
func (b *inbox) put(frame []byte) (room bool) {
	b.mu.Lock()
	b.frames = append(b.frames, frame)
	b.bytes += len(frame)
	room = b.bytes < maxInbox
	b.mu.Unlock()
	nudge(b.some)
	return room
}

// close says why no more frames come.
func (b *inbox) close(why error) {
	b.mu.Lock()
	b.end = why
	b.mu.Unlock()
	nudge(b.some)
}

// take gives all frames, and why there will be no more.
func (b *inbox) take() (frames [][]byte, end error) {
	b.mu.Lock()
	frames, end = b.frames, b.end
	b.frames, b.bytes = nil, 0
	b.mu.Unlock()
	nudge(b.room)
	return frames, end
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
