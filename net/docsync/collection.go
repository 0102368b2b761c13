package docsync

import "time"

// collection is what a session knows of one. Two countings meet in it: ours, which
// the other side follows, and theirs, which we follow.
type collection struct {
	session *Session
	tag     Tag
	idx     Index
	replica ReplicaID
	given   Rights // to the other side
	held    bool   // nothing is taken, see Hold
	mode    Rights // what counts between both: the smaller of what both give

	// What was said and heard.
	said    haveFrame
	their   haveFrame
	heard   bool      // their has been
	sayAt   time.Time // not to be said again before
	saidOf  seenFrame
	differs difference

	// Ours, as the other side follows it.
	newest   uint64 // newest place that counts
	scanned  uint64 // up to there ours has been looked through
	grown    bool
	told     uint64  // up to there all is told
	passed   uint64  // the same, with what needs not be told
	live     bool    // what is new is pushed
	owed     bool    // a list is asked for
	foretold bool    // records were listed before all else
	acked    uint64  // up to there all is on disk there
	unlisted []Entry // passed, and to be listed with what is said next
	pushed   []pushed
	flying   int    // bytes of pushed
	theirs   keySet // what is known to be there
	serving  []Key  // wanted there
	servedK  map[Key]bool

	// Theirs, as we follow it.
	cursor    ReplicaID
	theirLast uint64
	listed    uint64 // up to there all is known here
	seen      uint64 // up to there all is on disk here
	progress  bool   // seen is to be told to the caller
	asking    bool   // a list is on its way
	askedFrom uint64 // its first place
	torn      bool   // something was dropped: only a list goes on
	pending   map[Key]*pending
	order     []placed // pending by place
	loose     int      // pending from a comparison, which has no places
	bytes     int      // of pending
	records   []Key    // to be asked for
	contents  []Key
	waiting   []Key // asked for by another session
	retryAt   time.Time
	asked     int // bytes
	askedFor  int // items
	unkept    int // bytes that came and are not kept yet

	comparing
}

// begin forgets all but what both sides have said last, and begins anew.
func (c *collection) begin() {
	for k := range c.pending {
		c.session.claims.leave(k, c.session)
	}
	*c = collection{
		session: c.session, tag: c.tag, idx: c.idx, replica: c.replica, given: c.given, held: c.held,
		said: c.said, their: c.their, heard: c.heard, sayAt: c.sayAt,
		theirs: newKeySet(maxTheirs), servedK: map[Key]bool{}, pending: map[Key]*pending{},
		comparing: comparing{number: c.number},
	}
	if c.heard {
		c.mode = min(c.given, c.their.rights)
	}
	if c.their.replica == c.replica { // oneself, or a copy that does not know it is one
		c.mode = None
	}
	c.newest = c.idx.Last()
	c.scanned = c.newest
	if c.mode == None {
		return
	}
	c.cursor = c.their.replica
	if c.mode == Records {
		c.cursor = c.cursor.ofRecords()
	}
	c.follow()
}

// follow decides how to come by what is theirs.
func (c *collection) follow() {
	c.theirLast = c.their.last
	c.seen = c.idx.Seen(c.cursor)
	if c.seen > c.theirLast { // this is not the counting that was followed
		c.seen, c.progress = 0, true
	}
	c.listed = c.seen
	if c.seen == 0 && c.theirLast > fewItems && c.newest > fewItems {
		c.compare()
	}
}

func (c *collection) counts(s Sort) bool { return c.mode == All || c.mode == Records && s == Record }

func (c *collection) sum() [8]byte { return c.idx.Sum(c.mode == Records) }

// scan looks through what has come into the index, from wherever it came.
func (c *collection) scan() {
	for c.grown {
		list := c.idx.After(c.scanned, 256)
		for _, e := range list {
			c.scanned = e.Place
			if c.counts(e.Sort) {
				c.newest = e.Place
			}
			c.settle(e.Key)
		}
		c.grown = len(list) == 256
	}
}
