package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// errEnded says that the browser has ended.
var errEnded = errors.New("the browser ended")

// pipe speaks the DevTools protocol: JSON, each message ended by a zero byte.
type pipe struct {
	out io.Writer

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
	ended   bool
}

type answer struct {
	ID     int             `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

func newPipe(in io.Reader, out io.Writer) *pipe {
	p := &pipe{out: out, waiting: map[int]chan answer{}}
	go p.listen(in)
	return p
}

// listen hands answers to who waits for them, until the browser ends. Events are of no interest.
func (p *pipe) listen(in io.Reader) {
	for r := bufio.NewReader(in); ; {
		b, err := r.ReadBytes(0)
		if err != nil {
			break
		}
		var a answer
		if json.Unmarshal(b[:len(b)-1], &a) != nil || a.ID == 0 {
			continue
		}
		p.mu.Lock()
		if to := p.waiting[a.ID]; to != nil {
			to <- a
		}
		p.mu.Unlock()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	for _, to := range p.waiting {
		close(to)
	}
	p.waiting = nil
}

// call asks for something, of a session ("" is the browser itself), and reads the result into
// what is given, unless it is nil.
func (p *pipe) call(ctx context.Context, session, method string, params, into any) error {
	to := make(chan answer, 1)
	p.mu.Lock()
	if p.ended {
		p.mu.Unlock()
		return errEnded
	}
	p.last++
	id := p.last
	p.waiting[id] = to
	ask := map[string]any{"id": id, "method": method, "params": params}
	if session != "" {
		ask["sessionId"] = session
	}
	b, err := json.Marshal(ask)
	if err == nil {
		_, err = p.out.Write(append(b, 0))
	}
	p.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a, ok := <-to:
		switch {
		case !ok:
			return fmt.Errorf("%s: %w", method, errEnded)
		case a.Error != nil:
			return fmt.Errorf("%s: %s", method, a.Error.Message)
		case into != nil:
			return json.Unmarshal(a.Result, into)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}
