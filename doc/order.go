package doc

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
