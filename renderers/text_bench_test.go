package renderers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
)

// benchSentence fills the long notes of the benchmarks.
const benchSentence = "The quick brown fox jumps over the lazy dog and 12 other **well-known** animals of `the` wood. "

// longNote is a text of about so many bytes, in paragraphs of about a kilobyte
// or in a single one.
func longNote(bytes int, paragraphs bool) string {
	each := strings.Repeat(benchSentence, 10)
	if !paragraphs {
		return strings.Repeat(benchSentence, bytes/len(benchSentence))
	}
	return strings.TrimSpace(strings.Repeat(strings.TrimSpace(each)+"\n\n", bytes/len(each)))
}

// BenchmarkKey10kB and BenchmarkKey100kB are what one key in the middle of a
// note costs the UI goroutine, with all that follows from it there: layout,
// the height that the board is told, the command for the document, its
// snapshot coming back, and the picture of the visible lines.
func BenchmarkKey10kB(b *testing.B)  { benchKeys(b, 10<<10) }
func BenchmarkKey100kB(b *testing.B) { benchKeys(b, 100<<10) }

func benchKeys(b *testing.B, bytes int) {
	for _, c := range []struct {
		name       string
		paragraphs bool
	}{{"Paragraphs", true}, {"OneParagraph", false}} {
		b.Run(c.name, func(b *testing.B) { benchKey(b, longNote(bytes, c.paragraphs)) })
	}
}

func benchKey(b *testing.B, note string) {
	d := newTextDesk(b, note)
	d.win.Resize(fyne.NewSize(300, 800))
	mid := len([]rune(note)) / 2
	d.e.pen.Select(mid, mid)
	var all []time.Duration
	for b.Loop() {
		start := time.Now()
		test.Type(d.focused(), string(rune('a'+len(all)%26)))
		spent := time.Since(start)
		if len(all)%5 == 4 {
			spent += d.sent(b)
		}
		all = append(all, spent)
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "µs-p50/key")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "µs-p99/key")
}

// BenchmarkOpen100kB is what it costs the UI goroutine to put the editor on a
// long note.
func BenchmarkOpen100kB(b *testing.B) {
	note := longNote(100<<10, true)
	for b.Loop() {
		d := newTextDesk(b, note)
		d.e.Close()
	}
}

// sent lets what was typed reach the document and come back. It returns the
// time of the UI goroutine; the work of the document's own goroutine counts nowhere.
func (d *textDesk) sent(b *testing.B) time.Duration {
	start := time.Now()
	d.h.hold()
	d.clock.pass(typingFlush)
	spent := time.Since(start)
	b.StopTimer()
	d.h.release()
	b.StartTimer()
	for d.e.draft.flights.flying() || d.e.draft.busy {
		b.StopTimer()
		f := <-d.posts
		b.StartTimer()
		start = time.Now()
		f()
		spent += time.Since(start)
	}
	start = time.Now()
	d.e.Show(d.h.Snapshot().Value)
	return spent + time.Since(start)
}

// BenchmarkPaintText100kB is what a painter does for each change of a long
// note whose card shows its beginning.
func BenchmarkPaintText100kB(b *testing.B) {
	note := longNote(100<<10, true)
	face, sh := Erase(textFace()), newTestShaper()
	for i := 0; b.Loop(); i++ {
		text := strings.Repeat("x", i%7) + note
		testJob(face, cards.Text{Text: text}, 300, 400, 1, false).paint(sh)
	}
}
