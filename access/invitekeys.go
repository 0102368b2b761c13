package access

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"

	"corkboard/identity"
)

const inviteInfo = "corkboard/access/invite/1"

// InviteKeys is what the secret of a link is good for: a key that signs Joins
// and one that keys are sealed to. It prints as a fixed word.
type InviteKeys struct{ device *identity.Device }

// NewInviteKeys derives the keys of a link from its 16-byte secret: 64 bytes of
// HKDF-SHA256 without salt, the seed of the signing key, then that of the
// sealing key, as identity.NewDevice takes them.
func NewInviteKeys(secret [16]byte) (*InviteKeys, error) {
	seeds, err := hkdf.Key(sha256.New, secret[:], nil, inviteInfo, 64)
	if err != nil {
		return nil, fmt.Errorf("derive the keys of a link: %w", err)
	}
	device, err := identity.NewDevice(bytes.NewReader(seeds))
	if err != nil {
		return nil, fmt.Errorf("derive the keys of a link: %w", err)
	}
	return &InviteKeys{device}, nil
}

// Invite is an invitation that this link takes up; without keys, for good, for
// any number of joins. SealTo puts keys into it.
func (k *InviteKeys) Invite(role Role) *Invite {
	p := &Invite{Role: role, Key: k.device.ID()}
	if role != Store {
		p.KEM = k.device.KEM()
	}
	return p
}

// Fits says whether an invitation is that of this link.
func (k *InviteKeys) Fits(p *Invite) bool { return p.ByLink() && p.Key == k.device.ID() }

// Join takes up an invitation for an author. Errors: those of Author.Sign.
func (k *InviteKeys) Join(a Author, at int64, parents []RecordID, invite RecordID) (*Record, error) {
	signature := k.device.Sign(joinDomain, joinBody(invite, a.Person, a.Device.ID()))
	return a.Sign(at, parents, &Join{Invite: invite, Key: k.device.ID(), Signature: signature})
}

const hiddenInvite = "access.InviteKeys(hidden)"

// Format writes a fixed word under every verb.
func (k InviteKeys) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenInvite) }

// String is a fixed word.
func (k InviteKeys) String() string { return hiddenInvite }

// GoString is a fixed word.
func (k InviteKeys) GoString() string { return hiddenInvite }

// LogValue is a fixed word.
func (k InviteKeys) LogValue() slog.Value { return slog.StringValue(hiddenInvite) }

// MarshalText is a fixed word.
func (k InviteKeys) MarshalText() ([]byte, error) { return []byte(hiddenInvite), nil }
