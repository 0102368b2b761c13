package lang

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Below translates a text from below the window: what an error says, an action of the
// board, a step of the history. A text that is not known stays as it is.
func Below(english string) string {
	t := now.Load()
	if t == nil {
		return english
	}
	return t.below.part(english, depth)
}

// Steps translates what a stretch of the history is called: "Add 2 cards ×3, Typing".
func Steps(english string) string {
	if now.Load() == nil {
		return english
	}
	list := strings.Split(english, ", ")
	for i, step := range list {
		step, times, many := strings.Cut(step, " ×")
		if list[i] = Below(step); many {
			list[i] += " ×" + times
		}
	}
	return strings.Join(list, ", ")
}

// depth bounds how often a part of a text is a text again.
const depth = 6

// phrases are texts, and patterns of texts: %d is a number, %s a name that stays, %v a
// text that is translated itself.
type phrases struct {
	whole    map[string]string
	patterns []pattern // the most particular first
	starts   []string  // whole sentences, the longest first: others may follow them
}

type pattern struct {
	is      *regexp.Regexp
	verbs   []byte
	english string
	to      string
}

var verb = regexp.MustCompile(`%(?:\[[0-9]+\])?[dsv]`)

func newPhrases(list map[string]string) *phrases {
	p := &phrases{whole: map[string]string{}}
	for english, to := range list {
		if verb.MatchString(english) {
			p.patterns = append(p.patterns, newPattern(english, to))
			continue
		}
		p.whole[english] = to
		if strings.HasSuffix(english, ".") {
			p.starts = append(p.starts, english)
		}
	}
	slices.SortFunc(p.patterns, func(a, b pattern) int {
		return cmp.Or(slices.Compare(b.rank(), a.rank()), cmp.Compare(a.english, b.english))
	})
	slices.SortFunc(p.starts, func(a, b string) int { return len(b) - len(a) })
	return p
}

func newPattern(english, to string) pattern {
	p := pattern{english: english, to: to}
	var b strings.Builder
	b.WriteString(`(?s)^`)
	rest := english
	for _, v := range verb.FindAllString(english, -1) {
		before, after, _ := strings.Cut(rest, v)
		b.WriteString(regexp.QuoteMeta(before))
		kind := v[len(v)-1]
		p.verbs = append(p.verbs, kind)
		switch kind {
		case 'd':
			b.WriteString(`([0-9]+)`)
		case 's':
			b.WriteString(`(.+?)`)
		case 'v':
			b.WriteString(`(.+)`)
		}
		rest = after
	}
	b.WriteString(regexp.QuoteMeta(rest) + `$`)
	p.is = regexp.MustCompile(b.String())
	return p
}

// rank is higher for patterns that are tried earlier: those that hold another text, then
// those with more words of their own.
func (p pattern) rank() []int {
	return []int{strings.Count(p.english, "%v"), len(verb.ReplaceAllString(p.english, ""))}
}

// find is the translation of a text, and whether there is one.
func (p *phrases) find(english string, deep int) (string, bool) {
	if s, ok := p.whole[english]; ok {
		return s, true
	}
	if deep == 0 {
		return "", false
	}
	for _, start := range p.starts {
		if rest, ok := strings.CutPrefix(english, start+" "); ok {
			return p.whole[start] + " " + p.part(rest, deep), true
		}
	}
	for i := range p.patterns {
		if s, ok := p.fill(&p.patterns[i], english, deep); ok {
			return s, true
		}
	}
	return "", false
}

// fill puts what stands in the places of a pattern into its translation.
func (p *phrases) fill(by *pattern, english string, deep int) (string, bool) {
	found := by.is.FindStringSubmatch(english)
	if found == nil {
		return "", false
	}
	parts := found[1:]
	for i, kind := range by.verbs {
		if kind == 'v' {
			parts[i] = p.part(parts[i], deep)
		}
	}
	next := 0
	return verb.ReplaceAllStringFunc(by.to, func(v string) string {
		at := next
		if n := strings.IndexByte(v, '['); n >= 0 {
			at = int(v[n+1] - '1')
		}
		next = at + 1
		return parts[at]
	}), true
}

// part translates a part of a text, which may have lost its capital letter.
func (p *phrases) part(english string, deep int) string {
	if s, ok := p.find(english, deep-1); ok {
		return s
	}
	r, n := utf8.DecodeRuneInString(english)
	if s, ok := p.find(string(unicode.ToUpper(r))+english[n:], deep-1); ok {
		return s
	}
	return english
}
