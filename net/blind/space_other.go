//go:build !linux && !darwin

package blind

import "math"

// freeSpace is not known here: what does not fit is refused when it is written.
func freeSpace(string) (int64, error) { return math.MaxInt64, nil }
