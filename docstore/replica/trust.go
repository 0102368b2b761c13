package replica

import (
	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/verify"
)

// trust is what a replica does without. The zero value checks everything, and
// nothing but tests makes another: to see that they would notice.
type trust struct {
	lenient func([]byte) (*verify.Decoded, error) // instead of verification
	lawless bool                                  // what the court quarantines counts
	forges  bool                                  // this device writes whatever its role
}

// decode reads the Automerge change in a signed one.
func (t trust) decode(c *chunk.Change) (*verify.Decoded, chunk.Facts, error) {
	if t.lenient != nil {
		d, err := t.lenient(c.Automerge())
		if err != nil {
			return nil, chunk.Facts{}, err
		}
		actor := c.Actor()
		f, err := c.Facts(chunk.Decoded{Hash: d.Hash, Actor: actor[:], Deps: d.Deps})
		return d, f, err
	}
	d, err := verify.Change(c.Automerge())
	if err != nil {
		return nil, chunk.Facts{}, err
	}
	f, err := c.Facts(chunk.Decoded{Hash: d.Hash, Actor: d.Actor[:], Deps: d.Deps})
	return d, f, err
}

// accepts turns a verdict into whether a change counts.
func (t trust) accepts(v access.Verdict) bool {
	return v.Status == access.Accepted || t.lawless && v.Status == access.Quarantined
}

// blind says that nobody asks whether changes fit their documents.
func (t trust) blind() bool { return t.lenient != nil }
