package jsoncanvas

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"
)

// conforms holds a canvas against JSON Canvas 1.0 as it is published, strictly: required
// attributes, their types, the values that are named, unique ids, ends of edges that are
// there, and files that are there.
func conforms(from fs.FS, name string) (wrong []string) {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		return []string{err.Error()}
	}
	var top map[string]any
	if err := json.Unmarshal(text, &top); err != nil {
		return []string{err.Error()}
	}
	c := checker{from: from, ids: map[string]bool{}}
	for i, n := range c.list(top, "nodes") {
		c.at = fmt.Sprintf("%s: node %d", name, i)
		c.node(n)
	}
	edges := map[string]bool{}
	for i, e := range c.list(top, "edges") {
		c.at = fmt.Sprintf("%s: edge %d", name, i)
		c.edge(e, edges)
	}
	return c.wrong
}

type checker struct {
	from  fs.FS
	at    string
	ids   map[string]bool
	wrong []string
}

func (c *checker) fail(format string, args ...any) {
	c.wrong = append(c.wrong, c.at+": "+fmt.Sprintf(format, args...))
}

func (c *checker) list(top map[string]any, name string) (out []map[string]any) {
	v, there := top[name]
	if !there {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		c.fail("%s is no array", name)
	}
	for _, x := range list {
		o, ok := x.(map[string]any)
		if !ok {
			c.fail("%s holds what is no object", name)
			continue
		}
		out = append(out, o)
	}
	return out
}

func (c *checker) node(n map[string]any) {
	id := c.text(n, "id", true)
	if c.ids[id] {
		c.fail("id %q is not unique", id)
	}
	c.ids[id] = true
	for _, name := range []string{"x", "y", "width", "height"} {
		if x, ok := n[name].(float64); !ok || x != math.Trunc(x) {
			c.fail("%s is %v, no integer", name, n[name])
		}
	}
	c.color(n)
	switch kind := c.text(n, "type", true); kind {
	case "text":
		c.text(n, "text", true)
	case "file":
		if file := c.text(n, "file", true); !fs.ValidPath(file) {
			c.fail("file %q is no path inside", file)
		} else if _, err := fs.Stat(c.from, file); err != nil {
			c.fail("file: %v", err)
		}
		if s := c.text(n, "subpath", false); s != "" && !strings.HasPrefix(s, "#") {
			c.fail("subpath %q", s)
		}
	case "link":
		c.text(n, "url", true)
	case "group":
		c.text(n, "label", false)
		c.text(n, "background", false)
		c.oneOf(n, "backgroundStyle", "cover", "ratio", "repeat")
	default:
		c.fail("type %q", kind)
	}
}

func (c *checker) edge(e map[string]any, ids map[string]bool) {
	id := c.text(e, "id", true)
	if ids[id] {
		c.fail("id %q is not unique", id)
	}
	ids[id] = true
	for _, end := range []string{"from", "to"} {
		if node := c.text(e, end+"Node", true); !c.ids[node] {
			c.fail("%sNode %q is not there", end, node)
		}
		c.oneOf(e, end+"Side", "top", "right", "bottom", "left")
		c.oneOf(e, end+"End", "none", "arrow")
	}
	c.text(e, "label", false)
	c.color(e)
}

func (c *checker) text(o map[string]any, name string, required bool) string {
	v, there := o[name]
	s, ok := v.(string)
	if there && !ok || required && !there {
		c.fail("%s is %v", name, v)
	}
	return s
}

func (c *checker) oneOf(o map[string]any, name string, allowed ...string) {
	if s := c.text(o, name, false); s != "" && !slices.Contains(allowed, s) {
		c.fail("%s is %q", name, s)
	} else if _, there := o[name]; there && s == "" {
		c.fail("%s is empty", name)
	}
}

var canvasColor = regexp.MustCompile(`^([1-6]|#[0-9A-Fa-f]{6})$`)

func (c *checker) color(o map[string]any) {
	if v, there := o["color"]; there {
		if s, ok := v.(string); !ok || !canvasColor.MatchString(s) {
			c.fail("color is %v", v)
		}
	}
}
