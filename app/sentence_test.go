package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"corkboard/blobs"
	"corkboard/docstore"
	"corkboard/media"
	"corkboard/sqlite"
)

func TestEveryKindHasOneClearSentence(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sentences {
		got := Sentence(fmt.Errorf("doing something: %w", s.kind))
		if got != s.words {
			t.Errorf("%v: an earlier kind says %q", s.kind, got)
		}
		if got == "" {
			continue
		}
		said[got] = true
		if !strings.HasSuffix(got, ".") || strings.ContainsAny(got, "\n\t") || got[:1] != strings.ToUpper(got[:1]) {
			t.Errorf("%v: %q is no sentence", s.kind, got)
		}
	}
	if len(said) < len(sentences)-6 {
		t.Errorf("only %d different sentences for %d kinds", len(said), len(sentences))
	}
}

func TestSentences(t *testing.T) {
	missing := &os.PathError{Op: "open", Path: "/x", Err: syscall.ENOENT}
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{fmt.Errorf("x: %w", context.Canceled), ""},
		{&FileError{"a.pdf", context.Canceled}, ""},
		{&FileError{"a.pdf", media.ErrEncrypted}, "“a.pdf”: this PDF needs a password."},
		{fmt.Errorf("%w: %w", blobs.ErrUnreadable, missing), "There is no such file."},
		{fmt.Errorf("%w: %w", blobs.ErrUnreadable, errors.New("a pipe")), "This cannot be read as a file."},
		{fmt.Errorf("%w: %w", blobs.ErrFull, syscall.ENOSPC), lookUp(blobs.ErrFull, sentences)},
		{&docstore.LockedError{}, "Another Corkboard is using this profile. Close it, or choose another profile with --profile."},
		{&docstore.LockedError{PID: 7}, "Another Corkboard is using this profile (process 7). Close it, or choose another profile with --profile."},
		{fmt.Errorf("%w: %w", docstore.ErrNotSaved, sqlite.ErrCorrupt), "The newest changes are not saved. " + lookUp(sqlite.ErrCorrupt, sentences)},
		{docstore.ErrNotSaved, "The newest changes are not saved."},
		{errors.New("line\none"), "Something went wrong: line one."},
		{together([]error{nil, nil}), ""},
		{together([]error{nil, fs.ErrNotExist}), "There is no such file."},
		{together([]error{ErrAbsent, context.Canceled, ErrKind}), lookUp(ErrAbsent, sentences) + " " + lookUp(ErrKind, sentences)},
		{together([]error{ErrIntoItself, ErrIntoItself, ErrIntoItself, ErrIntoItself, ErrIntoItself}),
			strings.Repeat("A board cannot be put into itself. ", 3) + "And 2 more."},
	} {
		if got := Sentence(c.err); got != c.want {
			t.Errorf("%v:\n got %q\nwant %q", c.err, got, c.want)
		}
	}
}
