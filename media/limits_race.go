//go:build race

package media

// memoryLimit is how many bytes of writable memory a worker may have. The race detector takes several
// times as much as the program that it watches.
const memoryLimit = 4 * 480 << 20
