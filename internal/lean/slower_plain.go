//go:build !race

package lean

// slower is how much longer than in the program code takes here.
const slower = 1
