package doc

import (
	"maps"
	"slices"
	"strconv"
)

// Difference lists the paths at which two states differ, sorted by name: as
// deep as possible inside maps and equally long lists, else the container.
func Difference(a, b Map) []Path {
	var out []Path
	differ(&out, nil, a, b)
	return out
}

func differ(out *[]Path, at Path, a, b Value) {
	switch x := a.(type) {
	case Map:
		if y, ok := b.(Map); ok {
			differMaps(out, at, x, y)
			return
		}
	case List:
		if y, ok := b.(List); ok && len(x) == len(y) {
			for i := range x {
				differ(out, append(slices.Clip(at), strconv.Itoa(i)), x[i], y[i])
			}
			return
		}
	}
	if !Equal(a, b) {
		*out = append(*out, slices.Clone(at))
	}
}

func differMaps(out *[]Path, at Path, a, b Map) {
	names := slices.Collect(maps.Keys(a))
	for k := range b {
		if _, both := a[k]; !both {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	for _, k := range names {
		x, inA := a[k]
		y, inB := b[k]
		here := append(slices.Clip(at), k)
		if inA != inB {
			*out = append(*out, here)
			continue
		}
		differ(out, here, x, y)
	}
}
