package vm

import (
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
)

// JavaScript's values in Go: nil is null, Undefined, bool, float64, string,
// *big.Int, and these.
type (
	// Object has named properties; their order is of no use here.
	Object map[string]any
	// Array is a list.
	Array struct{ Items []any }
	// Bytes is a Uint8Array.
	Bytes []byte
	// Date is a time in milliseconds since 1970.
	Date float64
	// Func is a function of one argument.
	Func func(arg any) any
	// Typed is what a Func may return to mark a value that JavaScript has no
	// type for; code inside takes it for an object.
	Typed struct {
		Type  string
		Value any
	}

	symbol    string
	undefined struct{}
)

// Undefined is no value.
var Undefined any = undefined{}

// text is JavaScript's String(value), for messages and numbers.
func text(value any) string {
	switch x := value.(type) {
	case nil:
		return "null"
	case undefined:
		return "undefined"
	case bool:
		return strconv.FormatBool(x)
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	case string:
		return x
	case *big.Int:
		return x.String()
	case *Exception:
		return x.Message
	}
	return "[object]"
}

// property reads a property; what is not there is Undefined.
func property(of, key any) any {
	switch x := of.(type) {
	case Object:
		if name, ok := key.(string); ok {
			if value, ok := x[name]; ok {
				return value
			}
		}
	case *Array:
		if i, ok := key.(float64); ok {
			return x.item(i)
		}
	}
	return Undefined
}

func (a *Array) item(i float64) any {
	if i >= 0 && i < float64(len(a.Items)) {
		return a.Items[int(i)]
	}
	return Undefined
}

// setProperty writes a property. Symbols are notes that JavaScript's own layer
// keeps on objects: nobody reads them here.
func setProperty(of, key, value any) {
	switch x := of.(type) {
	case Object:
		if name, ok := key.(string); ok {
			x[name] = value
		}
	case *Array:
		i, ok := key.(float64)
		switch {
		case !ok || i < 0:
		case int(i) < len(x.Items):
			x.Items[int(i)] = value
		case int(i) == len(x.Items):
			x.Items = append(x.Items, value)
		default:
			fail("an array of %d items has no place %v", len(x.Items), i)
		}
	}
}

// list makes an array of an object's properties, sorted by name.
func list(of any, item func(name string, value any) any) any {
	object, _ := of.(Object)
	a := &Array{}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		a.Items = append(a.Items, item(name, object[name]))
	}
	return a
}

func isObject(value any) bool {
	switch value.(type) {
	case Object, *Array, Bytes, Date, *Typed, *Exception:
		return true
	}
	return false
}

// compare orders two numbers; ok is false if one is none.
func compare(a, b any) (order int, ok bool) {
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return 0, false
	}
	return x.Cmp(y), true
}

func number(value any) (*big.Float, bool) {
	switch x := value.(type) {
	case float64:
		if math.IsNaN(x) {
			return nil, false
		}
		return big.NewFloat(x), true
	case *big.Int:
		return new(big.Float).SetInt(x), true
	}
	return nil, false
}
