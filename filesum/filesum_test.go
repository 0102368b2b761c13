package filesum

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsHeldAgainstItsSum(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("abc")
	if err := Check(path); !errors.Is(err, ErrNone) {
		t.Errorf("without a sum: %v", err)
	}
	if err := Leave(path); err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(path + Suffix)
	if string(sum) != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" { // FIPS 180-2, appendix B.1
		t.Errorf("%s, %v", sum, err)
	}
	if err := Check(path); err != nil {
		t.Errorf("as it was: %v", err)
	}
	write("abd")
	if err := Check(path); !errors.Is(err, ErrOther) {
		t.Errorf("changed: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := Check(path); !errors.Is(err, ErrOther) {
		t.Errorf("gone: %v", err)
	}
	if err := Leave(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the sum of nothing: %v", err)
	}
}
