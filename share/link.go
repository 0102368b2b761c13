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
	inKey     = "in"
	atKey     = "at"
)

// KindStorage is the content type of a link to a storage peer: its document is
// the peer's device id, and its invitation belongs to no collection.
const KindStorage = "storage-peer"

// KindPerson is the content type of a link to a person: its document is the id of their
// log, and it holds no secret.
const KindPerson = "person"

// KindDevice is the content type of a link by which a device becomes another one of
// a person's: its document is the id of the device that has made it.
const KindDevice = "device"

// Errors of Parse and ParseLocal.
var (
	// ErrBadLink says that a text is not a link; the wrapping error names the
	// part that is broken.
	ErrBadLink = errors.New("not a Corkboard link")
	// ErrPushPin says that a link belongs to PushPin.
	ErrPushPin = errors.New("this is a PushPin link; Corkboard cannot open PushPin documents")
	// ErrShared says that a link is whole but leads to a shared board.
	ErrShared = errors.New("this link leads to a shared board, which this version cannot join yet")
	// ErrStorage says that a link is whole but makes somebody the owner of a
	// storage peer.
	ErrStorage = errors.New("this link is for the owner of a storage peer and cannot stand on a board")
	// ErrDevice says that a link is whole but lets a device in.
	ErrDevice = errors.New("this link is for another device of yours and cannot stand on a board")
)

// Link names a document and the content type that shows it. The zero Link
// names nothing. Equal links are equal by ==.
type Link struct {
	Document doc.ID
	Kind     string // 1–32 of a–z, 0–9 and "-"
	In       doc.ID // the collection of a shared document; else ""
	At       Addresses
	Role     Role   // what the link invites to; else 0
	Secret   Secret // of the invitation
}

// String is the link without its secret and addresses, for people and logs; see
// Format.
func (l Link) String() string {
	if l.Invites() {
		return base(l) + "#" + string(rune(l.Role)) + ".(hidden)"
	}
	return base(l)
}

// GoString is String.
func (l Link) GoString() string { return l.String() }

// MarshalText is String: what is stored is written with Format, on purpose.
func (l Link) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Shared reports whether the link names a collection.
func (l Link) Shared() bool { return l.In != "" }

// Invites reports whether the link carries an invitation.
func (l Link) Invites() bool { return l.Role != 0 || !l.Secret.None() }

// Bare is the link without its invitation and addresses: what a board may hold.
func (l Link) Bare() Link {
	l.Role, l.Secret, l.At = 0, Secret{}, Addresses{}
	return l
}

// Valid reports whether Format of the link gives a text that Parse takes.
func (l Link) Valid() bool {
	if _, err := doc.ParseID(string(l.Document)); err != nil || !ValidKind(l.Kind) {
		return false
	}
	if l.Shared() {
		if _, err := doc.ParseID(string(l.In)); err != nil {
			return false
		}
	}
	if !l.At.valid() {
		return false
	}
	return !l.Invites() || l.mayInvite() && l.Role.valid() && !l.Secret.None()
}

// mayInvite reports whether it is said what the invitation is to.
func (l Link) mayInvite() bool {
	switch {
	case l.Shared():
		return true
	case l.Kind == KindDevice:
		return l.Role == Admin
	}
	return l.Kind == KindStorage && l.Role == Store
}

// Format writes a link, with its secret. It does not check the link: see Valid.
func Format(l Link) string {
	s := base(l) + l.At.query()
	if l.Invites() {
		s += "#" + string(rune(l.Role)) + "." + l.Secret.text()
	}
	return s
}

func base(l Link) string {
	s := scheme + string(l.Document) + "?" + typeKey + "=" + l.Kind
	if l.Shared() {
		s += "&" + inKey + "=" + string(l.In)
	}
	return s
}

// Is reports whether a text announces itself as one of our links, broken or
// not: what decides if a pasted text is shown as a link error or kept as text.
func Is(s string) bool {
	s = strings.TrimSpace(s)
	return hasScheme(s, scheme) && !strings.ContainsAny(s, " \t\r\n")
}

// Parse reads exactly what Format writes, with white space around it, and the
// parts of the query in any order. Errors: ErrBadLink, ErrPushPin.
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
	rest, fragment, invites := strings.Cut(s[len(scheme):], "#")
	name, query, found := strings.Cut(rest, "?")
	if !found {
		return Link{}, bad("the content type is missing")
	}
	id, err := doc.ParseID(name)
	if err != nil {
		return Link{}, fmt.Errorf("%w: the document part: %w", ErrBadLink, err)
	}
	l := Link{Document: id}
	if err := l.parseQuery(query); err != nil {
		return Link{}, err
	}
	if invites {
		if err := l.parseFragment(fragment); err != nil {
			return Link{}, err
		}
	}
	return l, nil
}

// ParseLocal is Parse for those who cannot join a collection, and care for no
// addresses: a link to a shared board is ErrShared, an invitation to a storage
// peer ErrStorage, one to a device ErrDevice.
func ParseLocal(s string) (Link, error) {
	l, err := Parse(s)
	switch {
	case err != nil:
		return Link{}, err
	case l.Shared():
		return Link{}, ErrShared
	case l.Invites() && l.Kind == KindDevice:
		return Link{}, ErrDevice
	case l.Invites():
		return Link{}, ErrStorage
	}
	return l.Bare(), nil
}

// parseQuery wants the content type, takes a collection and addresses, and
// nothing else.
func (l *Link) parseQuery(query string) error {
	for _, part := range strings.Split(query, "&") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case typeKey:
			if l.Kind != "" {
				return bad("it has two content types")
			}
			if !ValidKind(value) {
				return bad("the content type is not 1–%d of a–z, 0–9 and -", maxKind)
			}
			l.Kind = value
		case inKey:
			if l.In != "" {
				return bad("it has two collections")
			}
			id, err := doc.ParseID(value)
			if err != nil {
				return fmt.Errorf("%w: the collection part: %w", ErrBadLink, err)
			}
			l.In = id
		case atKey:
			if err := l.At.add(value); err != nil {
				return err
			}
		case "role", "secret", "key", "invite":
			return bad("an invitation belongs behind a # at its end")
		default:
			return bad("it has a part that this version does not know")
		}
	}
	if l.Kind == "" {
		return bad("the content type is missing")
	}
	return nil
}

// parseFragment reads role.secret.
func (l *Link) parseFragment(fragment string) error {
	role, secret, found := strings.Cut(fragment, ".")
	switch {
	case fragment == "":
		return bad("the invitation behind the # is missing")
	case !found || len(role) != 1:
		return bad("the invitation does not begin with a role and a full stop")
	case !Role(role[0]).valid():
		return bad("the role is none that this version knows")
	}
	if l.Role = Role(role[0]); !l.mayInvite() {
		return bad("it invites to a collection but does not name it")
	}
	s, ok := parseSecret(secret)
	if !ok {
		return bad("the secret is damaged")
	}
	l.Secret = s
	return nil
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
