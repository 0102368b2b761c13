package mutant

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

// Names of the cores, for Trial.On.
const (
	Native    = "native"
	Sandboxed = "sandboxed"
)

// Trial is a document and a change for it.
type Trial struct {
	Before, After [][]byte // what the document has; what others do later
	Change        []byte
	Hash          string // of Change, in hex
	Seed          uint64 // of the edits that follow
	On            string // the only core to try it on; "" is all that there are
}

// How a trial may end badly.
var (
	errRefused  = errors.New("refused")
	errDropped  = errors.New("dropped without a word")
	errSpoiled  = errors.New("spoiled")
	errDisagree = errors.New("the engines disagree")
)

// named is an engine with its name.
type named struct {
	name string
	engine.Engine
}

// cores are the engines of this build.
func cores(s *engine.Sandbox) []named {
	list := []named{{Sandboxed, s}}
	if engine.HasNative {
		list = append(list, named{Native, engine.Native()})
	}
	return list
}

// run lets each engine take the change in, read, save, load and go on. Then each
// gets what was done on the others, and all must have come to the same.
func (t Trial) run(list []named) error {
	var all []*course
	for i, e := range list {
		if t.On != "" && t.On != e.name {
			continue
		}
		c := &course{named: e}
		all = append(all, c)
		err := c.take(t, i)
		if c.Doc != nil {
			defer c.Close()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return agree(all)
}

// course is what becomes of a document on one engine.
type course struct {
	named
	engine.Doc
	heads doc.Heads // with the change
	tree  string    // likewise
	mine  [][]byte  // edits that followed
}

func (c *course) take(t Trial, writer int) (err error) {
	if c.Doc, err = c.Load(nil, t.Before, Actor(90+writer)); err != nil {
		return fmt.Errorf("before: %w", err)
	}
	if _, err := c.Merge([][]byte{t.Change}); err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if list, err := c.Changes(); err != nil || !slices.ContainsFunc(list, func(c engine.Change) bool { return c.Hash == t.Hash }) {
		return fmt.Errorf("%w: %v", errDropped, err)
	}
	c.heads = c.Heads()
	if c.tree, err = c.reload(); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(t.Seed, 5))
	for range 3 {
		now, err := c.Tree()
		if err != nil {
			return fmt.Errorf("%w: reading: %w", errSpoiled, err)
		}
		made, err := c.Apply(doctest.RandomEdits(r, now), "", 0)
		if errors.Is(err, engine.ErrNothing) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%w: editing: %w", errSpoiled, err)
		}
		c.mine = append(c.mine, made.Body)
	}
	if _, err := c.Merge(t.After); err != nil {
		return fmt.Errorf("%w: going on: %w", errSpoiled, err)
	}
	_, err = c.reload()
	return err
}

// agree brings everything together.
func agree(all []*course) error {
	ends := make([]string, len(all))
	for i, c := range all {
		for _, o := range all {
			if o == c {
				continue
			}
			if _, err := c.Merge(o.mine); err != nil {
				return fmt.Errorf("%s: %w: going on from %s: %w", c.name, errSpoiled, o.name, err)
			}
		}
		tree, err := c.reload()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		ends[i] = fmt.Sprint(c.Heads(), " ", tree)
		if f := all[0]; ends[i] != ends[0] || c.tree != f.tree || !slices.Equal(c.heads, f.heads) {
			return fmt.Errorf("%w: %s: %v %s, then %s; %s: %v %s, then %s", errDisagree,
				f.name, f.heads, f.tree, ends[0], c.name, c.heads, c.tree, ends[i])
		}
	}
	return nil
}

// reload proves that what is saved can be loaded and is the same, and shows it.
func (c *course) reload() (string, error) {
	tree, err := c.Tree()
	if err != nil {
		return "", fmt.Errorf("%w: reading: %w", errSpoiled, err)
	}
	now := doctest.Show(tree)
	again, err := c.Load(c.Save(), nil, Actor(99))
	if err != nil {
		return "", fmt.Errorf("%w: loading: %w", errSpoiled, err)
	}
	defer again.Close()
	if !slices.Equal(again.Heads(), c.Heads()) {
		return "", fmt.Errorf("%w: other heads when loaded", errSpoiled)
	}
	if tree, err = again.Tree(); err != nil {
		return "", fmt.Errorf("%w: reading when loaded: %w", errSpoiled, err)
	}
	if then := doctest.Show(tree); then != now {
		return "", fmt.Errorf("%w: another tree when loaded: %s, was %s", errSpoiled, then, now)
	}
	return now, nil
}
