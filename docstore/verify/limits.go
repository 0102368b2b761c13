package verify

import "corkboard/doc"

// The limits of one change. They bound what a core can be made to do by one
// call, and stand far above what a person's single action makes.
const (
	// MaxEncoded bounds a change as it is stored and sent, in bytes.
	MaxEncoded = 1 << 20
	// MaxInflated bounds a change after decompression, in bytes.
	MaxInflated = 8 << 20
	// MaxOps bounds the operations. One character of a Text is one.
	MaxOps = 20_000
	// MaxSame bounds the operations on one slot: for each, a core looks at all
	// of them. 20,000 took it more than a second, 1,000 some milliseconds.
	MaxSame = 1_000
	// MaxPreds bounds how many operations all of them together overwrite.
	MaxPreds = 2 * MaxOps
	// MaxDeps bounds the changes that one follows directly.
	MaxDeps = 64
	// MaxActors bounds the writers whose operations a change speaks of.
	MaxActors = MaxOps
	// MaxKey bounds the name of a map's slot, in bytes of UTF-8.
	MaxKey = 4 << 10
	// MaxMessage bounds the label of a change, in bytes of UTF-8.
	MaxMessage = 4 << 10
	// MaxNesting bounds how deep an object lies; the root's slots are at 1.
	MaxNesting = doc.MaxNesting
	// MaxCounter bounds operation counters and sequence numbers. The cores
	// keep them in 32 bits and abort at the end of those.
	MaxCounter = 1<<31 - 1
	// MaxTime bounds the time of a change on both sides of 1970, in
	// milliseconds: 100 million days, the range of a date in ECMAScript.
	MaxTime = 100_000_000 * 86_400_000
)

// limits are those of the numbers above that bound the work of reading.
type limits struct {
	encoded, inflated int // bytes
	ops, same, preds  int
	deps, actors      int
}

// foreign are the limits of what others may send.
var foreign = limits{
	encoded: MaxEncoded, inflated: MaxInflated,
	ops: MaxOps, same: MaxSame, preds: MaxPreds,
	deps: MaxDeps, actors: MaxActors,
}

// ours are the limits of what our own engine made: they keep damage from
// taking all memory. 8 million operations, read, are 400 MB.
var ours = limits{
	encoded: 1 << 28, inflated: 1 << 28,
	ops: 1 << 23, same: 1 << 23, preds: 1 << 24,
	deps: 1 << 16, actors: 1 << 23,
}

// ActorSize is the length of a writer's name in bytes.
const ActorSize = 16
