package doc

import "hash/fnv"

// Order keys sort as strings and always have room between two of them
// (fractional indexing: Greenspan, "Implementing Fractional Indexing", 2020).
// They let a list live in a map: two people's inserts and moves merge.

const orderDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// Between makes a key that sorts after a and before b. An empty a means the
// beginning, an empty b the end. Foreign keys, or a >= b, give a key after a.
func Between(a, b string) string {
	if b != "" && a >= b {
		b = ""
	}
	var out []byte
	for i := 0; ; i++ {
		lo, hi := digitAt(a, i, 0), digitAt(b, i, len(orderDigits))
		if lo == hi {
			out = append(out, orderDigits[lo])
			continue
		}
		if mid := (lo + hi) / 2; mid > lo {
			return string(append(out, orderDigits[mid]))
		}
		out = append(out, orderDigits[lo])
		b = "" // whatever follows is below b already
	}
}

// After makes n keys in order after a: for several new items at once.
func After(a string, n int) []string {
	out := make([]string, n)
	for i := range out {
		a = next(a)
		out[i] = a
	}
	return out
}

// next grows slowly: it adds one to the last digit of a key of width four.
func next(a string) string {
	for len(a) < 4 {
		a += "0"
	}
	b := []byte(a[:4])
	for i := 3; i >= 0; i-- {
		d := digitAt(string(b), i, 0)
		if d+1 < len(orderDigits) {
			b[i] = orderDigits[d+1]
			return string(b)
		}
		b[i] = orderDigits[0]
		if i == 3 { // a key that ended in the lowest digit would leave no room before it
			b[i] = orderDigits[1]
		}
	}
	return Between(a, "")
}

func digitAt(s string, i, missing int) int {
	if i >= len(s) {
		return missing
	}
	if d := indexByte(orderDigits, s[i]); d >= 0 {
		return d
	}
	return 0
}

// Spread makes n keys in order between lo and hi, halving so that they stay short.
func Spread(lo, hi string, n int) []string {
	if n <= 0 {
		return nil
	}
	mid := Between(lo, hi)
	keys := append(Spread(lo, mid, n/2), mid)
	return append(keys, Spread(mid, hi, n-1-n/2)...)
}

// maxOrder bounds keys that Placed makes, in bytes.
const maxOrder = 512

// Placed makes order keys for new items that go before the item at of a list with the
// keys in order. The keys are the items' own: two people who add at one place at the same
// time do not make equal ones. Where there is no room (equal keys, foreign keys, keys
// grown too long) all is numbered anew: anew holds keys for the whole list, else it is nil.
func Placed(order []string, at int, ids []string) (keys, anew []string) {
	lo, hi := "", ""
	if at > 0 {
		lo = order[at-1]
	}
	if at < len(order) {
		hi = order[at]
		keys = Spread(lo, hi, len(ids))
	} else {
		keys = After(lo, len(ids))
	}
	fits := true
	for i, id := range ids {
		keys[i] = Salted(keys[i], id)
		fits = fits && lo < keys[i] && len(keys[i]) <= maxOrder
		lo = keys[i]
	}
	if fits && (at == len(order) || lo < hi) {
		return keys, nil
	}
	all := After("", len(order)+len(ids))
	copy(keys, all[at:])
	return keys, append(all[:at:at], all[at+len(ids):]...)
}

// saltDigits are order digits without the lowest, which would leave no room
// before a key that ends in it.
const saltDigits = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// Salted makes the key the item's own.
func Salted(key, id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	n := h.Sum32()
	base := uint32(len(saltDigits))
	return key + string([]byte{saltDigits[n%base], saltDigits[n/base%base]})
}
