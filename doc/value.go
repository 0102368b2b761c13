package doc

import (
	"bytes"
	"strings"
)

// Value is one node of a document. Its dynamic type is one of
//
//	nil, bool, int64, float64, string, []byte   registers: the last writer wins
//	Counter                                     increments add up
//	Text                                        characters merge
//	Map, List                                   containers: their slots merge
//
// Values that a Source hands out belong to the store: read them during the
// call and copy what you keep (registers and Text are immutable).
type Value any

// Map is a container of named slots.
type Map map[string]Value

// List is an ordered container.
type List []Value

// Text is collaboratively edited text; a plain string is a register.
type Text string

// Counter is a number that concurrent increments add to.
type Counter int64

// Path leads from the root of a document to a slot: names in maps, decimal
// indices in lists (the tokens of a JSON Pointer, RFC 6901). The empty path
// is the root map.
type Path []string

// At makes a path from its steps.
func At(steps ...string) Path { return steps }

// String joins the steps for messages and map keys.
func (p Path) String() string { return "/" + strings.Join(p, "/") }

// Has reports whether p begins with all of prefix.
func (p Path) Has(prefix Path) bool {
	if len(prefix) > len(p) {
		return false
	}
	for i := range prefix {
		if p[i] != prefix[i] {
			return false
		}
	}
	return true
}

// Clone copies a value deeply, so that it can be kept.
func Clone(v Value) Value {
	switch v := v.(type) {
	case Map:
		m := make(Map, len(v))
		for k, x := range v {
			m[k] = Clone(x)
		}
		return m
	case List:
		l := make(List, len(v))
		for i, x := range v {
			l[i] = Clone(x)
		}
		return l
	case []byte:
		return bytes.Clone(v)
	}
	return v
}

// Equal compares two values deeply; an int64 and a float64 are never equal.
func Equal(a, b Value) bool {
	switch x := a.(type) {
	case Map:
		y, ok := b.(Map)
		if !ok || len(x) != len(y) {
			return false
		}
		for k, v := range x {
			w, ok := y[k]
			if !ok || !Equal(v, w) {
				return false
			}
		}
		return true
	case List:
		y, ok := b.(List)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !Equal(x[i], y[i]) {
				return false
			}
		}
		return true
	case []byte:
		y, ok := b.([]byte)
		return ok && bytes.Equal(x, y)
	}
	switch b.(type) {
	case Map, List, []byte:
		return false
	}
	return a == b
}
