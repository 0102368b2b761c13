package doctest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"corkboard/doc"
)

// Texts that counting bytes or UTF-16 units gets wrong.
var oddTexts = []string{
	"", "a", "hello", "naïve", "e\u0301", "日本語", "😀", "👍🏼", "👨‍👩‍👧", "\u202eabc", "a\x00b", "\n", "ﬁ", "\U0001F1E9\U0001F1EA",
}

// RandomText is short and often strange.
func RandomText(r *rand.Rand) string {
	out := ""
	for n := r.IntN(4); n >= 0; n-- {
		out += oddTexts[r.IntN(len(oddTexts))]
	}
	return out
}

// RandomValue is a legal value of any kind, nested up to depth.
func RandomValue(r *rand.Rand, depth int) doc.Value {
	kinds := 11
	if depth <= 0 {
		kinds = 8
	}
	switch r.IntN(kinds) {
	case 0:
		return nil
	case 1:
		return r.IntN(2) == 0
	case 2:
		return r.Int64() - r.Int64()
	case 3:
		return r.NormFloat64() * 1e6
	case 4:
		return RandomText(r)
	case 5:
		return []byte(RandomText(r))
	case 6:
		return doc.Counter(r.IntN(100) - 50)
	case 7, 8:
		return doc.Text(RandomText(r))
	case 9:
		l := doc.List{}
		for n := r.IntN(4); n > 0; n-- {
			l = append(l, RandomValue(r, depth-1))
		}
		return l
	}
	m := doc.Map{}
	for n := r.IntN(4); n > 0; n-- {
		m[randomName(r)] = RandomValue(r, depth-1)
	}
	return m
}

func randomName(r *rand.Rand) string {
	if r.IntN(20) == 0 {
		return []string{"~", "0", "é", "a/b", "😀"}[r.IntN(5)]
	}
	return string(rune('a' + r.IntN(6)))
}

// RandomEdits are one to four edits that fit the tree one after the other.
// They take place anywhere in it and change kinds at will: to a codec this is
// the strange document that a stranger made.
func RandomEdits(r *rand.Rand, now doc.Map) []doc.Edit {
	t := doc.NewTree(doc.Clone(now).(doc.Map))
	var out []doc.Edit
	for n, tries := 1+r.IntN(4), 0; len(out) < n && tries < 50; tries++ {
		e := randomEdit(r, t.Root(), nil)
		if _, err := t.Apply([]doc.Edit{e}); err == nil {
			out = append(out, e)
		}
	}
	return out
}

func randomEdit(r *rand.Rand, at doc.Value, path doc.Path) doc.Edit {
	slots := slotsOf(at)
	if len(slots) > 0 && r.IntN(5) > 0 { // go deeper
		step := slots[r.IntN(len(slots))]
		next := append(slices.Clip(path), step)
		switch v := valueAt(at, step).(type) {
		case doc.Map, doc.List:
			if r.IntN(4) > 0 {
				return randomEdit(r, v, next)
			}
		case doc.Text:
			return randomSplice(r, v, next)
		case doc.Counter:
			return doc.Increment{Path: next, By: int64(r.IntN(9) - 4)}
		}
		if r.IntN(2) == 0 {
			return doc.Delete{Path: next}
		}
		return doc.Put{Path: next, Value: RandomValue(r, 2)}
	}
	if l, isList := at.(doc.List); isList {
		next := append(slices.Clip(path), strconv.Itoa(r.IntN(len(l)+1)))
		return doc.Insert{Path: next, Value: RandomValue(r, 2)}
	}
	return doc.Put{Path: append(slices.Clip(path), randomName(r)), Value: RandomValue(r, 2)}
}

func randomSplice(r *rand.Rand, t doc.Text, at doc.Path) doc.Edit {
	n := len([]rune(string(t)))
	from := r.IntN(n + 1)
	return doc.Splice{Path: at, From: from, Delete: r.IntN(n - from + 1), Insert: RandomText(r)}
}

func slotsOf(v doc.Value) []string {
	switch v := v.(type) {
	case doc.Map:
		return slices.Sorted(maps.Keys(v))
	case doc.List:
		out := make([]string, len(v))
		for i := range v {
			out[i] = strconv.Itoa(i)
		}
		return out
	}
	return nil
}

func valueAt(v doc.Value, step string) doc.Value {
	switch v := v.(type) {
	case doc.Map:
		return v[step]
	case doc.List:
		if i, ok := doc.Index(step); ok && i < len(v) {
			return v[i]
		}
	}
	return nil
}

// Show prints a value for a failure message.
func Show(v doc.Value) string {
	b, err := doc.EncodeValue(v)
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(b)
}
