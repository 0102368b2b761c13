// Package record is the binary form of everything that is signed or sealed:
// one way to write each value, so that equal values have equal bytes.
//
// Rules of this room:
//   - what comes from outside is bounded before it is allocated;
//   - a Reader never panics, and accepts only what a Writer writes.
package record
