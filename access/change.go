package access

import "corkboard/identity"

// ChangeHash is Automerge's hash of a change.
type ChangeHash [32]byte

// Change is what is to be judged of a signed change of a document. Whoever
// states it has verified the signature and that ID and Hash are right.
type Change struct {
	ID     ChangeID
	Author identity.PersonID
	Device identity.DeviceID
	Run    RunID
	Number uint64       // in the run, over all documents of the collection, from 1
	Prev   ChangeID     // the one before in the run; zero for the first
	Cites  []RecordID   // the heads of the access log that its author knew
	Hash   ChangeHash   // of the change inside
	Deps   []ChangeHash // what it builds on
}

// Status is what becomes of a change.
type Status uint8

// A change is applied when it is accepted, kept for later while it waits, and
// kept apart and shown to admins if it is quarantined. Each can turn into each
// other one as more becomes known.
const (
	Unknown Status = iota
	Accepted
	Waiting
	Quarantined
)

// String is the status in English.
func (s Status) String() string {
	return [...]string{"unknown", "accepted", "waiting", "quarantined"}[min(int(s), 3)]
}

// Reason is why a change is not accepted.
type Reason uint8

// Reasons to wait, then reasons for quarantine.
const (
	NoReason     Reason = iota
	NeedsPerson         // the author's log is not here, or lacks the device
	NeedsRecords        // cites access records that are not here
	NeedsChain          // changes of the run before it, or of a frontier, are not here
	NeedsDeps           // changes that it builds on are not here, or wait
	NoWrite             // the author could not write at the heads that it cites
	NoDevice            // the device had been left behind at those heads
	BadChain            // its place in the run contradicts itself
	Equivocation        // another change of the run has the same number and stays, or it follows one that lost
	BuildsOn            // builds on a change that is refused for one of the four reasons above
	AfterRemoval        // outside of the frontier of the author's removal, nobody vouches
	GrantVoid           // what gave the author the role has become void, nobody vouches
	Frozen              // follows an equivocation in the run, nobody vouches
)

var reasonNames = [...]string{
	"", "author is not known yet", "access records are missing", "changes of the run are missing",
	"changes before it are missing", "author could not write", "device was left behind",
	"contradicts its run", "two changes in one place", "builds on a refused change",
	"after the author's removal", "the author's role has become void", "after two changes in one place",
}

// String is the reason in English.
func (r Reason) String() string { return reasonNames[min(int(r), len(reasonNames)-1)] }

// refuses says whether nobody can vouch for a change with this reason.
func (r Reason) refuses() bool { return r >= NoWrite && r <= BuildsOn }

// A Verdict is a status with its reason, and the record that decided it:
// a removal, for AfterRemoval.
type Verdict struct {
	Status Status
	Reason Reason
	By     RecordID
}
