package presence

import (
	"corkboard/doc"
	"corkboard/record"
)

// maxMessage is the most bytes of a message, MaxFrame of one with its length.
const maxMessage = 4 << 10

const (
	version  = 1
	maxSteps = uint64(farthest) * steps
	boardLen = 44 // bytes of a document id, at most
)

// The kinds of messages.
const (
	kindShow = 1
	kindLeft = 2
)

// message is a state of the sender's, or that they have left a board.
type message struct {
	left  bool
	state State // of one who left: only Board
}

// encode writes a message of a bounded state. If it would be too long, the end
// of the selection is left out.
func (m message) encode() []byte {
	for {
		b := m.write()
		if len(b) <= maxMessage {
			return b
		}
		m.state.Selected = m.state.Selected[:len(m.state.Selected)/2]
	}
}

func (m message) write() []byte {
	w := record.Writer{B: make([]byte, 0, 256)}
	w.Uint8(version)
	if m.left {
		w.Uint8(kindLeft)
		w.String(string(m.state.Board))
		return w.B
	}
	s := &m.state
	w.Uint8(kindShow)
	w.String(string(s.Board))
	w.Bool(s.Points)
	if s.Points {
		writeNumber(&w, s.Pointer.X)
		writeNumber(&w, s.Pointer.Y)
	}
	writeRect(&w, s.View)
	w.Uint(uint64(len(s.Selected)))
	for _, id := range s.Selected {
		w.String(id)
	}
	w.Uint(uint64(len(s.Drag)))
	for _, r := range s.Drag {
		writeRect(&w, r)
	}
	w.String(s.Typing)
	return w.B
}

// decode reads a message. It accepts only what encode writes; else
// record.ErrMalformed.
func decode(b []byte) (message, error) {
	r := record.NewReader(b)
	if len(b) > maxMessage {
		r.Fail("message too long")
	}
	if r.Uint8() != version {
		r.Fail("another version")
	}
	var m message
	switch r.Uint8() {
	case kindShow:
	case kindLeft:
		m.left = true
	default:
		r.Fail("no kind of message")
	}
	id, err := doc.ParseID(r.String(boardLen))
	if err != nil {
		r.Fail("not a document id")
	}
	m.state.Board = id
	if !m.left && r.Err() == nil {
		readState(r, &m.state)
	}
	if err := r.Close(); err != nil {
		return message{}, err
	}
	return m, nil
}

func readState(r *record.Reader, s *State) {
	if s.Points = r.Bool(); s.Points {
		s.Pointer = Point{readNumber(r), readNumber(r)}
	}
	s.View = readRect(r)
	if n := r.Uint(MaxSelected); n > 0 {
		s.Selected = make([]string, n)
	}
	for i := range s.Selected {
		s.Selected[i] = r.String(MaxCardID)
		if s.Selected[i] == "" {
			r.Fail("a card without an id")
		}
	}
	if n := r.Uint(MaxDrag); n > 0 {
		s.Drag = make([]Rect, n)
	}
	for i := range s.Drag {
		s.Drag[i] = readRect(r)
	}
	s.Typing = r.String(MaxCardID)
}

func writeRect(w *record.Writer, r Rect) {
	writeNumber(w, r.X)
	writeNumber(w, r.Y)
	w.Uint(uint64(r.W * steps))
	w.Uint(uint64(r.H * steps))
}

func readRect(r *record.Reader) Rect {
	at := Point{readNumber(r), readNumber(r)}
	return Rect{at.X, at.Y, float64(r.Uint(maxSteps)) / steps, float64(r.Uint(maxSteps)) / steps}
}

// writeNumber writes a number that may be negative: its sign is the last bit.
func writeNumber(w *record.Writer, x float64) {
	n := int64(x * steps)
	w.Uint(uint64(n<<1) ^ uint64(n>>63))
}

func readNumber(r *record.Reader) float64 {
	u := r.Uint(2 * maxSteps)
	return float64(int64(u>>1)^-int64(u&1)) / steps
}
