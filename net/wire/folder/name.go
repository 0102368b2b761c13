package folder

import (
	"encoding/hex"
	"fmt"
	"strings"

	"corkboard/net/wire"
)

const (
	scheme   = "folder:"
	keyBytes = 32 // of a name
	idBytes  = 8
)

// Names of files.
const (
	aliveName = "alive"
	callName  = "call"
	seenName  = "seen"
	tempStart = "~" // and tempEnd: Dropbox leaves such files alone
	tempEnd   = ".tmp"
)

type connID [idBytes]byte

func (id connID) String() string { return hex.EncodeToString(id[:]) }

// addressOf is where the end of a name can be dialled: "folder:" and 64 hex digits.
func addressOf(name string) wire.Address { return wire.Address(scheme + name) }

// nameIn is the name that an address says. ErrAddress.
func nameIn(a wire.Address) (string, error) {
	name, ok := strings.CutPrefix(string(a), scheme)
	if !ok || !isName(name) {
		return "", fmt.Errorf("%w: %.100q", ErrAddress, string(a))
	}
	return name, nil
}

// isName says whether a folder is called like an end.
func isName(s string) bool { return isHex(s, 2*keyBytes) }

// isHex says whether s is n lower-case hex digits.
func isHex(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789abcdef") == ""
}

// keyOf is the key that a name is.
func keyOf(name string) []byte {
	key, err := hex.DecodeString(name)
	if err != nil {
		panic("folder: a name that is none: " + name)
	}
	return key
}

// forOther is where one end writes for another.
func forOther(from, to string) string { return from + "/" + to }

// seenFile and segmentFile stand behind the beginning that all files of a
// connection have: from/to/id.
func seenFile(start string) string { return start + "." + seenName }

func segmentFile(start string, n uint64) string { return fmt.Sprintf("%s.%016x", start, n) }

// tempOf is where a file is written before it is renamed.
func tempOf(path string) string {
	cut := strings.LastIndexByte(path, '/') + 1
	return path[:cut] + tempStart + path[cut:] + tempEnd
}

// isOurs says whether a file in a folder for another end is called as this program
// calls them.
func isOurs(file string) bool {
	if bare, ok := strings.CutPrefix(file, tempStart); ok {
		file, ok = strings.CutSuffix(bare, tempEnd)
		if !ok {
			return false
		}
	}
	if file == callName {
		return true
	}
	id, rest, ok := strings.Cut(file, ".")
	return ok && isHex(id, 2*idBytes) && (rest == seenName || isHex(rest, 16))
}
