package chunk

import "slices"

// Sizes of a whole chunk, in bytes. A small action fits the first; from 1 KiB on
// there are seven to the octave, so that padding is at most 11 % of the content.
var (
	small  = [...]int{320, 448, 640, 832}
	octave = [...]int{1024, 1136, 1248, 1376, 1520, 1680, 1856}
)

// bucket is the smallest size of a chunk that holds n bytes. n is at most MaxChunk.
func bucket(n int) int {
	for _, size := range small {
		if n <= size {
			return size
		}
	}
	for scale := 0; ; scale++ {
		for _, step := range octave {
			if size := step << scale; n <= size {
				return size
			}
		}
	}
}

// Sizes lists the sizes that a chunk can have, in bytes, ascending.
func Sizes() []int {
	sizes := slices.Clone(small[:])
	for size := octave[0]; size <= MaxChunk; size = bucket(size + 1) {
		sizes = append(sizes, size)
	}
	return sizes
}
