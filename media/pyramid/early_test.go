package pyramid

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const onePage = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>> endobj
4 0 obj <</Length 30>> stream
1 0 0 rg 0 0 150 400 re f
endstream endobj
trailer <</Root 1 0 R>>
%%EOF`

// waitFor waits until something is so.
func waitFor(t *testing.T, what string, so func() bool) {
	t.Helper()
	for ctx := testContext(t); !so(); time.Sleep(5 * time.Millisecond) {
		if ctx.Err() != nil {
			t.Fatal("never: " + what)
		}
	}
}

func TestNewFilesHaveTheirEarlyLevels(t *testing.T) {
	dir := t.TempDir()
	p := newTest(t, Options{Dir: dir})
	info, err := p.Add(testContext(t), source(t, "photo", 2400, 1800))
	if err != nil || info.Width != 2400 || info.Height != 1800 || info.Average.A != 255 {
		t.Errorf("photo: %+v, %v", info, err)
	}
	pdf := file(t, "page", []byte(onePage))
	pdf.PDF = true
	info, err = p.Add(testContext(t), pdf)
	if err != nil || info.Pages != 1 || info.Height != 400 {
		t.Errorf("PDF: %+v, %v", info, err)
	}
	waitFor(t, "the page's levels", func() bool { return !p.disk.wants("page.0.64") })
	p.Close()
	got := levelsIn(t, dir)
	slices.Sort(got)
	want := "[page.0.128 page.0.256 page.0.512 page.0.64 photo.i.128 photo.i.256 photo.i.512 photo.i.64]"
	if fmt.Sprint(got) != want {
		t.Errorf("stored: %v", got)
	}
	if _, err := p.Add(testContext(t), file(t, "text", []byte("hello"))); err == nil {
		t.Error("a text is no picture, and the pyramid is closed")
	}
}

func TestTheFolderStaysWithinItsBudget(t *testing.T) {
	dir := t.TempDir()
	p := newTest(t, Options{Dir: dir, Budget: 30_000})
	ctx := testContext(t)
	long := time.Now().Add(-48 * time.Hour)
	for i := range 24 {
		s := source(t, fmt.Sprintf("p%d", i), 700, 500)
		if _, err := p.Get(ctx, s, 256); err != nil {
			t.Fatal(err)
		}
		waitFor(t, "the last level", func() bool { return !p.disk.wants(nameOf(s, 64)) })
		for _, level := range []int{64, 128, 256} {
			_ = os.Chtimes(p.disk.path(nameOf(s, level)), long, long.Add(time.Duration(i)*time.Minute))
		}
		// The first one is looked at all the time.
		if _, err := p.Get(ctx, Source{ID: "p0", Path: "/does/not/exist"}, 64); err != nil {
			t.Fatalf("after %d: what is in use was swept: %v", i, err)
		}
	}
	p.Close()
	sum := int64(0)
	for _, f := range p.disk.files(ctx) {
		sum += f.size
	}
	if sum > 30_000 || sum == 0 {
		t.Errorf("%d bytes on disk", sum)
	}
	if _, err := os.Stat(p.disk.path("p1.i.256")); err == nil {
		t.Error("the oldest is still there")
	}
}

func TestSweepingLeavesForeignFilesAlone(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "ab")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	put := func(name string, age time.Time) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(strings.Repeat("x", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, age, age); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"holiday.jpg", "abc.i.x", "abc.-1.64", "xyz.i.64", "abc.i.64.77.new"} {
		put(name, old)
	}
	put("abc.i.64", old)
	put("abc.i.128.88.new", time.Now())
	p := newTest(t, Options{Dir: dir, Budget: 50})
	p.disk.sweep(testContext(t))
	left := levelsIn(t, dir)
	slices.Sort(left)
	if got := fmt.Sprint(left); got != "[abc.-1.64 abc.i.128.88.new abc.i.x holiday.jpg xyz.i.64]" {
		t.Errorf("left: %s", got)
	}
}
