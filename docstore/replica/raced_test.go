//go:build race

package replica

// raced says that the race detector watches, which makes everything slow.
const raced = true
