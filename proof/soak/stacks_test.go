//go:build linux

package soak

import (
	"fmt"
	"runtime/pprof"
	"slices"
	"strings"
)

// alive counts goroutines by the function that each began with.
func alive() map[string]int {
	var text strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&text, 1)
	count, n, begin := map[string]int{}, 0, ""
	for line := range strings.Lines(text.String()) {
		switch fields := strings.Fields(line); {
		case len(fields) > 2 && fields[1] == "@":
			_, _ = fmt.Sscan(fields[0], &n)
		case len(fields) > 2 && fields[0] == "#":
			begin, _, _ = strings.Cut(fields[2], "+0x")
		case len(fields) == 0 && begin != "":
			count[begin] += n
			begin = ""
		}
	}
	return count
}

// moreOf is what there is more of in the first, in words.
func moreOf(a, b map[string]int) string {
	var words []string
	for name, n := range a {
		if n > b[name] {
			words = append(words, fmt.Sprintf("%s %+d", name, n-b[name]))
		}
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}
