package doc

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// The JSON form of values and edits, for undo steps, caches and export. A
// register or container that plain JSON cannot tell apart carries a tag:
//
//	null true "s" {…} […]    as they are
//	{"~":"i","v":"42"}       int64       (also f float64, b bytes, t Text, c Counter)
//
// A Map that has a slot named "~" is wrapped: {"~":"m","v":{…}}.

// MaxNesting is how deep a slot may lie; those of a document itself are at 1.
const MaxNesting = 16

// EncodeValue gives the JSON form of a value.
func EncodeValue(v Value) ([]byte, error) { return json.Marshal(plain(v)) }

func plain(v Value) any {
	tag := func(t, s string) any { return map[string]any{"~": t, "v": s} }
	switch v := v.(type) {
	case int64:
		return tag("i", strconv.FormatInt(v, 10))
	case float64:
		return tag("f", strconv.FormatFloat(v, 'g', -1, 64))
	case []byte:
		return tag("b", base64.StdEncoding.EncodeToString(v))
	case Text:
		return tag("t", string(v))
	case Counter:
		return tag("c", strconv.FormatInt(int64(v), 10))
	case Map:
		m := make(map[string]any, len(v))
		for k, x := range v {
			m[k] = plain(x)
		}
		if _, clash := v["~"]; clash {
			return map[string]any{"~": "m", "v": m}
		}
		return m
	case List:
		l := make([]any, len(v))
		for i, x := range v {
			l[i] = plain(x)
		}
		return l
	}
	return v
}

// DecodeValue reads what EncodeValue wrote; anything else is an error.
func DecodeValue(b []byte) (Value, error) {
	var x any
	if err := json.Unmarshal(b, &x); err != nil {
		return nil, fmt.Errorf("decoding value: %w", err)
	}
	return fromPlain(x, 0)
}

func fromPlain(x any, depth int) (Value, error) {
	if depth > MaxNesting {
		return nil, fmt.Errorf("decoding value: nested deeper than %d", MaxNesting)
	}
	switch x := x.(type) {
	case nil, bool, string:
		return x, nil
	case []any:
		l := make(List, len(x))
		for i := range x {
			v, err := fromPlain(x[i], depth+1)
			if err != nil {
				return nil, err
			}
			l[i] = v
		}
		return l, nil
	case map[string]any:
		t, isTag := x["~"].(string)
		if !isTag {
			return mapFrom(x, depth)
		}
		if m, ok := x["v"].(map[string]any); ok && t == "m" {
			return mapFrom(m, depth)
		}
		s, ok := x["v"].(string)
		if !ok {
			return nil, fmt.Errorf("decoding value: tag %q without text", t)
		}
		return untag(t, s)
	}
	return nil, fmt.Errorf("decoding value: bare %T", x)
}

func mapFrom(x map[string]any, depth int) (Value, error) {
	m := make(Map, len(x))
	for k, y := range x {
		v, err := fromPlain(y, depth+1)
		if err != nil {
			return nil, err
		}
		m[k] = v
	}
	return m, nil
}

func untag(tag, s string) (Value, error) {
	switch tag {
	case "i", "c":
		n, err := strconv.ParseInt(s, 10, 64)
		if tag == "c" {
			return Counter(n), err
		}
		return n, err
	case "f":
		f, err := strconv.ParseFloat(s, 64)
		if math.IsNaN(f) {
			return f, fmt.Errorf("decoding value: not a number")
		}
		return f, err
	case "b":
		return base64.StdEncoding.DecodeString(s)
	case "t":
		return Text(s), nil
	}
	return nil, fmt.Errorf("decoding value: unknown tag %q", tag)
}

type editJSON struct {
	Op     string          `json:"op"`
	Path   []string        `json:"path"`
	Value  json.RawMessage `json:"value,omitempty"`
	From   int             `json:"from,omitempty"`
	Delete int             `json:"delete,omitempty"`
	Insert string          `json:"insert,omitempty"`
	By     int64           `json:"by,omitempty"`
	Guard  Guard           `json:"guard,omitempty"`
	Expect json.RawMessage `json:"expect,omitempty"`
}

// EncodeSteps gives the JSON form of inverse edits.
func EncodeSteps(list []Guarded) ([]byte, error) {
	out := make([]editJSON, len(list))
	for i, g := range list {
		j := editJSON{Path: g.Edit.At(), Guard: g.Guard}
		var value Value
		hasValue := false
		switch e := g.Edit.(type) {
		case Put:
			j.Op, value, hasValue = "put", e.Value, true
		case Delete:
			j.Op = "delete"
		case Insert:
			j.Op, value, hasValue = "insert", e.Value, true
		case Splice:
			j.Op, j.From, j.Delete, j.Insert = "splice", e.From, e.Delete, e.Insert
		case Increment:
			j.Op, j.By = "increment", e.By
		}
		var err error
		if hasValue {
			if j.Value, err = EncodeValue(value); err != nil {
				return nil, err
			}
		}
		if j.Expect, err = EncodeValue(g.Expect); err != nil {
			return nil, err
		}
		out[i] = j
	}
	return json.Marshal(out)
}

// DecodeSteps reads what EncodeSteps wrote.
func DecodeSteps(b []byte) ([]Guarded, error) {
	var in []editJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("decoding undo step: %w", err)
	}
	out := make([]Guarded, len(in))
	for i, j := range in {
		expect, err := DecodeValue(j.Expect)
		if err != nil {
			return nil, err
		}
		var value Value
		if len(j.Value) > 0 {
			if value, err = DecodeValue(j.Value); err != nil {
				return nil, err
			}
		}
		g := Guarded{Guard: j.Guard, Expect: expect}
		switch j.Op {
		case "put":
			g.Edit = Put{Path: j.Path, Value: value}
		case "delete":
			g.Edit = Delete{Path: j.Path}
		case "insert":
			g.Edit = Insert{Path: j.Path, Value: value}
		case "splice":
			g.Edit = Splice{Path: j.Path, From: j.From, Delete: j.Delete, Insert: j.Insert}
		case "increment":
			g.Edit = Increment{Path: j.Path, By: j.By}
		default:
			return nil, fmt.Errorf("decoding undo step: unknown edit %q", j.Op)
		}
		out[i] = g
	}
	return out, nil
}
