package folder

import (
	"fmt"
	"sync/atomic"

	"github.com/libp2p/go-yamux/v5"
)

// budget bounds by how much the windows of all streams may grow. Their first size is
// bounded by the number of streams.
type budget struct{ grown atomic.Int64 }

// span is the growth of one stream's window.
type span struct {
	budget *budget
	held   atomic.Int64
}

var _ yamux.MemoryManager = (*span)(nil)

// mustHave is the priority of what a stream cannot do without.
const mustHave = 255

func (b *budget) span() (yamux.MemoryManager, error) { return &span{budget: b}, nil }

// ReserveMemory is ErrCrowded for growth that there is no room for.
func (s *span) ReserveMemory(size int, priority uint8) error {
	if priority == mustHave {
		return nil
	}
	if s.budget.grown.Add(int64(size)) > maxGrowth {
		s.budget.grown.Add(-int64(size))
		return fmt.Errorf("grow a window: %w", ErrCrowded)
	}
	s.held.Add(int64(size))
	return nil
}

// ReleaseMemory gives back what was reserved.
func (s *span) ReleaseMemory(size int) {
	s.held.Add(-int64(size))
	s.budget.grown.Add(-int64(size))
}

// Done gives everything back.
func (s *span) Done() { s.budget.grown.Add(-s.held.Swap(0)) }
