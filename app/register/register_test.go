package register

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// memory is a registry for systems that have none: it refuses to remove a key above others, as
// the real one does.
type memory map[string]map[string]string

func (m memory) store() store {
	return store{
		get: func(key, name string) string { return m[key][name] },
		set: func(key, name, text string) error {
			for at := key; at != ""; at = at[:max(0, strings.LastIndexByte(at, '\\'))] {
				if m[at] == nil {
					m[at] = map[string]string{}
				}
			}
			m[key][name] = text
			return nil
		},
		remove: func(key string) error {
			for other := range m {
				if strings.HasPrefix(other, key+`\`) {
					return errors.New("key has others below it: " + other)
				}
			}
			delete(m, key)
			return nil
		},
	}
}

const exe = `C:\Program Files\Corkboard\corkboard.exe`

func TestLinksAndBundlesAreOpenedWithTheProgram(t *testing.T) {
	m := memory{}
	if err := m.store().first(exe); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		`Software\Classes\corkboard\shell\open\command`:        `"` + exe + `" -- "%1"`,
		`Software\Classes\Corkboard.Bundle\shell\open\command`: `"` + exe + `" -- "%1"`,
		`Software\Classes\.corkbundle`:                         "Corkboard.Bundle",
	} {
		if got := m[key][""]; got != want {
			t.Errorf("%s says %q, want %q", key, got, want)
		}
	}
	if _, is := m[`Software\Classes\corkboard`]["URL Protocol"]; !is {
		t.Error("the scheme is no protocol")
	}
}

func TestWhatAnotherProgramOpensStaysWithIt(t *testing.T) {
	m := memory{}
	other := `D:\other.exe`
	if err := errors.Join(m.store().register(other), m.store().first(exe), m.store().forget(exe)); err != nil {
		t.Fatal(err)
	}
	const key = `Software\Classes\corkboard\shell\open\command`
	if got := m[key][""]; !strings.Contains(got, other) {
		t.Errorf("it is opened with %s", got)
	}
	if err := m.store().register(exe); err != nil {
		t.Fatal(err)
	}
	if got := m[key][""]; !strings.Contains(got, exe) {
		t.Errorf("it is opened with %s, although a person asked", got)
	}
	if err := m.store().forget(exe); err != nil {
		t.Fatal(err)
	}
	for key := range m {
		if key != "Software" && key != `Software\Classes` {
			t.Errorf("%s is left", key)
		}
	}
}

func TestElsewhereThePackageDoesIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this would write to the person's registry")
	}
	for _, err := range []error{Register(exe), Remove(exe)} {
		if !errors.Is(err, ErrByPackage) {
			t.Errorf("%v", err)
		}
	}
	if err := First(exe); err != nil {
		t.Errorf("%v", err)
	}
}

// texts is all that stands in a file of XML: texts of elements and values of attributes.
func texts(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "assets", "system", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			for _, a := range token.Attr {
				b.WriteString(" " + a.Value + " ")
			}
		}
	}
}

// What packages hold says the same as the table.
func TestPackagesSayTheSame(t *testing.T) {
	for name, parts := range map[string][]string{
		"org.corkboard.app.xml": {MIME, "*." + Extension},
		"Info.plist":            {Scheme, MIME, Extension},
	} {
		said := texts(t, name)
		for _, part := range parts {
			if !strings.Contains(said, part) {
				t.Errorf("%s does not say %s", name, part)
			}
		}
	}
}
