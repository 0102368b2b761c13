package cards

import (
	"fmt"
	"testing"

	"corkboard/doc"
)

func reflectString(v any) string { return fmt.Sprintf("%+v", v) }

// made is a document whose first change is edits.
func made(t *testing.T, edits []doc.Edit) *doc.Tree {
	t.Helper()
	tree := doc.NewTree(nil)
	if _, err := tree.Apply(edits); err != nil {
		t.Fatal(err)
	}
	return tree
}

// do plans against the present value and applies.
func do[T any](t *testing.T, c doc.Codec[T], tree *doc.Tree, cmd doc.Command[T]) T {
	t.Helper()
	plan, err := cmd.Plan(c.Decode(tree))
	if err != nil {
		t.Fatalf("%T%+v: %v", cmd, cmd, err)
	}
	if _, err := tree.Apply(plan.Edits); err != nil {
		t.Fatalf("%T%+v: %v", cmd, cmd, err)
	}
	return c.Decode(tree)
}

// refused plans and returns the error that it must give.
func refused[T any](t *testing.T, c doc.Codec[T], tree *doc.Tree, cmd doc.Command[T]) error {
	t.Helper()
	plan, err := cmd.Plan(c.Decode(tree))
	if err == nil {
		t.Fatalf("%T%+v planned %+v, want an error", cmd, cmd, plan)
	}
	return err
}
