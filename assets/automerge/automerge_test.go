package automerge

import (
	"errors"
	"strings"
	"testing"
)

func TestCodeIsWhatWasCommitted(t *testing.T) {
	got, err := Code()
	if err != nil || !strings.HasPrefix(string(got), "\x00asm\x01\x00\x00\x00") {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if Version() == "" || !strings.Contains(Licence, "Permission is hereby granted, free of charge") {
		t.Fatal("code without version or licence")
	}
}

func TestDamageIsSeen(t *testing.T) {
	whole := code
	defer func() { code = whole }()
	code = append([]byte{}, whole...)
	code[len(code)/2] ^= 1
	if _, err := Code(); !errors.Is(err, ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", err)
	}
}
