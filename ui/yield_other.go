//go:build !linux

package ui

// yieldToWindow is for systems on which threads have a priority of their own
// that anybody may lower.
func yieldToWindow() {}
