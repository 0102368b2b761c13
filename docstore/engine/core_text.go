package engine

import (
	"fmt"
	"unicode/utf8"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// textSize is what is known of one text: JavaScript counts UTF-16 units, we
// count runes, and only runes beyond the basic plane make a difference.
type textSize struct {
	id    string
	runes int
	wide  bool // has runes of two units
}

// widest is the last rune that is one UTF-16 unit.
const widest = 0xffff

func isWide(s string) bool {
	for _, r := range s {
		if r > widest {
			return true
		}
	}
	return false
}

// units is the length in UTF-16 units of the first n runes of s.
func units(s string, n int) int {
	u := 0
	for _, r := range s {
		if n == 0 {
			break
		}
		n--
		u++
		if r > widest {
			u++
		}
	}
	return u
}

func (c *core) readText(id string, heads any) (string, error) {
	s, err := c.vm.Text("automerge_text", c.at, id, heads)
	if err != nil {
		return "", coreError(err, ErrRefused)
	}
	return s, nil
}

func (c *core) splice(parent *dir, last string, e doc.Splice) error {
	kind, value, err := c.slot(parent, last)
	if err != nil {
		return err
	}
	id, _ := value.(string)
	if kind != "text" {
		return fmt.Errorf("no text at %q", last)
	}
	s := ""
	if c.text.id != id || c.text.wide {
		if s, err = c.readText(id, vm.Undefined); err != nil {
			return err
		}
		c.text = textSize{id: id, runes: utf8.RuneCountInString(s), wide: isWide(s)}
	}
	if n := c.text.runes; e.From < 0 || e.Delete < 0 || e.From > n || e.Delete > n-e.From {
		return fmt.Errorf("splice %d+%d in %d runes", e.From, e.Delete, n)
	}
	from, del := e.From, e.Delete
	if c.text.wide {
		from = units(s, e.From)
		del = units(s, e.From+e.Delete) - from
	}
	if err := c.do("automerge_splice", c.at, id, float64(from), float64(del), e.Insert); err != nil {
		return err
	}
	c.text.runes += utf8.RuneCountInString(e.Insert) - e.Delete
	c.text.wide = c.text.wide || isWide(e.Insert)
	return nil
}
