package doc

import (
	"errors"
	"math/big"
)

// ID names a document for life: 32 bytes in base58, as in links.
type ID string

// ErrBadID says that a text is not a document id.
var ErrBadID = errors.New("not a document id")

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// NewID makes an id from 32 bytes that the caller drew at random or hashed.
func NewID(b [32]byte) ID {
	n, radix, rest := new(big.Int).SetBytes(b[:]), big.NewInt(58), new(big.Int)
	var out []byte
	for n.Sign() > 0 {
		n.DivMod(n, radix, rest)
		out = append(out, base58[rest.Int64()])
	}
	for i := 0; i < len(b) && b[i] == 0; i++ {
		out = append(out, base58[0])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return ID(out)
}

// ParseID accepts exactly what NewID makes; else ErrBadID.
func ParseID(s string) (ID, error) {
	if len(s) < 32 || len(s) > 44 {
		return "", ErrBadID
	}
	n, radix := new(big.Int), big.NewInt(58)
	zeros, leading := 0, true
	for i := 0; i < len(s); i++ {
		d := indexByte(base58, s[i])
		if d < 0 {
			return "", ErrBadID
		}
		if leading && d == 0 {
			zeros++
		} else {
			leading = false
		}
		n.Add(n.Mul(n, radix), big.NewInt(int64(d)))
	}
	if zeros+(n.BitLen()+7)/8 != 32 {
		return "", ErrBadID
	}
	return ID(s), nil
}

func indexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}
