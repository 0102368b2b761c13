package verify_test

import (
	"bytes"
	"fmt"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

// move is what a moved card makes: one register of one map.
func move() *forged {
	return &forged{
		Deps: [][32]byte{{1}}, Actor: me, Seq: 100, Start: 20_000, Time: 1700000000000, Message: "Move card",
		Ops: []forgedOp{{Obj: ref(700, me), Key: "at", Action: 1, Kind: 6, Value: []byte("1234.5 678"), Preds: preds(ref(19_999, me))}},
	}
}

func BenchmarkChange(b *testing.B) {
	big := many(1000, func(i int) forgedOp {
		return forgedOp{Key: fmt.Sprint("note-", i), Action: 1, Kind: 6, Value: bytes.Repeat([]byte("lorem"), 205)}
	})
	typed := many(verify.MaxOps, func(i int) forgedOp {
		o := forgedOp{Obj: ref(7, sample().Actor), List: true, Insert: true, Action: 1, Kind: 6, Value: []byte{'a' + byte(i%26)}, Elem: ref(uint64(100_000+i-1), sample().Actor)}
		if i == 0 {
			o.Elem = mutant.Ref{}
		}
		return o
	})
	typed.Start = 100_000
	for name, c := range map[string][]byte{"Move": move().Bytes(), "OneMiB": big.Bytes(), "Typed20000": typed.Bytes(), "OneMiBCompressed": packed(big.Data())} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c)))
			for b.Loop() {
				if _, err := verify.Change(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
