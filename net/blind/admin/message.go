package admin

import (
	"fmt"

	"corkboard/net/wire"
	"corkboard/record"
)

// Protocol names the stream. Whoever opens it asks, the storage peer answers.
const Protocol = "/corkboard/storage/1"

const (
	version = 1

	// MaxSecrets is how many namespaces one question names.
	MaxSecrets = 256
	// MaxTenants is how many tenants one answer names.
	MaxTenants = 256

	maxQuestion = 16 << 10
	maxAnswer   = 32 << 10
	maxNumber   = 1<<63 - 1
)

// Kind says what is asked.
type Kind uint8

// What can be asked. A stranger to all tenants may ask for Room alone, a tenant up to
// Status, the owner everything; Own only who holds the first owner's link.
const (
	Room         Kind = 1 + iota // is what this connection's namespaces bring taken now?
	Register                     // keep namespaces, by their secrets
	Release                      // keep them no longer: they go, with all in them
	Status                       // of the tenant who asks
	AddTenant                    // by a secret
	SetQuota                     // of a tenant
	RemoveTenant                 // with all that they alone have registered
	Tenants                      // who is allowed
	Own                          // become the first owner, by a secret
)

// Question is what is asked. Which fields count depends on the kind.
type Question struct {
	Kind    Kind
	Secrets []wire.Secret // 1 to MaxSecrets of Register and Release, one of AddTenant and Own
	Tenant  int64         // of SetQuota and RemoveTenant; of Tenants the one before the first
	Quota   int64         // bytes, of AddTenant and SetQuota; 0: as much as the disk holds
}

// Standing is how it stands with a tenant.
type Standing struct {
	ID         int64
	Owner      bool
	Quota      int64 // bytes; 0: as much as the disk holds
	Used       int64 // bytes
	Namespaces int   // that they pay for
	Created    int64 // seconds since 1970, to the hour
	Seen       int64 // when they were connected last, likewise; 0 for never
}

// Answer is what a storage peer says. Which fields count depends on the question.
type Answer struct {
	Err       error      // one of this package
	Free      int64      // bytes of the disk, of Status and Tenants
	Standings []Standing // one of Status and AddTenant, up to MaxTenants of Tenants
}

func (k Kind) secrets() (least, most int) {
	switch k {
	case Register, Release:
		return 1, MaxSecrets
	case AddTenant, Own:
		return 1, 1
	}
	return 0, 0
}

// EncodeQuestion writes: version | kind | number of secrets | secrets | tenant | quota.
func EncodeQuestion(q Question) []byte {
	var w record.Writer
	w.Uint8(version)
	w.Uint8(uint8(q.Kind))
	w.Uint(uint64(len(q.Secrets)))
	for _, s := range q.Secrets {
		b := s.Reveal()
		w.Fixed(b[:])
	}
	w.Uint(uint64(q.Tenant))
	w.Uint(uint64(q.Quota))
	return w.B
}

// DecodeQuestion reads it. Errors: ErrNewer, record.ErrMalformed.
func DecodeQuestion(b []byte) (Question, error) {
	r, err := begin(b)
	if err != nil {
		return Question{}, err
	}
	q := Question{Kind: Kind(r.Uint8())}
	if r.Err() == nil && q.Kind > Own {
		return Question{}, fmt.Errorf("question %d: %w", q.Kind, ErrNewer)
	}
	least, most := q.Kind.secrets()
	n := int(r.Uint(uint64(most)))
	if q.Kind == 0 || n < least {
		r.Fail("no question")
	}
	for range n {
		if b := r.Hash(); r.Err() == nil {
			q.Secrets = append(q.Secrets, wire.NewSecret(b))
		}
	}
	q.Tenant, q.Quota = int64(r.Uint(maxNumber)), int64(r.Uint(maxNumber))
	if err := r.Close(); err != nil {
		return Question{}, err
	}
	return q, nil
}

// EncodeAnswer writes: version | code | free | number of standings | standings.
func EncodeAnswer(a Answer) []byte {
	var w record.Writer
	w.Uint8(version)
	w.Uint8(codeOf(a.Err))
	w.Uint(uint64(a.Free))
	w.Uint(uint64(len(a.Standings)))
	for _, s := range a.Standings {
		w.Uint(uint64(s.ID))
		w.Bool(s.Owner)
		for _, v := range []int64{s.Quota, s.Used, int64(s.Namespaces), s.Created, s.Seen} {
			w.Uint(uint64(v))
		}
	}
	return w.B
}

// DecodeAnswer reads it. Errors: ErrNewer, record.ErrMalformed; what the storage
// peer says is in the answer.
func DecodeAnswer(b []byte) (Answer, error) {
	r, err := begin(b)
	if err != nil {
		return Answer{}, err
	}
	code := r.Uint8()
	if r.Err() == nil && int(code) >= len(codes) {
		return Answer{}, fmt.Errorf("answer %d: %w", code, ErrNewer)
	}
	a := Answer{Free: int64(r.Uint(maxNumber))}
	if r.Err() == nil {
		a.Err = codes[code]
	}
	for range r.Uint(MaxTenants) {
		s := Standing{ID: int64(r.Uint(maxNumber)), Owner: r.Bool()}
		s.Quota, s.Used = int64(r.Uint(maxNumber)), int64(r.Uint(maxNumber))
		s.Namespaces = int(r.Uint(wire.MaxSecrets))
		s.Created, s.Seen = int64(r.Uint(maxNumber)), int64(r.Uint(maxNumber))
		if r.Err() != nil {
			break
		}
		a.Standings = append(a.Standings, s)
	}
	if err := r.Close(); err != nil {
		return Answer{}, err
	}
	return a, nil
}

func begin(b []byte) (*record.Reader, error) {
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v > version {
		return nil, fmt.Errorf("version %d: %w", v, ErrNewer)
	} else if v != version {
		r.Fail("no version")
	}
	return r, nil
}
