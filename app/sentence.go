package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
)

// maxSaid is how many of several errors are said one by one.
const maxSaid = 3

// Sentence says an error in words for a person, without jargon and with what
// can be done where there is something. It is "" when there is nothing to say:
// for nil, for what a person cancelled, and for doc.ErrNothing.
func Sentence(err error) string {
	var many several
	if errors.As(err, &many) {
		return sayAll(many)
	}
	if err == nil || errors.Is(err, context.Canceled) {
		return ""
	}
	var file *FileError
	var locked *docstore.LockedError
	var full *NotEmptyError
	var there *ExistsError
	var missing *MissingError
	var keys *KeysError
	var key *board.KeyError
	var word *identity.WordError
	switch {
	case errors.As(err, &file):
		if s := Sentence(file.Err); s != "" {
			return fmt.Sprintf("“%s”: %s", file.Name, lowerFirst(s))
		}
		return ""
	case errors.As(err, &locked):
		return "Another Corkboard is using this profile" + process(locked.PID) + ". Close it, or choose another profile with --profile."
	case errors.As(err, &full):
		return fmt.Sprintf("The folder “%s” has something in it. Choose an empty one or a new name, so that nothing is overwritten.", full.Dir)
	case errors.As(err, &there):
		return fmt.Sprintf("“%s” is there already. Choose another name, so that nothing is overwritten.", there.Path)
	case errors.As(err, &missing) && missing.Files == 1:
		return "1 file is not on this device yet and is not in the bundle. All else was written."
	case errors.As(err, &missing):
		return fmt.Sprintf("%d files are not on this device yet and are not in the bundle. All else was written.", missing.Files)
	case errors.As(err, &keys):
		if keys.Line > 0 {
			return fmt.Sprintf("Line %d of %s: %s", keys.Line, keysName, lowerFirst(keys.Why))
		}
		return fmt.Sprintf("%s: %s", keysName, lowerFirst(keys.Why))
	case errors.As(err, &key):
		return fmt.Sprintf("Your keys for “%s”: %s", cards.CleanName(key.Row), key.Why)
	case errors.As(err, &word):
		return fmt.Sprintf("Word %d is none of the words that Corkboard uses. Look how it is spelled.", word.Position)
	case errors.Is(err, docstore.ErrNotSaved):
		return strings.TrimSpace("The newest changes are not saved. " + lookUp(err, sentences))
	}
	if s := lookUp(err, sentences); s != "" || errors.Is(err, doc.ErrNothing) {
		return s
	}
	return "Something went wrong: " + cards.CleanName(err.Error()) + "."
}

func process(pid int) string {
	if pid == 0 {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}

func sayAll(list []error) string {
	var said []string
	for _, err := range list {
		if s := Sentence(err); s != "" {
			said = append(said, s)
		}
	}
	if more := len(said) - maxSaid; more > 0 {
		said = append(said[:maxSaid], fmt.Sprintf("And %d more.", more))
	}
	return strings.Join(said, " ")
}

// lookUp is the words of the first kind in the list that err is.
func lookUp(err error, list []saying) string {
	for _, s := range list {
		if errors.Is(err, s.kind) {
			return s.words
		}
	}
	return ""
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	// "PDF" stays "PDF".
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// saying is what to say about errors of a kind.
type saying struct {
	kind  error
	words string
}
