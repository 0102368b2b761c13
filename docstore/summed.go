package docstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// sumKey begins the last member of a JSON object that has a sum.
const sumKey = ",\n  \"~sum\": \""

// Summed puts the SHA-256 of a JSON object, as json.MarshalIndent writes it with two
// spaces, into it as its last member "~sum": a flipped bit is then not taken for what
// somebody has set. One without members stays as it is.
func Summed(object []byte) []byte {
	body, found := bytes.CutSuffix(bytes.TrimRight(object, "\n"), []byte("\n}"))
	if !found {
		return object
	}
	sum := sha256.Sum256(body)
	return fmt.Appendf(nil, "%s%s%x\"\n}\n", body, sumKey, sum)
}

// Unsummed checks the sum of an object, if it has one: files of older versions, and those
// in which somebody has left it out, have none. ErrDamaged if it is another.
func Unsummed(object []byte) error {
	at := bytes.LastIndex(object, []byte(sumKey))
	if at < 0 {
		return nil
	}
	sum := sha256.Sum256(object[:at])
	if string(object[at+len(sumKey):]) != hex.EncodeToString(sum[:])+"\"\n}\n" {
		return fmt.Errorf("%w: it is not what was written", ErrDamaged)
	}
	return nil
}
