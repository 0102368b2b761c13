package verify

// runs reads a run-length column: repeats (n > 1, value), literals (-n, n
// values) and nulls (0, n). It accepts the one way in which an encoder writes
// a sequence: no run that could have been joined to the one before it, and no
// column of nulls alone, which is left out instead.
type runs[T comparable] struct {
	r       reader
	read    func(*reader) T
	absent  bool // no such column: nulls without end
	kind    runKind
	left    int
	last    T
	follows bool // last stands directly before what comes next
	some    bool // there was a value
}

type runKind byte

const (
	runNone runKind = iota
	runRepeat
	runLiteral
	runNull
)

// maxRun bounds a run before it is compared with the number of operations.
const maxRun = 1 << 24

func newRuns[T comparable](c column, read func(*reader) T) runs[T] {
	return runs[T]{r: reader{rest: c.data, part: c.name}, read: read, absent: len(c.data) == 0}
}

// next reads one item; null tells that there is no value in its place.
func (c *runs[T]) next() (v T, null bool) {
	if c.absent {
		return v, true
	}
	if c.left == 0 {
		c.begin()
	}
	if c.r.err != nil {
		return v, true
	}
	c.left--
	switch c.kind {
	case runNull:
		return v, true
	case runLiteral:
		v = c.value()
		return v, c.r.err != nil
	}
	return c.last, false
}

// begin reads the head of a run.
func (c *runs[T]) begin() {
	if len(c.r.rest) == 0 {
		c.r.fail(ErrMalformed, "too few items")
		return
	}
	n := c.r.signed()
	switch {
	case n > maxRun || n < -maxRun:
		c.r.fail(ErrTooLarge, "a run of %d", n)
	case n > 1:
		c.value()
		c.kind, c.left = runRepeat, int(n)
	case n == 1:
		c.r.fail(ErrMalformed, "a run of one")
	case n < 0:
		if c.kind == runLiteral {
			c.r.fail(ErrMalformed, "two runs that are one")
		}
		c.kind, c.left = runLiteral, int(-n)
	default:
		if c.kind == runNull {
			c.r.fail(ErrMalformed, "two runs that are one")
		}
		c.kind, c.left, c.follows = runNull, int(c.r.unsigned(maxRun)), false
		if c.left == 0 {
			c.r.fail(ErrMalformed, "an empty run")
		}
	}
}

func (c *runs[T]) value() T {
	v := c.read(&c.r)
	if c.follows && v == c.last {
		c.r.fail(ErrMalformed, "equal values that are no run")
	}
	c.last, c.follows, c.some = v, true, true
	return v
}

// more reports whether items are left.
func (c *runs[T]) more() bool { return c.r.err == nil && (c.left > 0 || len(c.r.rest) > 0) }

// close returns what was wrong; items left over are.
func (c *runs[T]) close() error {
	switch {
	case c.more():
		c.r.fail(ErrMalformed, "too many items")
	case c.r.err == nil && !c.absent && !c.some:
		c.r.fail(ErrMalformed, "a column of nothing")
	}
	return c.r.err
}

// deltas reads a run-length column of differences.
type deltas struct {
	runs[int64]
	sum int64
}

func newDeltas(c column) deltas { return deltas{runs: newRuns(c, (*reader).signed)} }

// next gives numbers from 0 to MaxCounter.
func (c *deltas) next() (v uint32, null bool) {
	d, null := c.runs.next()
	if null {
		return 0, true
	}
	switch {
	case d > MaxCounter || c.sum+d > MaxCounter:
		c.r.fail(ErrTooLarge, "counter %d%+d", c.sum, d)
		return 0, true
	case d < -MaxCounter || c.sum+d < 0:
		c.r.fail(ErrMalformed, "counter below zero")
		return 0, true
	}
	c.sum += d
	return uint32(c.sum), false
}

// flags reads a column of yes and no: lengths of runs, beginning with no.
type flags struct {
	r     reader
	left  int
	yes   bool
	begun bool
}

func newFlags(c column) flags { return flags{r: reader{rest: c.data, part: c.name}, yes: true} }

func (c *flags) next() bool {
	if c.left == 0 {
		c.left = int(c.r.unsigned(maxRun))
		c.yes = !c.yes
		if c.left == 0 && !c.begun { // it begins with yes
			c.left = int(c.r.unsigned(maxRun))
			c.yes = true
		}
		c.begun = true
		if c.left == 0 {
			c.r.fail(ErrMalformed, "an empty run")
			return false
		}
	}
	c.left--
	return c.yes
}

func (c *flags) close() error {
	if c.left > 0 || len(c.r.rest) > 0 {
		c.r.fail(ErrMalformed, "too many items")
	}
	return c.r.err
}
