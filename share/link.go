package share

import (
	"errors"
	"fmt"
	"strings"

	"corkboard/doc"
)

// MaxLink is the length in bytes beyond which nothing is taken for a link.
const MaxLink = 2048

// maxKind is the length of the longest content type in bytes.
const maxKind = 32

const (
	scheme    = "corkboard:/"
	oldScheme = "hypermerge:/"
	typeKey   = "contentType"
)

// Errors of Parse.
var (
	// ErrBadLink says that a text is not a link; the wrapping error names the
	// part that is broken.
	ErrBadLink = errors.New("not a Corkboard link")
	// ErrPushPin says that a link belongs to PushPin.
	ErrPushPin = errors.New("this is a PushPin link; Corkboard cannot open PushPin documents")
	// ErrShared says that a link carries a role or a secret of a shared board.
	ErrShared = errors.New("this link invites to a shared board, which this version cannot join yet")
)

// Link names a document and the content type that shows it. The zero Link
// names nothing.
type Link struct {
	Document doc.ID
	Kind     string // 1–32 of a–z, 0–9 and "-"
}

// String is Format.
func (l Link) String() string { return Format(l) }

// Valid reports whether Format of the link gives a text that Parse takes.
func (l Link) Valid() bool {
	_, err := doc.ParseID(string(l.Document))
	return err == nil && ValidKind(l.Kind)
}

// Format writes a link. It does not check the link: see Valid.
func Format(l Link) string {
	return scheme + string(l.Document) + "?" + typeKey + "=" + l.Kind
}

// Is reports whether a text announces itself as one of our links, broken or
// not: what decides if a pasted text is shown as a link error or kept as text.
func Is(s string) bool {
	s = strings.TrimSpace(s)
	return hasScheme(s, scheme) && !strings.ContainsAny(s, " \t\r\n")
}

// Parse reads exactly what Format writes, with white space around it. Errors:
// ErrBadLink, ErrPushPin, ErrShared.
func Parse(s string) (Link, error) {
	if len(s) > MaxLink {
		return Link{}, bad("it is longer than %d bytes", MaxLink)
	}
	s = strings.TrimSpace(s)
	if hasScheme(s, oldScheme) {
		return Link{}, ErrPushPin
	}
	if !hasScheme(s, scheme) {
		return Link{}, bad("it does not begin with %q", scheme)
	}
	rest, _, secret := strings.Cut(s[len(scheme):], "#")
	if secret {
		return Link{}, ErrShared
	}
	name, query, found := strings.Cut(rest, "?")
	if !found {
		return Link{}, bad("the content type is missing")
	}
	id, err := doc.ParseID(name)
	if err != nil {
		return Link{}, fmt.Errorf("%w: the document part: %w", ErrBadLink, err)
	}
	kind, err := parseQuery(query)
	if err != nil {
		return Link{}, err
	}
	return Link{Document: id, Kind: kind}, nil
}

// parseQuery wants the content type and nothing else.
func parseQuery(query string) (kind string, err error) {
	for _, part := range strings.Split(query, "&") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case typeKey:
			if kind != "" {
				return "", bad("it has two content types")
			}
			if !ValidKind(value) {
				return "", bad("the content type is not 1–%d of a–z, 0–9 and -", maxKind)
			}
			kind = value
		case "role", "secret", "key", "invite":
			return "", ErrShared
		default:
			return "", bad("it has a part that this version does not know")
		}
	}
	if kind == "" {
		return "", bad("the content type is missing")
	}
	return kind, nil
}

// ValidKind reports whether s can be a content type: 1–32 of a–z, 0–9 and "-".
func ValidKind(s string) bool {
	if len(s) == 0 || len(s) > maxKind {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// hasScheme ignores case, as schemes do (RFC 3986, 3.1).
func hasScheme(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func bad(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrBadLink}, args...)...)
}
