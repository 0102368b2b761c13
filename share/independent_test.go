package share_test

// A second reader of links, written from docs/FORMAT.md alone: it shares no code with the first.

import (
	"errors"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// whole is a link in one piece; the query is taken apart later.
var whole = regexp.MustCompile(`^((?i:corkboard:/))([1-9A-HJ-NP-Za-km-z]+)\?([^#]*)(?:#([rwas])\.([1-9A-HJ-NP-Za-km-z]+))?$`)

var (
	kinds    = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
	escaped  = regexp.MustCompile(`^(?:[A-Za-z0-9._~/:-]|%[0-9A-F]{2})+$`)
	needless = regexp.MustCompile(`%(?:2[DEF]|3[0-9A]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])`) // of letters, digits, -._~/:
)

var errNoLink = errors.New("no link by the text")

// decoded is a link in plain values: what the text says of each part.
type decoded struct {
	Document, Collection []byte // 32 bytes; nil
	Kind                 string
	At                   []string
	Role                 string
	Secret               []byte // 16 bytes; nil
}

// base58 reads digits as one number, big-endian, of exactly n bytes.
func base58(s string, n int) []byte {
	const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	sum := new(big.Int)
	for _, c := range s {
		sum.Mul(sum, big.NewInt(58)).Add(sum, big.NewInt(int64(strings.IndexRune(digits, c))))
	}
	if sum.BitLen() > 8*n {
		return nil
	}
	return sum.FillBytes(make([]byte, n))
}

// documentID reads an id: base58, in which each zero byte at the front is a "1" of its own.
func documentID(s string) ([]byte, bool) {
	b := base58(s, 32)
	if b == nil {
		return nil, false
	}
	zeros := slices.IndexFunc(b, func(c byte) bool { return c != 0 })
	if zeros < 0 {
		zeros = len(b)
	}
	return b, len(s)-len(strings.TrimLeft(s, "1")) == zeros
}

// address reads what a transport is told, in its one form.
func address(s string) (string, bool) {
	if !escaped.MatchString(s) || needless.MatchString(s) {
		return "", false
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			out = append(out, s[i])
			continue
		}
		out = append(out, byte(strings.IndexByte(hexDigits, s[i+1])<<4|strings.IndexByte(hexDigits, s[i+2])))
		i += 2
	}
	ok := len(out) <= 256 && utf8.Valid(out) && strings.IndexFunc(string(out), unicode.IsControl) < 0
	return string(out), ok
}

const hexDigits = "0123456789ABCDEF"

// read takes a link apart.
func read(s string) (decoded, error) {
	m := whole.FindStringSubmatch(strings.TrimSpace(s))
	if len(s) > 2048 || m == nil || m[2] == "" {
		return decoded{}, errNoLink
	}
	document, ok := documentID(m[2])
	out := decoded{Document: document, Role: m[4]}
	for part := range strings.SplitSeq(m[3], "&") {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case name == "contentType" && out.Kind == "" && kinds.MatchString(value):
			out.Kind = value
		case name == "in" && out.Collection == nil:
			var whole bool
			out.Collection, whole = documentID(value)
			ok = ok && whole
		case name == "at" && len(out.At) < 2:
			at, whole := address(value)
			ok = ok && whole && !slices.Contains(out.At, at)
			out.At = append(out.At, at)
		default:
			return decoded{}, errNoLink
		}
	}
	if out.Role != "" {
		out.Secret = base58(m[5], 16)
		to := out.Collection != nil || out.Kind == "storage-peer" && out.Role == "s" || out.Kind == "device" && out.Role == "a"
		ok = ok && to && len(m[5]) == 22 && out.Secret != nil
	}
	if !ok || out.Kind == "" {
		return decoded{}, errNoLink
	}
	return out, nil
}
