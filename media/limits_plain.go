//go:build !race

package media

// memoryLimit is how many bytes of writable memory a worker may have.
const memoryLimit = 480 << 20
