// Package attacks is what somebody hostile does on a connection: for tests of those who
// are spoken with, and for the bench.
//
// Rules of this room:
//   - An attack returns when the connection is closed, or when it has nothing left to
//     do; what the other end made of it is its caller's to see.
//   - It waits by package time and blocks on its connection alone, so that it runs in
//     a bubble of testing/synctest as well.
package attacks
