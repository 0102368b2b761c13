// Package soak has people work for long, and looks whether anything grows that should
// not: real programs for minutes, and a day of eight people in virtual time.
//
// What is watched is read while everybody rests: what Go code can reach after a
// collection, goroutines, open files, memory as the system counts it; and all the time, how
// long the databases' logs are.
package soak
