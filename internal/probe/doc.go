// Package probe tells what a process holds when it rests: for harnesses that watch real
// programs for long. No program has it; a harness plants it while compiling (Into).
package probe
