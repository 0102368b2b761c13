package blobsync

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"
)

func TestWhatIsFetchedIsWhatWasThere(t *testing.T) {
	for _, n := range []int{0, 1, 31, PieceSize - 1, PieceSize, PieceSize + 1, 3*PieceSize + 77, 20 << 20} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			content := contentOf(n)
			into := openPartial(t, t.TempDir(), content)
			var last, total int64
			d, err := NewDownload(fileOf(t, content), into, func(done, of int64) {
				if done < last {
					t.Errorf("%d bytes after %d", done, last)
				}
				last, total = done, of
			})
			must(t, err)
			d.Add(clientOf(t, memberWith(t, contentOf(9), content), "b"))
			must(t, d.Run(testContext(t)))
			if !bytes.Equal(into.bytes(t), content) {
				t.Error("other bytes")
			}
			if n > 0 && (last != int64(n) || total != int64(n)) {
				t.Errorf("told of %d of %d bytes", last, total)
			}
			if into.writes != PiecesOf(int64(n)) {
				t.Errorf("%d pieces written", into.writes)
			}
		})
	}
}

func TestEmptyFileNeedsNobody(t *testing.T) {
	into := openPartial(t, t.TempDir(), nil)
	must(t, download(t, nil, into).Run(testContext(t)))
	if len(into.bytes(t)) != 0 {
		t.Error("bytes came from nowhere")
	}
	d, err := NewDownload(File{Root: [32]byte{1}}, openPartial(t, t.TempDir(), nil), nil)
	must(t, err)
	if err := d.Run(testContext(t)); !errors.Is(err, ErrManifest) {
		t.Errorf("a wrong root: %v", err)
	}
}

