package docsync

import (
	"slices"
	"time"
)

// Tag names a collection on one connection; the handshake gives it.
type Tag [8]byte

// Rights is what the other side may have of a collection, and give to it. What
// counts between two sides is the smaller of what each gives the other.
type Rights uint8

// The rights.
const (
	None    Rights = iota // nothing is shown and nothing taken
	Records               // records only: somebody who has a link and has not joined
	All
)

// Options of a Session.
type Options struct {
	// Claims is shared by all sessions of a device. Nil: one of its own.
	Claims *Claims
	// PushOn has what came from others pushed like what is new here. It is for a
	// meeting point, whose peers do not hear each other; elsewhere such items are
	// listed, because most will be there already.
	PushOn bool
}

// A Session brings collections of this device and of one other side together over
// one stream. It belongs to one goroutine, and blocks only in Index.Bytes.
type Session struct {
	claims   *Claims
	pushOn   bool
	all      []*collection
	by       map[Tag]*collection
	early    map[Tag]haveFrame // said of collections that are not open here
	first    [][]byte          // frames that nothing may overtake
	arrivals []Arrival
	turn     int // whose item is sent next
}

// An Arrival is an item that has come: of that size, sort and hash that the other
// side said, and not on disk yet. Kept must follow.
type Arrival struct {
	Tag  Tag
	Sort Sort
	Key  Key
	Raw  []byte // the caller's
}

// Progress says that everything up to a place of another's counting is on disk.
type Progress struct {
	Tag     Tag
	Replica ReplicaID
	Seen    uint64
}

// Status is how it stands between both sides.
type Status struct {
	Rights       Rights    // what counts between both, None as long as the other says nothing
	Replica      ReplicaID // under which theirs is counted here
	Last         uint64    // their newest place
	Seen         uint64    // up to there everything of theirs is on disk here
	Acknowledged uint64    // up to there everything of ours is on disk there
	Equal        bool      // by their last word both hold the same
	Comparing    bool      // ranges are compared
	Contradicted bool      // cursors said that nothing was missing, and sums that something was
	Outstanding  int       // bytes known to be there and not on disk here
}

const maxEarly = 256

// New is a session in which no collection is open.
func New(o Options) *Session {
	if o.Claims == nil {
		o.Claims = NewClaims()
	}
	return &Session{claims: o.Claims, pushOn: o.PushOn, by: map[Tag]*collection{}, early: map[Tag]haveFrame{}}
}

// Open begins to talk about a collection. What the other side has said of it
// before counts.
func (s *Session) Open(tag Tag, idx Index, r Rights) {
	s.Close(tag)
	c := &collection{session: s, tag: tag, idx: idx, given: r, replica: idx.Replica()}
	s.all, s.by[tag] = append(s.all, c), c
	if h, ok := s.early[tag]; ok {
		delete(s.early, tag)
		c.their, c.heard = h, true
	}
	c.begin()
	if r > None {
		c.introduce()
	}
}

// Close ends talking about a collection.
func (s *Session) Close(tag Tag) {
	c := s.by[tag]
	if c == nil {
		return
	}
	c.given = None
	c.begin()
	if c.said.rights > None {
		c.introduce()
	}
	if c.heard {
		s.keepEarly(tag, c.their)
	}
	delete(s.by, tag)
	s.all = slices.DeleteFunc(s.all, func(o *collection) bool { return o == c })
}

// SetRights changes what the other side may have.
func (s *Session) SetRights(tag Tag, r Rights) {
	if c := s.by[tag]; c != nil && c.given != r {
		c.given = r
		c.begin()
		c.introduce()
	}
}

// End gives back what the session has claimed; it is not used after that.
func (s *Session) End() {
	for _, c := range s.all {
		c.given = None
		c.begin()
	}
}

// Wake says that an index has grown.
func (s *Session) Wake(_ time.Time, tag Tag) {
	if c := s.by[tag]; c != nil {
		c.grown = true
	}
}

// Arrivals gives what has come since it was last called.
func (s *Session) Arrivals() []Arrival {
	list := s.arrivals
	s.arrivals = nil
	return list
}

// Kept says that an arrival is on disk and in the index, or with an error that its
// bytes are refused for good, whoever brings them: then it counts as seen, and
// nobody is asked for it again. If they could be stored another time, or came under
// a sort that they do not have, the session is to be ended instead.
func (s *Session) Kept(_ time.Time, tag Tag, key Key, err error) {
	if err != nil {
		s.claims.refuse(key)
	}
	if c := s.by[tag]; c != nil {
		c.grown = true
		c.settle(key)
	}
}

// Seen is what has changed since it was last called, and is to be remembered for
// Index.Seen.
func (s *Session) Seen() []Progress {
	var list []Progress
	for _, c := range s.all {
		if c.progress && c.mode > None {
			list = append(list, Progress{c.tag, c.cursor, c.seen})
		}
		c.progress = false
	}
	return list
}

// Status is how it stands with a collection; zero if it is not open.
func (s *Session) Status(tag Tag) Status {
	c := s.by[tag]
	if c == nil || c.mode == None {
		return Status{}
	}
	return Status{
		Rights: c.mode, Replica: c.cursor, Last: c.theirLast, Seen: c.seen, Acknowledged: c.acked,
		Equal: c.their.sum == c.sum(), Comparing: c.driver != nil || c.answers,
		Contradicted: c.differs.found, Outstanding: c.bytes,
	}
}

func (s *Session) keepEarly(tag Tag, h haveFrame) {
	if len(s.early) < maxEarly {
		s.early[tag] = h
	}
}
