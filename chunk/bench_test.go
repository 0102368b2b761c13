package chunk

import "testing"

func BenchmarkSealSign(b *testing.B) {
	w := newWorld(b, 100)
	in := automergeBytes(make([]byte, 110)) // 120 bytes
	b.ReportMetric(float64(Overhead), "overhead_bytes")
	for b.Loop() {
		c, err := SignChange(w.device, w.run, Link{}, w.doc, in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.ring.Seal(w.epoch, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenVerify(b *testing.B) {
	w := newWorld(b, 101)
	sealed := w.seal(w.changeOf(w.run, Link{}, w.doc, make([]byte, 110)))
	for b.Loop() {
		if _, err := w.ring.Open(sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenPiece(b *testing.B) {
	w := newWorld(b, 102)
	pieces, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Save: make([]byte, PieceSize)})
	if err != nil {
		b.Fatal(err)
	}
	sealed := w.seal(pieces[0])
	b.SetBytes(int64(len(sealed)))
	for b.Loop() {
		if _, err := w.ring.Open(sealed); err != nil {
			b.Fatal(err)
		}
	}
}
