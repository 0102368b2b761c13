package verify_test

import (
	"os"
	"strings"
	"testing"

	"corkboard/docstore/verify/mutant"
)

// TestMain makes this program also the process in which a core may die.
func TestMain(m *testing.M) {
	mutant.MaybeChild()
	os.Exit(m.Run())
}

// What changes are made up of.
type (
	forged       = mutant.Change
	forgedOp     = mutant.Op
	forgedColumn = mutant.Column
)

func ref(counter uint64, actor string) mutant.Ref { return mutant.Ref{Counter: counter, Actor: actor} }

func preds(list ...mutant.Ref) []mutant.Ref { return list }

var me, you = strings.Repeat("\x05", 16), strings.Repeat("\x09", 16)

// sample is a small change of several kinds of operations.
func sample() *forged {
	return &forged{
		Deps: [][32]byte{{1}, {2}}, Actor: me, Seq: 3, Start: 20, Time: 1700000000000, Message: "move",
		Ops: []forgedOp{
			{Key: "title", Action: 1, Kind: 6, Value: []byte("Home"), Preds: preds(ref(4, me), ref(4, you))},
			{Key: "cards", Action: 0},
			{Obj: ref(21, me), Key: "a", Action: 2},
			{Obj: ref(22, me), List: true, Insert: true, Action: 1, Kind: 4, Value: []byte{7}},
			{Obj: ref(22, me), List: true, Insert: true, Elem: ref(23, me), Action: 1, Kind: 8, Value: []byte{1}},
			{Obj: ref(22, me), List: true, Elem: ref(24, me), Action: 5, Kind: 4, Value: []byte{2}, Preds: preds(ref(24, me))},
			{Obj: ref(9, you), List: true, Elem: ref(10, you), Action: 3, Preds: preds(ref(10, you), ref(11, me))},
			{Key: "old", Action: 3, Preds: preds(ref(6, me))},
		},
	}
}
