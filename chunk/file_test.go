package chunk

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

// aFile is a .corkbundle file with n chunks, which are returned as well.
func aFile(t testing.TB, w *world, n int) (file []byte, chunks [][]byte) {
	t.Helper()
	var out bytes.Buffer
	f, err := NewFileWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	var link Link
	for range n {
		c := w.change(link, w.random.Intn(3000))
		link = c.Link()
		chunks = append(chunks, w.seal(c))
		if err := f.Add(chunks[len(chunks)-1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), chunks
}

// readFile reads all chunks; a nil list of damage means there was none.
func readFile(in io.Reader, limit int64) (chunks [][]byte, damage []Damage, err error) {
	f, err := NewFileReader(in, limit)
	if err != nil {
		return nil, nil, err
	}
	for {
		s, err := f.Next()
		if err != nil {
			damage, _ := f.Damage()
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return chunks, damage, err
		}
		chunks = append(chunks, s.Bytes())
	}
}

func equal(a, b [][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !bytes.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func TestFilesAreRead(t *testing.T) {
	w := newWorld(t, 80)
	for n := range 8 {
		file, chunks := aFile(t, w, n)
		for name, in := range map[string]io.Reader{
			"at once": bytes.NewReader(file), "by the byte": iotest.OneByteReader(bytes.NewReader(file)),
		} {
			got, damage, err := readFile(in, int64(len(file)))
			if err != nil || len(damage) > 0 || !equal(got, chunks) {
				t.Errorf("%d chunks, %s: %d come back, %v, %v", n, name, len(got), damage, err)
			}
		}
	}
}

func TestADamagedByteCostsOneChunk(t *testing.T) {
	w := newWorld(t, 81)
	file, chunks := aFile(t, w, 6)
	for range 500 {
		bit := 8*(len(fileHead)+1) + w.random.Intn(8*(len(file)-len(fileHead)-1))
		got, damage, err := readFile(bytes.NewReader(flip(file, bit)), 1<<30)
		if err != nil || len(damage) == 0 || len(got) < len(chunks)-1 {
			t.Fatalf("bit %d: %d of %d chunks, %v, %v", bit, len(got), len(chunks), damage, err)
		}
		inEnd := bit/8 >= len(file)-entryHead
		if !inEnd && (bit/8 < int(damage[0].Offset) || bit/8 >= int(damage[0].Offset+damage[0].Length)) {
			t.Fatalf("byte %d: said to be damaged: %v", bit/8, damage)
		}
		if known(damage[0].Err) != nil {
			t.Fatalf("bit %d: %v", bit, damage[0].Err)
		}
	}
}

func TestFilesThatAreCut(t *testing.T) {
	w := newWorld(t, 82)
	file, chunks := aFile(t, w, 3)
	for n := 0; n < len(file); n += 1 + w.random.Intn(20) {
		got, damage, err := readFile(bytes.NewReader(file[:n]), 1<<30)
		if n <= len(fileHead) {
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("%d bytes: %v", n, err)
			}
			continue
		}
		if err != nil || len(damage) == 0 || len(got) > len(chunks) || !equal(got, chunks[:len(got)]) {
			t.Fatalf("%d bytes: %d chunks, %v, %v", n, len(got), damage, err)
		}
	}
}

func TestFilesWithGapsAndRests(t *testing.T) {
	w := newWorld(t, 83)
	file, chunks := aFile(t, w, 4)
	second := len(fileHead) + 1 + entryHead + len(chunks[0])
	third := second + entryHead + len(chunks[1])
	junk := make([]byte, 5000)
	w.random.Read(junk)
	cat := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, c := range map[string]struct {
		in   []byte
		want [][]byte
	}{
		"junk between":     {cat(file[:second], junk, file[second:]), chunks},
		"one is missing":   {cat(file[:second], file[third:]), [][]byte{chunks[0], chunks[2], chunks[3]}},
		"one is doubled":   {cat(file[:third], file[second:]), [][]byte{chunks[0], chunks[1], chunks[1], chunks[2], chunks[3]}},
		"half an entry":    {cat(file[:second+70], file[third:]), [][]byte{chunks[0], chunks[2], chunks[3]}},
		"bytes at the end": {cat(file, junk), chunks},
		"an empty mark":    {cat(file[:second], fileMark[:], file[second:]), chunks},
	} {
		got, damage, err := readFile(bytes.NewReader(c.in), 1<<30)
		if err != nil || len(damage) == 0 || !equal(got, c.want) {
			t.Errorf("%s: %d chunks, want %d, %v, %v", name, len(got), len(c.want), damage, err)
		}
	}
}

func TestLimitsOfFiles(t *testing.T) {
	w := newWorld(t, 84)
	file, _ := aFile(t, w, 4)
	if _, _, err := readFile(bytes.NewReader(file), int64(len(file)-1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	marks := append([]byte(fileHead), fileVersion)
	for range 2000 { // each wants more than a megabyte to be hashed
		marks = append(marks, entry(fileMark, MaxChunk, ID{})...)
	}
	marks = append(marks, make([]byte, MaxChunk)...)
	_, damage, err := readFile(bytes.NewReader(marks), 1<<30)
	if !errors.Is(err, ErrMalformed) || len(damage) != 1 {
		t.Errorf("a file of marks: %d places, %v", len(damage), err)
	}
	newer := append([]byte(fileHead), fileVersion+1)
	if _, _, err := readFile(bytes.NewReader(newer), 1<<30); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file: %v", err)
	}
	broken := errors.New("the stick was pulled")
	if _, _, err := readFile(io.MultiReader(bytes.NewReader(file[:200]), iotest.ErrReader(broken)), 1<<30); !errors.Is(err, broken) {
		t.Errorf("a broken reader: %v", err)
	}
}

// A chunk of a later program is passed over alone, however many there are.
func TestNewerChunksInAFile(t *testing.T) {
	w := newWorld(t, 85)
	file, chunks := aFile(t, w, 1)
	newer := bytes.Clone(chunks[0])
	newer[0] = version + 1
	out := bytes.Clone(file[:len(file)-entryHead])
	for range 2 * MaxDamage {
		out = append(append(out, entry(fileMark, len(newer), Sealed{bytes: newer}.ID())...), newer...)
	}
	out = append(out, file[len(fileHead)+1:]...)
	f, err := NewFileReader(bytes.NewReader(out), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for ; ; n++ {
		if _, err = f.Next(); err != nil {
			break
		}
	}
	first, all := f.Damage()
	if !errors.Is(err, io.EOF) || n != 2 || all != 2*MaxDamage || len(first) != MaxDamage || !errors.Is(first[0].Err, ErrNewer) {
		t.Errorf("%d chunks, %d damaged, %v, %v", n, all, first[0], err)
	}
}

type fullDisk struct{ left int }

var errFull = errors.New("disk is full")

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWritingFilesFails(t *testing.T) {
	w := newWorld(t, 86)
	_, chunks := aFile(t, w, 1)
	if _, err := NewFileWriter(&fullDisk{}); !errors.Is(err, errFull) {
		t.Errorf("no place for the head: %v", err)
	}
	f, err := NewFileWriter(&fullDisk{left: 100})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add([]byte("\x01\x03no chunk")); !errors.Is(err, ErrMalformed) {
		t.Errorf("no chunk: %v", err)
	}
	if err := f.Add(chunks[0]); !errors.Is(err, errFull) {
		t.Errorf("no place: %v", err)
	}
	if err := f.Close(); !errors.Is(err, errFull) {
		t.Errorf("closing: %v", err)
	}
}
