package jsoncanvas

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"strconv"
)

// Extension is that of canvas files, without a dot.
const Extension = "canvas"

// key holds what only we know.
const key = "corkboard"

// ownFormat is the version of what stands under our key.
const ownFormat = 1

// Limits of what is read.
const (
	maxCanvas = 64 << 20 // bytes of a canvas file
	maxDepth  = 64       // of its JSON
	maxOwn    = 8 << 20  // bytes of a document under our key
	maxKept   = 64 << 10 // bytes of what is kept for others, of each node
	farNode   = 1e7      // board units
	maxSide   = 20000
)

// Slots of our documents that keep what only others know, as JSON.
const (
	slotNode   = "canvasNode"   // fields of a node
	slotCanvas = "canvasFields" // fields of a canvas
	slotEdges  = "canvasEdges"  // map: edge id to an edge that is no connector
	slotGroups = "canvasGroups" // map: group id to its node
)

// fields is a JSON object.
type fields map[string]json.RawMessage

// ownCanvas is what stands under our key in a canvas.
type ownCanvas struct {
	Format int             `json:"format"`
	Root   bool            `json:"root,omitempty"` // the board that was asked for
	Title  string          `json:"title,omitempty"`
	Color  string          `json:"color,omitempty"`
	Slots  json.RawMessage `json:"slots,omitempty"` // as doc.EncodeValue
}

// ownNode is what stands under our key in a node.
type ownNode struct {
	Kind     string          `json:"kind,omitempty"`     // where the type does not tell
	Document json.RawMessage `json:"document,omitempty"` // as doc.EncodeValue
	Sum      string          `json:"sum,omitempty"`      // of the text that Document gives
	Same     string          `json:"same,omitempty"`     // nodes with the same show one document
	Place    []float64       `json:"place,omitempty"`    // x y w h as they are, 0 for natural,
	Drawn    []float64       `json:"drawn,omitempty"`    // while the node's are these
	Group    string          `json:"group,omitempty"`    // ids, the outermost first
	Locked   bool            `json:"locked,omitempty"`
	On       string          `json:"on,omitempty"`     // id of the node that carries it
	In       string          `json:"in,omitempty"`     // id of the node that is its column,
	Order    string          `json:"order,omitempty"`  // and its order key there
	Around   string          `json:"around,omitempty"` // of a group node: its path
}

func (o ownNode) empty() bool {
	return o.Kind == "" && o.Document == nil && o.Sum == "" && o.Same == "" && o.Place == nil && o.Group == "" && !o.Locked && o.On == "" && o.In == "" && o.Around == ""
}

// put sets a field; what is put can always be encoded.
func (f fields) put(name string, v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) == nil {
		f[name] = bytes.TrimSpace(b.Bytes())
	}
}

// text reads a string; "" for anything else.
func (f fields) text(name string) string {
	var s string
	if json.Unmarshal(f[name], &s) != nil {
		return ""
	}
	return s
}

// number reads a number, also one that was written as a string.
func (f fields) number(name string) (float64, bool) {
	var x float64
	if json.Unmarshal(f[name], &x) != nil || len(f[name]) == 0 {
		var err error
		if x, err = strconv.ParseFloat(f.text(name), 64); err != nil {
			return 0, false
		}
	}
	return x, !math.IsNaN(x) && !math.IsInf(x, 0)
}

// rest is a JSON object of the fields that are not named; "" for none, and for more than
// is kept.
func (f fields) rest(named ...string) string {
	out := maps.Clone(f)
	for _, n := range named {
		delete(out, n)
	}
	b, err := json.Marshal(out)
	if err != nil || len(out) == 0 || len(b) > maxKept {
		return ""
	}
	return string(b)
}

// tooDeep reports whether JSON is nested deeper than is allowed.
func tooDeep(b []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
