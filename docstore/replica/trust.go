package replica

import (
	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/verify"
)

// trust is what a replica does without. The zero value checks everything, and
// nothing but tests makes another: replicas of those who do not keep the rules.
type trust struct {
	lawless bool // what the court quarantines counts
	forges  bool // this device writes whatever its role
}

// decode reads the Automerge change in a signed one.
func decode(c *chunk.Change) (*verify.Decoded, chunk.Facts, error) {
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
