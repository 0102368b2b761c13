package backup

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

// archive is a tar file of headers, each with its size in zeros, after a sound head.
func archive(t testing.TB, list ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	head := Head{App: "1"}.encode()
	must(t, w.WriteHeader(&tar.Header{Name: headName, Size: int64(len(head))}))
	_, err := w.Write(head)
	must(t, err)
	for _, h := range list {
		must(t, w.WriteHeader(&h))
		_, err := w.Write(make([]byte, h.Size))
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func readPlain(raw []byte) ([]string, int64, error) {
	b, err := read(bytes.NewReader(raw))
	if err != nil {
		return nil, 0, err
	}
	return drain(b)
}

func TestOnlyKnownNamesInOrderAreTaken(t *testing.T) {
	blob := BlobName(strings.Repeat("a", idLength))
	for name, list := range map[string][]tar.Header{
		"above":           {{Name: "../header.json"}},
		"absolute":        {{Name: "/etc/passwd"}},
		"in a folder":     {{Name: "identity/identity.key"}},
		"a blob above":    {{Name: "blobs/../../" + strings.Repeat("a", 58)}},
		"a short blob":    {{Name: "blobs/aa"}},
		"a loud blob":     {{Name: BlobName(strings.Repeat("A", idLength))}},
		"a blob deep":     {{Name: "blobs/aa/" + strings.Repeat("a", 61)}},
		"backslashes":     {{Name: `blobs\..\x`}},
		"the cache":       {{Name: "cache.db"}},
		"twice":           {{Name: Header}, {Name: Header}},
		"a blob twice":    {{Name: blob}, {Name: blob}},
		"out of order":    {{Name: Keys}, {Name: Header}},
		"blobs falling":   {{Name: blob}, {Name: BlobName(strings.Repeat("9", idLength))}},
		"after the blobs": {{Name: blob}, {Name: Log}},
		"the head again":  {{Name: headName}},
		"too long":        {{Name: Keys, Size: 64<<10 + 1}},
		"a link":          {{Name: Header, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}},
		"a hard link":     {{Name: Header, Typeflag: tar.TypeLink, Linkname: "x"}},
		"a folder":        {{Name: "blobs/", Typeflag: tar.TypeDir}},
		"a device":        {{Name: Header, Typeflag: tar.TypeChar}},
		"more to say":     {{Name: Header, Format: tar.FormatPAX, PAXRecords: map[string]string{"CORKBOARD.x": "y"}}},
	} {
		if _, _, err := readPlain(archive(t, list...)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if names, _, err := readPlain(archive(t, tar.Header{Name: Header, Size: 2}, tar.Header{Name: blob})); err != nil || len(names) != 2 {
		t.Errorf("got %v, %v", names, err)
	}
}

func TestALaterFormatIsSaid(t *testing.T) {
	raw := plain(t)
	at := bytes.Index(raw, Head{Made: 7, App: "1"}.encode())
	raw[at] = version + 1
	if _, _, err := readPlain(raw); !errors.Is(err, ErrNewer) {
		t.Errorf("got %v", err)
	}
}

func TestNothingFollowsTheEnd(t *testing.T) {
	raw := plain(t)
	if _, _, err := readPlain(append(bytes.Clone(raw), make([]byte, 4096)...)); err != nil {
		t.Errorf("zeros: %v", err)
	}
	if _, _, err := readPlain(append(bytes.Clone(raw), 1)); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func FuzzEntries(f *testing.F) {
	f.Add(plain(f)[:4096])
	f.Add(archive(f, tar.Header{Name: Header, Size: 2}, tar.Header{Name: BlobName(strings.Repeat("a", idLength)), Size: 1}))
	f.Add(archive(f, tar.Header{Name: "../x", Size: 2}))
	f.Add(archive(f, tar.Header{Name: Log, Format: tar.FormatGNU}))
	f.Fuzz(lean.One(func(t *testing.T, raw []byte) {
		b, err := read(bytes.NewReader(raw))
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotBackup) && !errors.Is(err, ErrNewer) {
				t.Errorf("got %v", err)
			}
			return
		}
		last := ""
		for {
			e, err := b.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !errors.Is(err, ErrDamaged) {
					t.Errorf("got %v", err)
				}
				return
			}
			if rank, most := rankOf(e.Name); rank < 1 || e.Size > most || e.Name == last {
				t.Errorf("took %q of %d bytes", e.Name, e.Size)
			}
			last = e.Name
			n, err := io.Copy(io.Discard, b)
			if n > int64(len(raw)) {
				t.Errorf("%d bytes from %d", n, len(raw))
			}
			if err != nil {
				return
			}
		}
	}))
}
