package cards

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"report":                "report",
		"two\nlines\r\nof\tit":  "two lines of it",
		"  many   spaces  ":     "many spaces",
		"photo\u202egpj.exe":    "photogpj.exe",
		"\u2066iso\u2069lated":  "isolated",
		"bell\x07 null\x00":     "bell null",
		"bad \xff utf8":         "bad utf8",
		"👩\u200d🚀 joined":       "👩\u200d🚀 joined",
		"zero\u200bwidth\ufeff": "zerowidth",
		"\n\u202e":              "",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("a\nb\u202ec")
	f.Add(strings.Repeat("é ", 300))
	f.Fuzz(func(t *testing.T, s string) {
		got := CleanName(s)
		if utf8.RuneCountInString(got) > MaxName || !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r\t\x00\u202e") {
			t.Fatalf("%q", got)
		}
		if again := CleanName(got); again != got {
			t.Fatalf("not settled: %q, then %q", got, again)
		}
	})
}

func TestSplitName(t *testing.T) {
	for in, want := range map[string][2]string{
		"report.PDF":                {"report", "pdf"},
		"archive.tar.gz":            {"archive.tar", "gz"},
		"README":                    {"README", ""},
		".bashrc":                   {".bashrc", ""},
		"v1.2 final":                {"v1.2 final", ""},
		"ends.":                     {"ends.", ""},
		"new\nline.png":             {"new line", "png"},
		"x.averyveryverylongsuffix": {"x.averyveryverylongsuffix", ""},
	} {
		title, ext := SplitName(in)
		if title != want[0] || ext != want[1] {
			t.Errorf("%q: %q %q, want %q", in, title, ext, want)
		}
	}
}

func TestSaveName(t *testing.T) {
	for want, f := range map[string]File{
		"report.pdf":   {Title: "report", Extension: "pdf"},
		"a-b-c.txt":    {Title: "a/b:c", Extension: "txt"},
		"file CON.txt": {Title: "CON", Extension: "txt"},
		"file":         {Title: ".."},
		"etc-passwd":   {Title: "../etc/passwd"},
	} {
		if got := f.SaveName(); strings.TrimLeft(got, "-") != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
	long := File{Title: strings.Repeat("漢", MaxName), Extension: "png"}.SaveName()
	if len(long) > 255 || !strings.HasSuffix(long, "漢.png") {
		t.Errorf("%d bytes: %q", len(long), long)
	}
}

func TestFormatSize(t *testing.T) {
	for n, want := range map[int64]string{
		-1: "", 0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 kB", 1500: "1.5 kB", 9949: "9.9 kB",
		9951: "10 kB", 999_499: "999 kB", 999_500: "1 MB", 3_200_000: "3.2 MB", 4_200_000_000: "4.2 GB",
		1<<63 - 1: "9.2 EB",
	} {
		if got := FormatSize(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
