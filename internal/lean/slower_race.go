//go:build race

package lean

// slower is how much longer than in the program code takes under the race detector.
const slower = 10