// Of four sources one lies and one says nothing more after the manifest; what
// both were asked for is asked of the others.
func TestLiarsAndStallersDoNotHoldUp(t *testing.T) {
	content := contentOf(20 << 20)
	good := memberWith(t, content)
	forged := func(ctx context.Context, h Handle, i Index) ([]byte, error) {
		b, err := good.Piece(ctx, h, i)
		if _, manifest := i.Manifest(); err == nil && !manifest {
			b[len(b)/2] ^= 1
		}
		return b, err
	}
	stalling := func(ctx context.Context, h Handle, i Index) ([]byte, error) {
		if _, manifest := i.Manifest(); manifest {
			return good.Piece(ctx, h, i)
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	liar := clientOf(t, changing{Source: good, piece: forged}, "liar")
	staller := clientOf(t, changing{Source: good, piece: stalling}, "staller")
	into := openPartial(t, t.TempDir(), content)
	d := download(t, content, into, liar, staller)
	d.reask = 50 * time.Millisecond
	// The honest ones come when both have been asked.
	ran := make(chan error, 1)
	go func() { ran <- d.Run(testContext(t)) }()
	<-liar.Done()
	d.Add(clientOf(t, good, "c"))
	d.Add(clientOf(t, good, "d"))
	must(t, <-ran)
	if !bytes.Equal(into.bytes(t), content) {
		t.Error("other bytes")
	}
	var lie *LiarError
	if err := liar.Err(); !errors.As(err, &lie) || lie.Name != "liar" || !errors.Is(err, ErrForged) {
		t.Errorf("the liar ended with %v", err)
	}
	if _, err := liar.Present(testContext(t), Handle{}); !errors.As(err, &lie) {
		t.Errorf("the liar is asked again: %v", err)
	}
	if err := staller.Err(); err != nil {
		t.Errorf("who is slow is no liar: %v", err)
	}
}

// A piece that opens is no proof: any member can seal.
func TestPieceThatOpensAndIsAnotherIsForged(t *testing.T) {
	content := contentOf(2 * PieceSize)
	f := fileOf(t, content)
	s, err := newSealer(f)
	must(t, err)
	piece := func(_ context.Context, _ Handle, i Index) ([]byte, error) {
		blank, plain := s.blank(i)
		copy(plain, "something else")
		return s.seal(i, blank), nil
	}
	for name, only := range map[string]bool{"manifest": true, "content": false} {
		t.Run(name, func(t *testing.T) {
			good := memberWith(t, content)
			c := clientOf(t, changing{Source: good, piece: func(ctx context.Context, h Handle, i Index) ([]byte, error) {
				if _, manifest := i.Manifest(); manifest == only {
					return piece(ctx, h, i)
				}
				return good.Piece(ctx, h, i)
			}}, "liar")
			into := openPartial(t, t.TempDir(), content)
			err := download(t, content, into, c).Run(testContext(t))
			var lie *LiarError
			if !errors.As(err, &lie) || !errors.Is(err, ErrNoSource) || into.writes > 0 || into.finished {
				t.Errorf("%v; %d pieces written", err, into.writes)
			}
		})
	}
}

func TestManifestThatIsCutShortIsForged(t *testing.T) {
	content := contentOf(3 * PieceSize)
	good := memberWith(t, content)
	c := clientOf(t, changing{Source: good, piece: func(ctx context.Context, h Handle, i Index) ([]byte, error) {
		b, err := good.Piece(ctx, h, i)
		if _, manifest := i.Manifest(); err == nil && manifest {
			b = append(b, make([]byte, 128)...) // another size that a piece may have
		}
		return b, err
	}}, "liar")
	err := download(t, content, openPartial(t, t.TempDir(), content), c).Run(testContext(t))
	if !errors.Is(err, ErrForged) {
		t.Errorf("got %v", err)
	}
}

// A document with another root names another file: nobody is a liar for that.
func TestWrongRootFindsNobody(t *testing.T) {
	content := contentOf(PieceSize)
	c := clientOf(t, memberWith(t, content), "b")
	for name, change := range map[string]func(*File){
		"root": func(f *File) { f.Root[0] ^= 1 },
		"size": func(f *File) { f.Size++ },
		"key":  func(f *File) { f.Key[0] ^= 1 },
	} {
		f := fileOf(t, content)
		change(&f)
		d, err := NewDownload(f, openPartial(t, t.TempDir(), content), nil)
		must(t, err)
		d.Add(c)
		if err := d.Run(testContext(t)); !errors.Is(err, ErrNoSource) || !errors.Is(err, ErrAbsent) || c.Err() != nil {
			t.Errorf("%s: %v, %v", name, err, c.Err())
		}
	}
}

// stopAfter ends a context after so many pieces.
type stopAfter struct {
	*onDisk
	left int
	stop context.CancelFunc
}

func (p *stopAfter) Mark(i int, have bool) error {
	err := p.onDisk.Mark(i, have)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left--; p.left == 0 {
		p.stop()
	}
	return err
}

func TestRestartGoesOnWhereItStopped(t *testing.T) {
	content, dir := contentOf(40*PieceSize+5), t.TempDir()
	ctx, stop := context.WithCancel(testContext(t))
	first := &stopAfter{onDisk: openPartial(t, dir, content), left: 20, stop: stop}
	member := memberWith(t, content)
	err := download(t, content, first, clientOf(t, member, "b")).Run(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	had := first.count()
	if had < 20 || had > 20+lanes || first.writes != had {
		t.Fatalf("%d pieces are marked, %d were written", had, first.writes)
	}
	// A power cut may leave a mark without its piece.
	lost := 0
	for !first.Have(lost) {
		lost++
	}
	if _, err := first.file.WriteAt(make([]byte, 100), int64(lost)*PieceSize); err != nil {
		t.Fatal(err)
	}
	second := openPartial(t, dir, content)
	must(t, download(t, content, second, clientOf(t, member, "b")).Run(testContext(t)))
	if !bytes.Equal(second.bytes(t), content) {
		t.Error("other bytes")
	}
	if want := 41 - had + 1; second.writes != want {
		t.Errorf("%d pieces were fetched after the restart, want %d", second.writes, want)
	}
}

func TestRunGoesOnWithOthers(t *testing.T) {
	content := contentOf(10 * PieceSize)
	good := memberWith(t, content)
	half := changing{Source: good, present: func(Handle) (Present, error) {
		return Present{Manifest: AllBits(1), Content: AllBits(5)}, nil
	}}
	into := openPartial(t, t.TempDir(), content)
	d := download(t, content, into, clientOf(t, half, "half"))
	if err := d.Run(testContext(t)); !errors.Is(err, ErrNoSource) || into.count() != 5 {
		t.Fatalf("%v, %d pieces", err, into.count())
	}
	if err := d.Run(testContext(t)); !errors.Is(err, ErrNoSource) {
		t.Fatalf("with nobody: %v", err)
	}
	d.Add(clientOf(t, good, "whole"))
	must(t, d.Run(testContext(t)))
	if into.writes != 10 || !bytes.Equal(into.bytes(t), content) {
		t.Errorf("%d pieces written", into.writes)
	}
}

// Who says that they have a piece and then do not is not asked for it again.
func TestMissingPiecesComeFromOthers(t *testing.T) {
	content := contentOf(12 * PieceSize)
	good := memberWith(t, content)
	var from []*Client
	for k := range 3 {
		from = append(from, clientOf(t, changing{Source: good, piece: func(ctx context.Context, h Handle, i Index) ([]byte, error) {
			if n, manifest := i.Manifest(); !manifest && n%3 != k {
				return nil, ErrAbsent
			}
			return good.Piece(ctx, h, i)
		}}, fmt.Sprint(k)))
	}
	into := openPartial(t, t.TempDir(), content)
	must(t, download(t, content, into, from...).Run(testContext(t)))
	if !bytes.Equal(into.bytes(t), content) {
		t.Error("other bytes")
	}
}

func TestFifthSourceTakesTheFirstFreePlace(t *testing.T) {
	content := contentOf(2 * PieceSize)
	nothing := memberWith(t)
	from := []*Client{}
	for range 6 {
		from = append(from, clientOf(t, nothing, "nothing"))
	}
	from = append(from, clientOf(t, memberWith(t, content), "all"))
	must(t, download(t, content, openPartial(t, t.TempDir(), content), from...).Run(testContext(t)))
}

// Four who say nothing at all hold all places.
func TestSilentSourcesGiveWay(t *testing.T) {
	content := contentOf(3 * PieceSize)
	good := memberWith(t, content)
	end := make(chan struct{})
	mute := changing{Source: good, present: func(Handle) (Present, error) {
		<-end
		return Present{}, nil
	}}
	var from []*Client
	for range maxSources {
		from = append(from, clientOf(t, mute, "mute"))
	}
	t.Cleanup(func() { close(end) }) // before the clients go
	d := download(t, content, openPartial(t, t.TempDir(), content), append(from, clientOf(t, good, "good"))...)
	d.silence = 20 * time.Millisecond
	must(t, d.Run(testContext(t)))
}

func TestFullDiskEndsTheDownload(t *testing.T) {
	content := contentOf(4 * PieceSize)
	into := openPartial(t, t.TempDir(), content)
	into.fail = syscall.ENOSPC
	c := clientOf(t, memberWith(t, content), "b")
	d := download(t, content, into, c)
	if err := d.Run(testContext(t)); !errors.Is(err, syscall.ENOSPC) || c.Err() != nil {
		t.Fatalf("%v, %v", err, c.Err())
	}
	into.fail = nil
	d.Add(c)
	must(t, d.Run(testContext(t)))
}

func TestFileWithAnotherNameIsNotFinished(t *testing.T) {
	content := contentOf(4 * PieceSize)
	into := openPartial(t, t.TempDir(), content)
	into.want[0] ^= 1
	err := download(t, content, into, clientOf(t, memberWith(t, content), "b")).Run(testContext(t))
	if !errors.Is(err, errOther) || into.finished {
		t.Errorf("got %v", err)
	}
}

func TestTooLargeFile(t *testing.T) {
	for _, size := range []int64{-1, MaxSize + 1} {
		if _, err := NewDownload(File{Size: size}, nil, nil); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}
