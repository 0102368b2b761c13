package admin

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"corkboard/internal/lean"
	"corkboard/net/wire"
	"corkboard/record"
)

func secret(n byte) wire.Secret { return wire.NewSecret([32]byte{n}) }

func questions() []Question {
	return []Question{
		{Kind: Room}, {Kind: Status}, {Kind: Tenants, Tenant: 1 << 40},
		{Kind: Register, Secrets: []wire.Secret{secret(1), secret(2)}},
		{Kind: Release, Secrets: []wire.Secret{secret(8)}},
		{Kind: AddTenant, Secrets: []wire.Secret{secret(3)}, Quota: maxNumber},
		{Kind: SetQuota, Tenant: 5, Quota: 7}, {Kind: RemoveTenant, Tenant: 9},
		{Kind: Own, Secrets: []wire.Secret{secret(4)}},
	}
}

func answers() []Answer {
	list := []Answer{{}, {Free: 12, Standings: []Standing{{1, true, 0, 5, 6, 7, 8}, {2, false, 9, 5, 6, 7, 0}}}}
	for _, err := range codes {
		list = append(list, Answer{Err: err})
	}
	return list
}

func TestQuestionsAndAnswersComeBack(t *testing.T) {
	for _, want := range questions() {
		got, err := DecodeQuestion(EncodeQuestion(want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v comes back as %+v, %v", want, got, err)
		}
	}
	for _, want := range answers() {
		got, err := DecodeAnswer(EncodeAnswer(want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v comes back as %+v, %v", want, got, err)
		}
	}
	own := fmt.Errorf("the disk: %w", errors.New("smoke"))
	if got, err := DecodeAnswer(EncodeAnswer(Answer{Err: own})); err != nil || got.Err != ErrBroken {
		t.Errorf("an error of its own is told as %v, %v", got.Err, err)
	}
}

func TestTheLargestFit(t *testing.T) {
	q := Question{Kind: Register, Tenant: maxNumber, Quota: maxNumber}
	a := Answer{Err: ErrNewer, Free: maxNumber}
	for i := range MaxSecrets {
		q.Secrets = append(q.Secrets, secret(byte(i+1)))
	}
	q.Secrets[255] = wire.NewSecret([32]byte{31: 1})
	for range MaxTenants {
		a.Standings = append(a.Standings, Standing{maxNumber, true, maxNumber, maxNumber, wire.MaxSecrets, maxNumber, maxNumber})
	}
	if b := EncodeQuestion(q); len(b) > maxQuestion {
		t.Errorf("question of %d bytes", len(b))
	}
	if b := EncodeAnswer(a); len(b) > maxAnswer {
		t.Errorf("answer of %d bytes", len(b))
	}
}

func TestWhatIsNoQuestion(t *testing.T) {
	good := EncodeQuestion(Question{Kind: Register, Secrets: []wire.Secret{secret(1)}})
	newer, later := bytes.Clone(good), bytes.Clone(good)
	newer[0], later[1] = 2, byte(Own)+1
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"nothing":         {nil, record.ErrMalformed},
		"version 0":       {[]byte{0, 1, 0, 0, 0}, record.ErrMalformed},
		"kind 0":          {[]byte{1, 0, 0, 0, 0}, record.ErrMalformed},
		"cut short":       {good[:len(good)-1], record.ErrMalformed},
		"too long":        {append(bytes.Clone(good), 0), record.ErrMalformed},
		"no secret":       {EncodeQuestion(Question{Kind: Own}), record.ErrMalformed},
		"a secret":        {EncodeQuestion(Question{Kind: Status, Secrets: []wire.Secret{secret(1)}}), record.ErrMalformed},
		"a newer version": {newer, ErrNewer},
		"a newer kind":    {later, ErrNewer},
	} {
		if q, err := DecodeQuestion(c.in); !errors.Is(err, c.want) || !reflect.DeepEqual(q, Question{}) {
			t.Errorf("%s: %+v, %v", name, q, err)
		}
	}
}

func FuzzDecodeQuestion(f *testing.F) {
	for _, q := range questions() {
		f.Add(EncodeQuestion(q))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		q, err := DecodeQuestion(b)
		if err != nil {
			if !errors.Is(err, ErrNewer) && !errors.Is(err, record.ErrMalformed) {
				t.Fatalf("foreign error %v", err)
			}
			return
		}
		if !bytes.Equal(EncodeQuestion(q), b) {
			t.Fatalf("%x is written %x", b, EncodeQuestion(q))
		}
	}))
}

func FuzzDecodeAnswer(f *testing.F) {
	for _, a := range answers() {
		f.Add(EncodeAnswer(a))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		a, err := DecodeAnswer(b)
		if err != nil {
			if !errors.Is(err, ErrNewer) && !errors.Is(err, record.ErrMalformed) {
				t.Fatalf("foreign error %v", err)
			}
			return
		}
		if !bytes.Equal(EncodeAnswer(a), b) {
			t.Fatalf("%x is written %x", b, EncodeAnswer(a))
		}
	}))
}
